#include "services/desk/store/message_store.h"

#include "services/desk/store/message_rows.h"
#include "services/desk/store/once.h"
#include "services/desk/store/phrase_rows.h"
#include "services/desk/store/sql.h"
#include "services/platform/base/errors.h"

namespace redress::desk {
namespace {

using platform::Connection;
using platform::DatabaseError;
using platform::Result;
using platform::Value;

Value NullIfZero(std::int64_t at_us) { return at_us == 0 ? Value(nullptr) : Value(at_us); }

// An order is free for another invitation once this one was certainly not made. One that failed may
// have reached its buyer.
int KeepsOrder(MessageState state) {
  return state == MessageState::kCancelled || state == MessageState::kSuppressed ? 0 : 1;
}

bool IsTold(Connection& db, const Message& claimed, const Filling& filling) {
  db.Execute(sql::kLockToldCustomer, {claimed.shop, claimed.customer});
  return db
      .Query(sql::kFindTold,
             {claimed.shop, claimed.customer, filling.quiet_rule, filling.quiet_since, claimed.id,
              filling.quiet_rule, filling.quiet_phrase})
      .Next();
}

void WriteChange(Connection& db, const Message& message) {
  const int keeps_content = message.filled ? 1 : 0;
  const int keeps_order = KeepsOrder(message.state);
  db.Execute(
      sql::kChangeMessage,
      {static_cast<unsigned>(message.state), message.reason, message.sending, message.attempts,
       message.version, message.asked_at, NullIfZero(message.due_at), NullIfZero(message.sent_at),
       message.sender, message.updated_at, message.phrase_version, keeps_content, keeps_content,
       keeps_order, keeps_order, message.shop, message.id});
}

}  // namespace

Message SqlMessageRepository::Stored(Connection& db, ShopId shop, MessageId id) {
  auto found = ReadMessages(db, sealer_, db.Query(sql::kFindMessage, {shop, id}));
  if (found.empty()) throw std::logic_error("a message that was stored is gone");
  return std::move(found.front());
}

std::optional<Message> SqlMessageRepository::FindRepeat(const Write& write) {
  return platform::Read(pool_, [&](Connection& db) -> std::optional<Message> {
    const auto id = platform::KnownAnswer(db, write.shop, platform::kClientOrigin, write.request_id,
                                          write.digest);
    if (!id) return std::nullopt;
    return Stored(db, write.shop, MessageId{std::stoull(*id)});
  });
}

Message SqlMessageRepository::Create(const Write& write, const Message& message) {
  return WriteOnce(
      pool_, write,
      [&](Connection& db) {
        const auto phrase = LockPhrase(db, write.shop, message.phrase);
        if (!phrase) throw platform::NotFound("phrase", platform::ToString(message.phrase));
        if (phrase->archived) {
          throw platform::Refusal(platform::Code::kFailedPrecondition, reasons::kPhraseArchived,
                                  "The phrase is archived; restore it or take another one.");
        }
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

std::vector<ShopId> SqlMessageRepository::DueShops(std::int64_t now_us, std::size_t limit) {
  return platform::Read(pool_, [&](Connection& db) {
    Result rows = db.Query(sql::kFindDueShops, {now_us, limit});
    std::vector<ShopId> shops;
    while (rows.Next()) shops.push_back(rows.Shop(0));
    return shops;
  });
}

std::optional<Message> SqlMessageRepository::ClaimDue(ShopId shop, std::int64_t now_us,
                                                      std::int64_t lease_us) {
  // Some of them may be gone to others meanwhile.
  constexpr std::size_t kCandidates = 8;
  const std::uint64_t lease = ids_.Next();
  const auto due = platform::Read(pool_, [&](Connection& db) {
    Result rows = db.Query(sql::kFindDue, {shop, now_us, kCandidates});
    std::vector<MessageId> ids;
    while (rows.Next()) ids.push_back(rows.Id<MessageId>(0));
    return ids;
  });
  for (const MessageId id : due) {
    const bool won = platform::Transact(pool_, [&](Connection& db) {
      return db.Execute(sql::kClaimMessage, {lease, now_us + lease_us, shop, id, now_us}) == 1 ||
             // The claim took effect and only its answer was lost.
             db.Query(sql::kLockClaimed, {shop, id, lease}).Next();
    });
    if (won) {
      return platform::Read(pool_, [&](Connection& db) { return Stored(db, shop, id); });
    }
  }
  return std::nullopt;
}

std::string SqlMessageRepository::StoreContent(const Message& claimed, const Filling& filling,
                                               std::int64_t now_us) {
  try {
    return platform::Transact(pool_, [&](Connection& db) -> std::string {
      if (!db.Query(sql::kLockClaimed, {claimed.shop, claimed.id, claimed.lease}).Next()) {
        throw platform::Unavailable("CLAIM_LOST", "Another process has the message.");
      }
      if (filling.quiet_since != 0 && claimed.customer && IsTold(db, claimed, filling)) {
        return reasons::kQuietPeriod;
      }
      const std::string sealed = SealContent(db, sealer_, claimed, filling.content);
      const Value order =
          filling.once_for_order && claimed.order ? Value(claimed.order) : Value(nullptr);
      db.Execute(sql::kStoreContent,
                 {filling.phrase_version, sealed, now_us, order, order, claimed.shop, claimed.id});
      return {};
    });
  } catch (const DatabaseError& error) {
    if (error.kind() != DatabaseError::Kind::kDuplicateKey) throw;
    return reasons::kAlreadyTold;
  }
}

std::int64_t SqlMessageRepository::LastContact(ShopId shop, CaseId case_id) {
  return platform::Read(pool_, [&](Connection& db) {
    Result rows = db.Query(sql::kFindLastContact, {shop, case_id});
    return rows.Next() ? rows.Int64(0) : 0;
  });
}

bool SqlMessageRepository::Finish(const Message& claimed, const Tried& tried, std::int64_t now_us) {
  const bool sent = tried.state == MessageState::kSent;
  const int keeps_order = KeepsOrder(tried.state);
  return platform::Transact(pool_, [&](Connection& db) {
    return db.Execute(sql::kFinishMessage,
                      {static_cast<unsigned>(tried.state), tried.reason, NullIfZero(tried.due_at),
                       NullIfZero(sent ? now_us : 0), now_us, NullIfZero(claimed.contact_at),
                       keeps_order, keeps_order, claimed.shop, claimed.id, claimed.lease}) == 1;
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
