#include "services/desk/store/conversation_store.h"

#include <limits>

#include "services/desk/store/conversation_sql.h"
#include "services/desk/store/conversation_writes.h"
#include "services/platform/database/transact.h"

namespace redress::desk {
namespace {

using platform::Connection;
using platform::DatabaseError;
using platform::Result;
using platform::Value;

// Two imports of one file may meet: who comes second finds the first's rows when it looks again.
constexpr int kMostMeetings = 4;
// What one conversation holds in all; a page of it is read by key, however long it is.
constexpr std::uint32_t kMostMessages = 100'000;

SourceKey KeyOf(const PendingConversation& one) {
  return {one.input->source, one.input->source_number};
}

Conversation NewConversation(ShopId shop, const PendingConversation& from) {
  Conversation fresh;
  fresh.shop = shop;
  fresh.id = from.id;
  fresh.source = from.input->source;
  fresh.source_number = from.input->source_number;
  fresh.channel = from.input->channel;
  fresh.customer = from.customer;
  return fresh;
}

// The conversation with the messages that it does not have yet.
GrownConversation Grow(const PendingConversation& from, KnownConversation& known) {
  GrownConversation grown{known.conversation, {}};
  for (const ConversationMessage& message : from.input->messages) {
    if (!known.numbers.insert(message.number).second) continue;
    ConversationMessage& added = grown.added.emplace_back(message);
    grown.after.Count(message);
    added.sequence = grown.after.Messages();
  }
  ++grown.after.version;
  return grown;
}

ConversationFate FateOf(const GrownConversation& grown, ConversationId if_new) {
  if (grown.added.empty()) {
    // Else a COMMIT whose answer was lost.
    return grown.after.id == if_new ? ConversationFate::kCreated : ConversationFate::kUnchanged;
  }
  return grown.after.version == 1 ? ConversationFate::kCreated : ConversationFate::kChanged;
}

// False where it would hold too much; then the result says so.
bool Fits(const GrownConversation& grown, ConversationResult& result) {
  if (grown.after.Messages() <= kMostMessages) return true;
  result = {};
  result.problem = {"messages", "would come to more than " + std::to_string(kMostMessages) +
                                    "; begin another conversation"};
  return false;
}

}  // namespace

void SqlConversationStore::Store(ShopId shop, std::span<PendingConversation> pending) {
  for (int meeting = 1;; ++meeting) {
    try {
      return platform::Transact(pool_, [&](Connection& db) { StoreOnce(db, shop, pending); });
    } catch (const DatabaseError& error) {
      const bool met = error.kind() == DatabaseError::Kind::kDuplicateKey;
      if (!met || meeting == kMostMeetings) throw;
    }
  }
}

void SqlConversationStore::StoreOnce(Connection& db, ShopId shop,
                                     std::span<PendingConversation> pending) {
  auto known = FindKnownConversations(db, shop, pending, true);
  // By conversation: the same number once more in one call goes on where the first ended.
  std::map<SourceKey, GrownConversation> grown;
  for (const PendingConversation& one : pending) {
    const SourceKey key = KeyOf(one);
    auto row = known.find(key);
    if (row == known.end()) {
      row = known.emplace(key, KnownConversation{NewConversation(shop, one), {}}).first;
    }
    GrownConversation more = Grow(one, row->second);
    const ConversationFate before = one.result->fate;
    one.result->fate = FateOf(more, one.id);
    // A run whose COMMIT took effect, and only its answer was lost, finds its own messages.
    if (before == ConversationFate::kChanged && one.result->fate == ConversationFate::kUnchanged) {
      one.result->fate = before;
    }
    one.result->id = more.after.id;
    if (more.added.empty() || !Fits(more, *one.result)) continue;
    const auto [place, is_first] = grown.try_emplace(key, more);
    if (!is_first) {
      more.after.version = place->second.after.version;
      place->second.after = more.after;
      place->second.added.insert(place->second.added.end(), more.added.begin(), more.added.end());
    }
    row->second.conversation = more.after;
  }
  std::vector<GrownConversation> all;
  all.reserve(grown.size());
  for (auto& [key, one] : grown) all.push_back(std::move(one));
  WriteConversations(db, sealer_, events_, shop, all);
}

void SqlConversationStore::Foresee(ShopId shop, std::span<PendingConversation> pending) {
  auto known = platform::Read(
      pool_, [&](Connection& db) { return FindKnownConversations(db, shop, pending, false); });
  for (const PendingConversation& one : pending) {
    const auto row = known.find(KeyOf(one));
    if (row == known.end()) {
      one.result->fate = ConversationFate::kCreated;
      continue;
    }
    const GrownConversation more = Grow(one, row->second);
    one.result->fate =
        more.added.empty() ? ConversationFate::kUnchanged : ConversationFate::kChanged;
    one.result->id = row->second.conversation.id;
    Fits(more, *one.result);
  }
}

std::optional<Conversation> SqlConversationStore::Find(ShopId shop, ConversationId id) {
  return platform::Read(pool_, [&](Connection& db) -> std::optional<Conversation> {
    Result rows = db.Query(sql::kFindConversation, {shop, id});
    if (!rows.Next()) return std::nullopt;
    return ReadConversation(rows);
  });
}

std::vector<Conversation> SqlConversationStore::List(ShopId shop, CustomerId customer,
                                                     std::optional<ConversationPlace> after,
                                                     std::size_t limit) {
  const ConversationPlace place =
      after.value_or(ConversationPlace{std::numeric_limits<std::int64_t>::max(), {}});
  std::vector<Value> values{shop};
  if (customer) values.emplace_back(customer);
  values.insert(values.end(), {place.last_message_at, place.last_message_at, place.id,
                               static_cast<std::int64_t>(limit)});
  return platform::Read(pool_, [&](Connection& db) {
    std::vector<Conversation> conversations;
    Result rows =
        db.Query(customer ? sql::kListConversationsOfCustomer : sql::kListConversations, values);
    while (rows.Next()) conversations.push_back(ReadConversation(rows));
    return conversations;
  });
}

std::vector<ConversationMessage> SqlConversationStore::Messages(const Conversation& of,
                                                                std::uint32_t after,
                                                                std::size_t limit,
                                                                bool with_texts) {
  return platform::Read(pool_, [&](Connection& db) {
    std::vector<ConversationMessage> messages;
    std::vector<std::string> sealed;
    Result rows = db.Query(sql::kListConversationMessages,
                           {of.shop, of.id, after, static_cast<std::int64_t>(limit)});
    while (rows.Next()) {
      ConversationMessage& read = messages.emplace_back();
      read.sequence = static_cast<std::uint32_t>(rows.Uint64(0));
      read.number = rows.String(1);
      read.side = static_cast<Side>(rows.Uint64(2));
      read.agent = rows.Id<AccountId>(3);
      read.agent_name = rows.String(4);
      read.sent_at = rows.Int64(5);
      read.reply_to = rows.String(6);
      sealed.push_back(rows.String(7));
    }
    if (!with_texts || messages.empty()) return messages;
    std::vector<platform::OpenItem> items;
    items.reserve(sealed.size());
    for (const std::string& text : sealed) items.push_back({SubjectOf(of), text});
    auto opened = sealer_.OpenMany(db, of.shop, items);
    for (std::size_t i = 0; i < messages.size(); ++i) {
      messages[i].text = std::move(opened[i]).value_or("");
    }
    return messages;
  });
}

}  // namespace redress::desk
