#include "services/aftersales/store/webhook_delivery_repository.h"

#include <stdexcept>

#include "services/aftersales/domain/webhook_events.h"
#include "services/aftersales/store/webhook_rows.h"
#include "services/aftersales/store/webhook_steps.h"
#include "services/platform/base/errors.h"
#include "services/platform/database/requests.h"
#include "services/platform/database/transact.h"
#include "services/platform/webhooks/retry.h"

namespace redress::aftersales {
namespace {

using platform::Connection;
using platform::Result;
using platform::Value;

constexpr std::int64_t kMostPassedOver = 20;

constexpr char kListDeliveries[] =
    "SELECT d.shop_id, " REDRESS_DELIVERY_COLUMNS
    " FROM webhook_deliveries d FORCE INDEX (webhook_deliveries_newest)"
    " WHERE d.shop_id = ? AND d.webhook_id = ? AND d.delivery_id < ?"
    " ORDER BY d.delivery_id DESC LIMIT ?";
constexpr char kListInState[] =
    "SELECT d.shop_id, " REDRESS_DELIVERY_COLUMNS
    " FROM webhook_deliveries d FORCE INDEX (webhook_deliveries_log)"
    " WHERE d.shop_id = ? AND d.webhook_id = ? AND d.state = ? AND d.delivery_id < ?"
    " ORDER BY d.delivery_id DESC LIMIT ?";
constexpr char kFindDelivery[] = "SELECT d.shop_id, " REDRESS_DELIVERY_COLUMNS
                                 " FROM webhook_deliveries d"
                                 " WHERE d.shop_id = ? AND d.delivery_id = ?";
constexpr char kLockDelivery[] = "SELECT d.shop_id, " REDRESS_DELIVERY_COLUMNS
                                 " FROM webhook_deliveries d"
                                 " WHERE d.shop_id = ? AND d.delivery_id = ? FOR UPDATE";
// 4 is a dead letter.
constexpr char kLockDeadLetters[] =
    "SELECT d.shop_id, " REDRESS_DELIVERY_COLUMNS
    " FROM webhook_deliveries d FORCE INDEX (webhook_deliveries_log)"
    " WHERE d.shop_id = ? AND d.webhook_id = ? AND d.state = 4"
    " ORDER BY d.delivery_id LIMIT ? FOR UPDATE";
// 1 is active. What is due first of each webhook is the first entry of an index.
constexpr char kFindDue[] =
    "SELECT shop_id, webhook_id, failures FROM (SELECT w.shop_id, w.webhook_id, w.failures,"
    " (SELECT d.next_at FROM webhook_deliveries d FORCE INDEX (webhook_deliveries_due)"
    " WHERE d.shop_id = w.shop_id AND d.webhook_id = w.webhook_id AND d.next_at > 0"
    " ORDER BY d.next_at LIMIT 1) AS first_at FROM webhooks w FORCE INDEX (webhooks_state)"
    " WHERE w.state = 1 AND (w.shop_id > ? OR (w.shop_id = ? AND w.webhook_id > ?))"
    " AND (w.held_until_at IS NULL OR w.held_until_at <= ?)) active"
    " WHERE first_at <= ? ORDER BY shop_id, webhook_id LIMIT ?";
constexpr char kLockActive[] = "SELECT w.shop_id, " REDRESS_WEBHOOK_COLUMNS
                               " FROM webhooks w WHERE w.shop_id = ? AND w.webhook_id = ?"
                               " AND w.state = 1 AND (w.held_until_at IS NULL"
                               " OR w.held_until_at <= ?) FOR UPDATE";
// 2 is being sent; one whose lease has run out is not.
constexpr char kCountUnderWay[] =
    "SELECT COUNT(shop_id) FROM webhook_deliveries FORCE INDEX (webhook_deliveries_log)"
    " WHERE shop_id = ? AND webhook_id = ? AND state = 2 AND next_at > ?";
constexpr char kNextDue[] = "SELECT d.shop_id, " REDRESS_DELIVERY_COLUMNS
                            " FROM webhook_deliveries d FORCE INDEX (webhook_deliveries_due)"
                            " WHERE d.shop_id = ? AND d.webhook_id = ? AND d.next_at > 0"
                            " AND d.next_at <= ? ORDER BY d.next_at LIMIT 1 FOR UPDATE";
constexpr char kWriteHealth[] =
    "UPDATE webhooks SET failures = ?, failing_since_at = ?, held_until_at = ?"
    " WHERE shop_id = ? AND webhook_id = ?";
constexpr char kPauseByItself[] =
    "UPDATE webhooks SET state = 2, pause_reason = ?, pause_detail = ?, paused_at = ?,"
    " version = version + 1, updated_at = ? WHERE shop_id = ? AND webhook_id = ? AND state = 1";
constexpr char kReadHealth[] =
    "SELECT failures, failing_since_at, held_until_at FROM webhooks"
    " WHERE shop_id = ? AND webhook_id = ? FOR UPDATE";

std::optional<WebhookDelivery> FindIn(Connection& db, std::string_view sql, ShopId shop,
                                      WebhookDeliveryId id) {
  Result row = db.Query(sql, {shop, id});
  if (!row.Next()) return std::nullopt;
  return ReadDelivery(row);
}

void QueueAnew(Connection& db, WebhookDelivery& delivery, std::int64_t now_us) {
  delivery.state = DeliveryState::kWaiting;
  delivery.attempts = 0;
  delivery.queued_at = now_us;
  delivery.first_tried_at = 0;
  delivery.next_at = now_us;
  delivery.ended_at = 0;
  WriteDelivery(db, delivery);
}

bool HasEnded(const WebhookDelivery& of) {
  return of.state == DeliveryState::kDelivered || of.state == DeliveryState::kDeadLetter;
}

void GiveUp(Connection& db, WebhookDelivery& delivery, const std::string& why,
            std::int64_t now_us) {
  delivery.state = DeliveryState::kDeadLetter;
  delivery.next_at = 0;
  delivery.ended_at = now_us;
  delivery.error = why;
  WriteDelivery(db, delivery);
}

// What is sent, or why it cannot be: its step is gone, damaged, or was written by a later version.
struct Content {
  std::string body;
  std::string why_not;
};

Content ContentOf(Connection& db, const WebhookDelivery& due) {
  constexpr std::size_t kMostErrorBytes = 200;
  try {
    std::string body = BodyOf(db, due);
    if (body.empty()) return {"", "its step is not there any more"};
    return {std::move(body), ""};
  } catch (const platform::DatabaseError&) {
    throw;
  } catch (const std::exception& error) {
    const std::string why = "its step cannot be read: " + std::string(error.what());
    return {"", why.substr(0, kMostErrorBytes)};
  }
}

// The delivery as an attempt, or nothing where it was given up instead.
std::optional<WebhookJob> Begin(Connection& db, WebhookDelivery due, std::int64_t now_us,
                                std::int64_t lease_until) {
  if (due.attempts >= platform::kMostAttempts) {
    GiveUp(db, due, "its attempts were interrupted each time", now_us);
    return std::nullopt;
  }
  Content content = ContentOf(db, due);
  if (!content.why_not.empty()) {
    // Left there it would be the first one due for ever. Who has mended the cause replays it.
    GiveUp(db, due, content.why_not, now_us);
    return std::nullopt;
  }
  WebhookJob job;
  job.body = std::move(content.body);
  due.state = DeliveryState::kSending;
  ++due.attempts;
  ++due.claims;
  due.attempted_at = now_us;
  if (due.first_tried_at == 0) due.first_tried_at = now_us;
  due.next_at = lease_until;
  WriteDelivery(db, due);
  job.delivery = due;
  return job;
}

// A webhook is locked before its deliveries, never after. Nothing of one that was deleted.
std::optional<WebhookHealth> LockHealth(Connection& db, const WebhookDelivery& of) {
  Result row = db.Query(kReadHealth, {of.shop, of.webhook});
  if (!row.Next()) return std::nullopt;
  return WebhookHealth{static_cast<std::uint32_t>(row.Uint64(0)), row.OptInt64(1).value_or(0),
                       row.OptInt64(2).value_or(0)};
}

void RecordHealth(Connection& db, const WebhookDelivery& of, const WebhookHealth& before,
                  const WebhookAttempt& attempt) {
  const HealthVerdict after = AfterAttempt(before, attempt);
  if (before.failures == 0 && after.health.failures == 0) return;
  db.Execute(kWriteHealth, {after.health.failures, NullIfZero(after.health.failing_since_at),
                            NullIfZero(after.health.held_until_at), of.shop, of.webhook});
  if (after.pause == PauseReason::kNone) return;
  db.Execute(kPauseByItself, {Number(after.pause), AnswerText(attempt.outcome), attempt.ended_at,
                              attempt.ended_at, of.shop, of.webhook});
}

}  // namespace

std::vector<WebhookDelivery> SqlWebhookDeliveries::List(const DeliveryQuery& query) {
  const WebhookDeliveryId before = query.before ? query.before : WebhookDeliveryId{UINT64_MAX};
  const auto limit = static_cast<std::int64_t>(query.limit);
  return platform::Read(pool_, [&](Connection& db) {
    std::vector<WebhookDelivery> deliveries;
    Result rows = query.state
                      ? db.Query(kListInState,
                                 {query.shop, query.webhook, Number(*query.state), before, limit})
                      : db.Query(kListDeliveries, {query.shop, query.webhook, before, limit});
    while (rows.Next()) deliveries.push_back(ReadDelivery(rows));
    return deliveries;
  });
}

std::optional<WebhookDelivery> SqlWebhookDeliveries::Find(ShopId shop, WebhookDeliveryId id) {
  return platform::Read(pool_, [&](Connection& db) { return FindIn(db, kFindDelivery, shop, id); });
}

WebhookDelivery SqlWebhookDeliveries::Replay(ShopId shop, WebhookDeliveryId id, std::int64_t now_us,
                                             const WriteRequest& request) {
  return platform::Transact(pool_, [&](Connection& db) {
    const auto first =
        platform::FindAnswer(db, shop, platform::kClientOrigin, request.request_id, request.digest);
    auto found = FindIn(db, kLockDelivery, shop, id);
    if (!found) throw platform::NotFound("webhook delivery", platform::ToString(id));
    if (first) return *found;
    if (HasEnded(*found)) QueueAnew(db, *found, now_us);
    platform::RememberAnswer(db, shop, platform::kClientOrigin, request.request_id, request.digest,
                             platform::ToString(id), now_us);
    return *found;
  });
}

WebhookDeliveryRepository::Replayed SqlWebhookDeliveries::ReplayDeadLetters(
    ShopId shop, WebhookId webhook, std::int64_t now_us, const WriteRequest& request) {
  return platform::Transact(pool_, [&](Connection& db) {
    Replayed answer;
    if (const auto first = platform::FindAnswer(db, shop, platform::kClientOrigin,
                                                request.request_id, request.digest)) {
      answer.has_more = first->ends_with('+');
      answer.replayed = static_cast<std::uint32_t>(std::stoul(*first));
      return answer;
    }
    LockWebhook(db, shop, webhook);
    std::vector<WebhookDelivery> dead;
    Result rows = db.Query(kLockDeadLetters, {shop, webhook, kMostReplayed + 1});
    while (rows.Next()) dead.push_back(ReadDelivery(rows));
    answer.has_more = dead.size() > kMostReplayed;
    if (answer.has_more) dead.pop_back();
    for (WebhookDelivery& one : dead) QueueAnew(db, one, now_us);
    answer.replayed = static_cast<std::uint32_t>(dead.size());
    platform::RememberAnswer(db, shop, platform::kClientOrigin, request.request_id, request.digest,
                             std::to_string(answer.replayed) + (answer.has_more ? "+" : ""),
                             now_us);
    return answer;
  });
}

WebhookDeliveryRepository::Test SqlWebhookDeliveries::BeginTest(const WebhookDelivery& made,
                                                                std::int64_t lease_until,
                                                                const WriteRequest& request) {
  return platform::Transact(pool_, [&](Connection& db) {
    Test test;
    test.job.delivery = made;
    if (const auto first = platform::FindAnswer(db, made.shop, platform::kClientOrigin,
                                                request.request_id, request.digest)) {
      test.is_repeat = true;
      test.job.delivery.id = platform::ParseId<WebhookDeliveryId>(*first, "delivery_id");
      return test;
    }
    const Webhook webhook = LockWebhook(db, made.shop, made.webhook);
    test.job.delivery.next_at = lease_until;
    test.job.url = webhook.settings.url;
    test.job.secrets = SecretsOf(db, sealer_, made.shop, made.webhook, made.queued_at);
    test.job.body = TestCloudEventOf(made);
    std::vector<Value> values;
    AppendDelivery(values, test.job.delivery);
    kInsertDeliveries.Execute(db, values);
    platform::RememberAnswer(db, made.shop, platform::kClientOrigin, request.request_id,
                             request.digest, platform::ToString(made.id), made.queued_at);
    return test;
  });
}

std::vector<DueWebhook> SqlWebhookDeliveries::Due(std::int64_t now_us, const WebhookAddress& after,
                                                  std::size_t limit) {
  return platform::Read(pool_, [&](Connection& db) {
    std::vector<DueWebhook> due;
    Result rows = db.Query(kFindDue, {after.shop, after.shop, after.id, now_us, now_us,
                                      static_cast<std::int64_t>(limit)});
    while (rows.Next()) {
      due.push_back({{rows.Shop(0), rows.Id<WebhookId>(1)}, rows.Uint64(2) != 0});
    }
    return due;
  });
}

std::optional<WebhookJob> SqlWebhookDeliveries::Claim(const WebhookAddress& address,
                                                      std::int64_t now_us,
                                                      std::int64_t lease_until) {
  const auto& [shop, id] = address;
  return platform::Transact(pool_, [&](Connection& db) -> std::optional<WebhookJob> {
    Result found = db.Query(kLockActive, {shop, id, now_us});
    if (!found.Next()) return std::nullopt;
    const Webhook webhook = ReadWebhook(found);
    Result under_way = db.Query(kCountUnderWay, {shop, id, now_us});
    under_way.Next();
    const std::size_t most = webhook.health.failures == 0 ? WebhookLanes::kMostAtOnce : 1;
    if (under_way.Uint64(0) >= most) return std::nullopt;
    for (int passed_over = 0; passed_over < kMostPassedOver; ++passed_over) {
      Result next = db.Query(kNextDue, {shop, id, now_us});
      if (!next.Next()) return std::nullopt;
      auto job = Begin(db, ReadDelivery(next), now_us, lease_until);
      if (!job) continue;
      job->url = webhook.settings.url;
      job->secrets = SecretsOf(db, sealer_, shop, id, now_us);
      return job;
    }
    return std::nullopt;
  });
}

WebhookDelivery SqlWebhookDeliveries::Record(const WebhookJob& job, const WebhookAttempt& attempt) {
  const WebhookDelivery& sent = job.delivery;
  return platform::Transact(pool_, [&](Connection& db) {
    const auto health = LockHealth(db, sent);
    const auto stored = FindIn(db, kLockDelivery, sent.shop, sent.id);
    WebhookDelivery after = AfterAttempt(sent, attempt);
    if (!stored) return after;  // deleted with its webhook
    const bool is_ours = stored->claims == sent.claims && stored->state == DeliveryState::kSending;
    const bool counts_anyway = attempt.outcome.IsTaken() && !HasEnded(*stored);
    if (!is_ours && !counts_anyway) return *stored;
    if (health && !sent.IsTest()) RecordHealth(db, sent, *health, attempt);
    after.attempts = stored->attempts;
    after.claims = stored->claims;
    WriteDelivery(db, after);
    return after;
  });
}

}  // namespace redress::aftersales
