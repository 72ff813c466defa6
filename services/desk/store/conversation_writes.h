#pragma once

// The rows of conversations as they are written, inside somebody's transaction.

#include <map>
#include <set>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "services/desk/domain/conversation_import.h"
#include "services/platform/database/connection.h"
#include "services/platform/events/event_log.h"
#include "services/platform/sealing/sealer.h"

namespace redress::desk {

using SourceKey = std::pair<std::string, std::string>;  // source, number there

// A conversation that a source has told of before.
struct KnownConversation {
  Conversation conversation;
  std::set<std::string> numbers;  // of its messages
};

// Locked until the transaction ends where `lock`.
std::map<SourceKey, KnownConversation> FindKnownConversations(
    platform::Connection& db, ShopId shop, std::span<const PendingConversation> pending, bool lock);

// A conversation and the messages that it gets, sequences set.
struct GrownConversation {
  Conversation after;
  std::vector<ConversationMessage> added;
};

// Rows, sealed texts, one event each.
void WriteConversations(platform::Connection& db, platform::Sealer& sealer,
                        platform::EventLog& events, ShopId shop,
                        std::span<const GrownConversation> grown);

platform::Subject SubjectOf(const Conversation& of);
Conversation ReadConversation(const platform::Result& row);

}  // namespace redress::desk
