#include "services/desk/store/message_store.h"

#include "services/desk/store/message_rows.h"
#include "services/desk/store/once.h"
#include "services/desk/store/sql.h"
#include "services/platform/base/errors.h"

namespace redress::desk {
namespace {

using platform::Connection;
using platform::DatabaseError;
using platform::Result;
using platform::Value;

Value NullIfZero(std::int64_t at_us) { return at_us == 0 ? Value(nullptr) : Value(at_us); }

void WriteChange(Connection& db, const Message& message) {
  const int keeps_content = message.filled ? 1 : 0;
  db.Execute(sql::kChangeMessage,
             {static_cast<unsigned>(message.state), message.reason, message.sending,
              message.attempts, message.version, message.asked_at, NullIfZero(message.due_at),
              NullIfZero(message.sent_at), message.sender, message.updated_at,
              message.phrase_version, keeps_content, keeps_content, message.shop, message.id});
}

}  // namespace

Message SqlMessageRepository::Stored(Connection& db, ShopId shop, MessageId id) {
  auto found = ReadMessages(db, sealer_, db.Query(sql::kFindMessage, {shop, id}));
  if (found.empty()) throw std::logic_error("a message that was stored is gone");
  return std::move(found.front());
}

Message SqlMessageRepository::Create(const Write& write, const Message& message) {
  return WriteOnce(
      pool_, write,
      [&](Connection& db) {
        Message made = message;
        made.id = ids_.New<MessageId>();
        made.occasion = made.id.value;
        InsertMessages(db, {&made, 1});
        return platform::ToString(made.id);
      },
      [&](Connection& db, const std::string& id) {
        return Stored(db, write.shop, MessageId{std::stoull(id)});
      });
}

Message SqlMessageRepository::Change(const Write& write, MessageId id, std::uint32_t version,
                                     MessageAction action, const std::string& reason) {
  return WriteOnce(
      pool_, write,
      [&](Connection& db) {
        auto found = ReadMessages(db, sealer_, db.Query(sql::kLockMessage, {write.shop, id}));
        if (found.empty()) throw platform::NotFound("message", platform::ToString(id));
        if (version != 0 && found.front().version != version) {
          throw platform::VersionConflict(version, found.front().version);
        }
        WriteChange(db,
                    After(std::move(found.front()), action, write.account, reason, write.now_us));
        return platform::ToString(id);
      },
      [&](Connection& db, const std::string&) { return Stored(db, write.shop, id); });
}

std::optional<Message> SqlMessageRepository::Find(ShopId shop, MessageId id) {
  return platform::Read(pool_, [&](Connection& db) -> std::optional<Message> {
    auto found = ReadMessages(db, sealer_, db.Query(sql::kFindMessage, {shop, id}));
    if (found.empty()) return std::nullopt;
    return std::move(found.front());
  });
}

std::vector<Message> SqlMessageRepository::List(const MessageQuery& query) {
  return platform::Read(pool_, [&](Connection& db) { return Rows(db, query); });
}

std::vector<Message> SqlMessageRepository::Rows(Connection& db, const MessageQuery& query) {
  const std::uint64_t before = query.after ? query.after.value : ~std::uint64_t{0};
  const unsigned state = query.state ? static_cast<unsigned>(*query.state) : 0;
  if (query.of_case) {
    return ReadMessages(db, sealer_,
                        db.Query(sql::kListMessagesOfCase,
                                 {query.shop, query.of_case, before, state, state, query.limit}));
  }
  if (query.state) {
    return ReadMessages(
        db, sealer_,
        db.Query(sql::kListMessagesInState, {query.shop, state, query.after, query.limit}));
  }
  return ReadMessages(db, sealer_, db.Query(sql::kListMessages, {query.shop, before, query.limit}));
}

std::vector<Message> SqlMessageRepository::ClaimDue(std::int64_t now_us, std::int64_t lease_us,
                                                    std::size_t limit) {
  struct Key {
    ShopId shop;
    MessageId id;
  };
  const std::uint64_t lease = ids_.Next();
  const auto due = platform::Read(pool_, [&](Connection& db) {
    Result rows = db.Query(sql::kFindDue, {now_us, limit});
    std::vector<Key> keys;
    while (rows.Next()) keys.push_back({rows.Shop(0), rows.Id<MessageId>(1)});
    return keys;
  });
  std::vector<Message> claimed;
  for (const Key& key : due) {
    const auto won = platform::Transact(pool_, [&](Connection& db) -> std::optional<Message> {
      const std::uint64_t rows =
          db.Execute(sql::kClaimMessage, {lease, now_us + lease_us, key.shop, key.id, now_us});
      if (rows == 0) return std::nullopt;
      return Stored(db, key.shop, key.id);
    });
    if (won) claimed.push_back(*won);
  }
  return claimed;
}

std::string SqlMessageRepository::StoreContent(const Message& claimed, const Filling& filling,
                                               std::int64_t now_us) {
  try {
    return platform::Transact(pool_, [&](Connection& db) -> std::string {
      if (!db.Query(sql::kLockClaimed, {claimed.shop, claimed.id, claimed.lease}).Next()) {
        throw platform::Unavailable("CLAIM_LOST", "Another process has the message.");
      }
      if (filling.quiet_since != 0 && claimed.customer &&
          db.Query(sql::kFindTold, {claimed.shop, claimed.customer, claimed.rule_code,
                                    filling.quiet_since, claimed.id})
              .Next()) {
        return reasons::kQuietPeriod;
      }
      const std::string sealed = SealContent(db, sealer_, claimed, filling.content);
      db.Execute(sql::kStoreContent,
                 {filling.phrase_version, sealed, now_us,
                  filling.once_for_order ? Value(claimed.order) : Value(nullptr), claimed.shop,
                  claimed.id});
      return {};
    });
  } catch (const DatabaseError& error) {
    if (error.kind() != DatabaseError::Kind::kDuplicateKey) throw;
    return reasons::kAlreadyTold;
  }
}

bool SqlMessageRepository::Finish(const Message& claimed, const Tried& tried, std::int64_t now_us) {
  const bool sent = tried.state == MessageState::kSent;
  return platform::Transact(pool_, [&](Connection& db) {
    return db.Execute(sql::kFinishMessage, {static_cast<unsigned>(tried.state), tried.reason,
                                            NullIfZero(tried.due_at), NullIfZero(sent ? now_us : 0),
                                            now_us, claimed.shop, claimed.id, claimed.lease}) == 1;
  });
}

MessageRepository::Counts SqlMessageRepository::Count(std::size_t most) {
  return platform::Read(pool_, [&](Connection& db) {
    const auto of = [&](MessageState state) {
      Result rows = db.Query(sql::kCountInState, {static_cast<unsigned>(state), most});
      return rows.Next() ? static_cast<std::size_t>(rows.Uint64(0)) : 0;
    };
    return Counts{of(MessageState::kQueued), of(MessageState::kWaitingForPerson),
                  of(MessageState::kFailed)};
  });
}

}  // namespace redress::desk
