#include "services/desk/store/conversation_writes.h"

#include "services/desk/store/conversation_sql.h"
#include "services/platform/database/rows.h"

namespace redress::desk {
namespace {

using platform::Connection;
using platform::MultiRow;
using platform::Result;
using platform::Value;

constexpr std::size_t kConversationColumns = 12;
constexpr std::size_t kMessageColumns = 10;

std::uint32_t Small(const Result& row, int column) {
  return static_cast<std::uint32_t>(row.Uint64(column));
}

void Append(std::vector<Value>& values, const Conversation& of) {
  values.insert(values.end(), {of.shop, of.id, of.source, of.source_number, of.channel, of.customer,
                               of.agent, of.started_at, of.last_message_at, of.customer_messages,
                               of.shop_messages, of.version});
}

void WriteRows(Connection& db, std::span<const GrownConversation> grown) {
  static const MultiRow insert(sql::kInsertConversationsHead, kConversationColumns);
  std::vector<Value> fresh;
  for (const GrownConversation& one : grown) {
    const Conversation& after = one.after;
    if (after.version == 1) {
      Append(fresh, after);
      continue;
    }
    db.Execute(sql::kUpdateConversation,
               {after.agent, after.started_at, after.last_message_at, after.customer_messages,
                after.shop_messages, after.version, after.shop, after.id});
  }
  if (!fresh.empty()) insert.Execute(db, fresh);
}

void WriteMessages(Connection& db, platform::Sealer& sealer, ShopId shop,
                   std::span<const GrownConversation> grown) {
  static const MultiRow insert(sql::kInsertConversationMessagesHead, kMessageColumns);
  std::vector<platform::SealItem> items;
  for (const GrownConversation& one : grown) {
    for (const ConversationMessage& message : one.added) {
      items.push_back({SubjectOf(one.after), message.text});
    }
  }
  const std::vector<std::string> sealed = sealer.SealUnlessErased(db, shop, items);
  std::vector<Value> values;
  std::size_t next = 0;
  for (const GrownConversation& one : grown) {
    for (const ConversationMessage& message : one.added) {
      values.insert(values.end(),
                    {shop, one.after.id, message.sequence, message.number,
                     static_cast<std::uint64_t>(message.side), message.agent, message.agent_name,
                     message.sent_at, message.reply_to, sealed[next++]});
    }
  }
  insert.Execute(db, values);
}

platform::NewEvent EventOf(const Conversation& after) {
  platform::NewEvent event{.shop = after.shop,
                           .aggregate_id = after.id.value,
                           .sequence = after.version,
                           .occurred_at_us = after.last_message_at,
                           .payload = {}};
  auto& changed = *event.payload.mutable_conversation_changed();
  changed.set_customer_id(after.customer.value);
  changed.set_channel(after.channel);
  changed.set_agent_id(after.agent.value);
  changed.set_started_at_us(after.started_at);
  changed.set_last_message_at_us(after.last_message_at);
  changed.set_customer_messages(after.customer_messages);
  changed.set_shop_messages(after.shop_messages);
  changed.set_ended(true);
  return event;
}

}  // namespace

platform::Subject SubjectOf(const Conversation& of) {
  if (of.customer) return {platform::SubjectKind::kCustomer, of.customer.value};
  return {platform::SubjectKind::kConversation, of.id.value};
}

Conversation ReadConversation(const Result& row) {
  Conversation read;
  read.shop = row.Shop(0);
  read.id = row.Id<ConversationId>(1);
  read.source = row.String(2);
  read.source_number = row.String(3);
  read.channel = row.String(4);
  read.customer = row.Id<CustomerId>(5);
  read.agent = row.Id<AccountId>(6);
  read.started_at = row.Int64(7);
  read.last_message_at = row.Int64(8);
  read.customer_messages = Small(row, 9);
  read.shop_messages = Small(row, 10);
  read.version = Small(row, 11);
  return read;
}

std::map<SourceKey, KnownConversation> FindKnownConversations(
    Connection& db, ShopId shop, std::span<const PendingConversation> pending, bool lock) {
  static const MultiRow find(sql::kFindBySourceHead, 3, ")");
  static const MultiRow find_locked(sql::kFindBySourceHead, 3,
                                    ") ORDER BY shop_id, source, source_number FOR UPDATE");
  static const MultiRow find_numbers(sql::kFindNumbersHead, 2, ")");
  std::map<SourceKey, KnownConversation> known;
  if (pending.empty()) return known;
  std::vector<Value> keys;
  for (const PendingConversation& one : pending) {
    keys.insert(keys.end(), {shop, one.input->source, one.input->source_number});
  }
  std::map<ConversationId, KnownConversation*> by_id;
  (lock ? find_locked : find).Query(db, keys, [&](Result& row) {
    Conversation read = ReadConversation(row);
    SourceKey key{read.source, read.source_number};
    known.insert_or_assign(std::move(key), KnownConversation{std::move(read), {}});
  });
  std::vector<Value> ids;
  for (auto& [key, one] : known) {
    by_id[one.conversation.id] = &one;
    ids.insert(ids.end(), {shop, one.conversation.id});
  }
  if (ids.empty()) return known;
  find_numbers.Query(db, ids, [&](Result& row) {
    by_id.at(row.Id<ConversationId>(0))->numbers.insert(row.String(1));
  });
  return known;
}

void WriteConversations(Connection& db, platform::Sealer& sealer, platform::EventLog& events,
                        ShopId shop, std::span<const GrownConversation> grown) {
  if (grown.empty()) return;
  WriteRows(db, grown);
  WriteMessages(db, sealer, shop, grown);
  std::vector<platform::NewEvent> changes;
  changes.reserve(grown.size());
  for (const GrownConversation& one : grown) changes.push_back(EventOf(one.after));
  events.Append(db, changes);
}

}  // namespace redress::desk
