#include "services/aftersales/store/webhook_repository.h"

#include <stdexcept>

#include "services/aftersales/store/webhook_rows.h"
#include "services/platform/base/errors.h"
#include "services/platform/database/requests.h"
#include "services/platform/database/transact.h"

namespace redress::aftersales {
namespace {

using platform::Connection;
using platform::Result;
using platform::SubjectKind;

// 3 is deleted.
constexpr char kFindWebhook[] = "SELECT w.shop_id, " REDRESS_WEBHOOK_COLUMNS
                                " FROM webhooks w WHERE w.shop_id = ? AND w.webhook_id = ?"
                                " AND w.state <> 3";
constexpr char kListWebhooks[] = "SELECT w.shop_id, " REDRESS_WEBHOOK_COLUMNS
                                 " FROM webhooks w WHERE w.shop_id = ? AND w.webhook_id > ?"
                                 " AND w.state <> 3 ORDER BY w.webhook_id LIMIT ?";
constexpr char kCountInState[] =
    "SELECT COUNT(shop_id) FROM (SELECT shop_id FROM webhook_deliveries"
    " FORCE INDEX (webhook_deliveries_log) WHERE shop_id = ? AND webhook_id = ? AND state = ?"
    " LIMIT ?) counted";
// Locks the shop's webhooks, so that two that are made at once count each other.
constexpr char kLockOfShop[] =
    "SELECT webhook_id, state FROM webhooks WHERE shop_id = ? FOR UPDATE";
constexpr char kInsertWebhook[] =
    "INSERT INTO webhooks (shop_id, webhook_id, title, url, event_types, state, pause_reason,"
    " pause_detail, secret, secret_number, failures, version, created_by, created_at, updated_at)"
    " VALUES (?, ?, ?, ?, ?, 1, 0, '', ?, ?, 0, ?, ?, ?, ?)";
constexpr char kUpdateSettings[] =
    "UPDATE webhooks SET title = ?, url = ?, event_types = ?, version = version + 1,"
    " updated_at = ? WHERE shop_id = ? AND webhook_id = ?";
// What is known of an address says nothing of the next one.
constexpr char kForgetHealth[] =
    "UPDATE webhooks SET failures = 0, failing_since_at = NULL, held_until_at = NULL"
    " WHERE shop_id = ? AND webhook_id = ?";
// 1 is waiting. What is left beyond the limit comes at its own time, hours later at most.
constexpr char kHurry[] =
    "UPDATE webhook_deliveries FORCE INDEX (webhook_deliveries_due) SET next_at = ?"
    " WHERE shop_id = ? AND webhook_id = ? AND next_at > ? AND state = 1"
    " ORDER BY next_at LIMIT 10000";
constexpr char kPauseByHand[] =
    "UPDATE webhooks SET state = 2, pause_reason = 1, pause_detail = '', paused_at = ?,"
    " version = version + 1, updated_at = ? WHERE shop_id = ? AND webhook_id = ?";
constexpr char kResume[] =
    "UPDATE webhooks SET state = 1, pause_reason = 0, pause_detail = '', paused_at = NULL,"
    " failures = 0, failing_since_at = NULL, held_until_at = NULL, version = version + 1,"
    " updated_at = ? WHERE shop_id = ? AND webhook_id = ?";
constexpr char kRotate[] =
    "UPDATE webhooks SET previous_secret = secret, previous_until_at = ?, secret = ?,"
    " secret_number = secret_number + 1, version = version + 1, updated_at = ?"
    " WHERE shop_id = ? AND webhook_id = ?";
constexpr char kDelete[] =
    "UPDATE webhooks SET state = 3, title = '', url = '', event_types = '', secret = '',"
    " previous_secret = NULL, version = version + 1, updated_at = ?"
    " WHERE shop_id = ? AND webhook_id = ?";

std::uint32_t CountInState(Connection& db, const Webhook& of, DeliveryState state) {
  Result row = db.Query(kCountInState, {of.shop, of.id, Number(state), kMostCountedDeliveries});
  row.Next();
  return static_cast<std::uint32_t>(row.Uint64(0));
}

void CountDeliveries(Connection& db, Webhook& of) {
  of.waiting =
      CountInState(db, of, DeliveryState::kWaiting) + CountInState(db, of, DeliveryState::kSending);
  of.dead_letters = CountInState(db, of, DeliveryState::kDeadLetter);
}

std::optional<Webhook> Stored(Connection& db, ShopId shop, WebhookId id) {
  Result row = db.Query(kFindWebhook, {shop, id});
  if (!row.Next()) return std::nullopt;
  Webhook found = ReadWebhook(row);
  CountDeliveries(db, found);
  return found;
}

Webhook MustBeStored(Connection& db, ShopId shop, WebhookId id) {
  auto found = Stored(db, shop, id);
  if (!found) throw platform::NotFound("webhook", platform::ToString(id));
  return *std::move(found);
}

// Once per request: a repeat finds what the first call wrote. Answers what was remembered then.
template <class Write>
std::string WriteOnce(Connection& db, const WebhookChange& change, const WriteRequest& request,
                      const Write& write) {
  if (const auto first = platform::FindAnswer(db, change.shop, platform::kClientOrigin,
                                              request.request_id, request.digest)) {
    return *first;
  }
  const Webhook stored = LockWebhook(db, change.shop, change.id);
  if (stored.version != change.version) {
    throw platform::VersionConflict(change.version, stored.version);
  }
  std::string answer = write(stored);
  platform::RememberAnswer(db, change.shop, platform::kClientOrigin, request.request_id,
                           request.digest, answer, change.now_us);
  return answer;
}

template <class Write>
Webhook ChangeOnce(platform::Pool& pool, const WebhookChange& change, const WriteRequest& request,
                   const Write& write) {
  return platform::Transact(pool, [&](Connection& db) {
    WriteOnce(db, change, request, [&](const Webhook& stored) {
      write(db, stored);
      return platform::ToString(change.id);
    });
    return MustBeStored(db, change.shop, change.id);
  });
}

// What waits for its next attempt is tried at once: why it waited is no more.
void Hurry(Connection& db, const WebhookChange& change) {
  db.Execute(kHurry, {change.now_us, change.shop, change.id, change.now_us});
}

// Unless another one was made since that request.
std::string SecretOfRequest(Connection& db, platform::Sealer& sealer, const Webhook& webhook,
                            std::uint32_t secret_number, std::int64_t now_us) {
  if (webhook.secret_number != secret_number) return "";
  const auto secrets = SecretsOf(db, sealer, webhook.shop, webhook.id, now_us);
  return secrets.empty() ? "" : secrets.front();
}

void CheckRoom(Connection& db, ShopId shop) {
  std::size_t there = 0;
  Result rows = db.Query(kLockOfShop, {shop});
  while (rows.Next()) {
    there += static_cast<WebhookState>(rows.Uint64(1)) == WebhookState::kDeleted ? 0 : 1;
  }
  if (there < kMostWebhooks) return;
  throw platform::Refusal(platform::Code::kFailedPrecondition, "WEBHOOKS_FULL",
                          "A shop has at most " + std::to_string(kMostWebhooks) +
                              " webhooks; delete one that is not used.");
}

}  // namespace

WebhookAndSecret SqlWebhookRepository::Create(const Webhook& made, const std::string& secret,
                                              const WriteRequest& request) {
  return platform::Transact(pool_, [&](Connection& db) {
    WebhookId id = made.id;
    if (const auto first = platform::FindAnswer(db, made.shop, platform::kClientOrigin,
                                                request.request_id, request.digest)) {
      id = platform::ParseId<WebhookId>(*first, "webhook_id");
    } else {
      CheckRoom(db, made.shop);
      const std::string sealed =
          sealer_.Seal(db, made.shop, SubjectKind::kWebhook, made.id.value, secret);
      db.Execute(kInsertWebhook,
                 {made.shop, made.id, made.settings.title, made.settings.url,
                  JoinedTypes(made.settings.event_types), sealed, made.secret_number, made.version,
                  made.created_by, made.created_at, made.updated_at});
      platform::RememberAnswer(db, made.shop, platform::kClientOrigin, request.request_id,
                               request.digest, platform::ToString(made.id), made.created_at);
    }
    const Webhook stored = MustBeStored(db, made.shop, id);
    return WebhookAndSecret{
        stored, SecretOfRequest(db, sealer_, stored, made.secret_number, made.created_at)};
  });
}

std::vector<Webhook> SqlWebhookRepository::List(ShopId shop, WebhookId after, std::size_t limit) {
  return platform::Read(pool_, [&](Connection& db) {
    std::vector<Webhook> webhooks;
    Result rows = db.Query(kListWebhooks, {shop, after, static_cast<std::int64_t>(limit)});
    while (rows.Next()) webhooks.push_back(ReadWebhook(rows));
    for (Webhook& webhook : webhooks) CountDeliveries(db, webhook);
    return webhooks;
  });
}

std::optional<Webhook> SqlWebhookRepository::Find(ShopId shop, WebhookId id) {
  return platform::Read(pool_, [&](Connection& db) { return Stored(db, shop, id); });
}

Webhook SqlWebhookRepository::Update(const WebhookChange& change, const WebhookSettings& settings,
                                     const WriteRequest& request) {
  return ChangeOnce(pool_, change, request, [&](Connection& db, const Webhook& stored) {
    db.Execute(kUpdateSettings, {settings.title, settings.url, JoinedTypes(settings.event_types),
                                 change.now_us, change.shop, change.id});
    if (settings.url == stored.settings.url) return;
    db.Execute(kForgetHealth, {change.shop, change.id});
    Hurry(db, change);
  });
}

Webhook SqlWebhookRepository::Pause(const WebhookChange& change, const WriteRequest& request) {
  return ChangeOnce(pool_, change, request, [&](Connection& db, const Webhook&) {
    db.Execute(kPauseByHand, {change.now_us, change.now_us, change.shop, change.id});
  });
}

Webhook SqlWebhookRepository::Resume(const WebhookChange& change, const WriteRequest& request) {
  return ChangeOnce(pool_, change, request, [&](Connection& db, const Webhook&) {
    db.Execute(kResume, {change.now_us, change.shop, change.id});
    Hurry(db, change);
  });
}

WebhookAndSecret SqlWebhookRepository::Rotate(const WebhookChange& change,
                                              const std::string& secret, std::int64_t overlap_us,
                                              const WriteRequest& request) {
  return platform::Transact(pool_, [&](Connection& db) {
    const std::string number = WriteOnce(db, change, request, [&](const Webhook& stored) {
      const std::string sealed =
          sealer_.Seal(db, change.shop, SubjectKind::kWebhook, change.id.value, secret);
      db.Execute(kRotate, {NullIfZero(overlap_us == 0 ? 0 : change.now_us + overlap_us), sealed,
                           change.now_us, change.shop, change.id});
      return std::to_string(stored.secret_number + 1);
    });
    const Webhook stored = MustBeStored(db, change.shop, change.id);
    return WebhookAndSecret{
        stored, SecretOfRequest(db, sealer_, stored, static_cast<std::uint32_t>(std::stoul(number)),
                                change.now_us)};
  });
}

void SqlWebhookRepository::Delete(const WebhookChange& change, const WriteRequest& request) {
  platform::Transact(pool_, [&](Connection& db) {
    WriteOnce(db, change, request, [&](const Webhook&) {
      db.Execute(kDelete, {change.now_us, change.shop, change.id});
      sealer_.DestroySubject(db, change.shop, SubjectKind::kWebhook, change.id.value);
      return platform::ToString(change.id);
    });
  });
}

}  // namespace redress::aftersales
