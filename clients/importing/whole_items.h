#pragma once

#include <redress/aftersales/v1/import_service.pb.h>
#include <redress/desk/v1/conversation_service.pb.h>
#include <redress/order/v1/product_service.pb.h>

#include <string>
#include <vector>

#include "clients/importing/items.h"

namespace redress::importing {

// A closed case, a conversation or a product, and the rows that it came from. It goes in with all
// of them or not at all: half a history tells something else, and half of what may be chosen too.
template <class Message>
struct WholeItem {
  Message message;
  std::vector<Row> rows;  // one per step, message or SKU; those of none behind them
};

using PastCaseItem = WholeItem<redress::aftersales::v1::ImportedCase>;
using ConversationItem = WholeItem<redress::desk::v1::ImportedConversation>;
using ProductItem = WholeItem<redress::order::v1::ProductInput>;

}  // namespace redress::importing
