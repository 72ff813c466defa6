#pragma once

#include <redress/aftersales/v1/import_service.pb.h>
#include <redress/desk/v1/conversation_service.pb.h>

#include <string>
#include <vector>

#include "clients/importing/items.h"

namespace redress::importing {

// A closed case or a conversation, and the rows that it came from. It goes in with all of them or
// not at all: half a history tells something else.
template <class Message>
struct PastItem {
  Message message;
  std::vector<Row> rows;  // one per step or message, or the case's only one
};

using PastCaseItem = PastItem<redress::aftersales::v1::ImportedCase>;
using ConversationItem = PastItem<redress::desk::v1::ImportedConversation>;

}  // namespace redress::importing
