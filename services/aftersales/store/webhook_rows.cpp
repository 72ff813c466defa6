#include "services/aftersales/store/webhook_rows.h"

#include <sstream>

#include "services/platform/base/errors.h"

namespace redress::aftersales {
namespace {

using platform::Connection;
using platform::Result;
using platform::SubjectKind;
using platform::Value;

constexpr char kInsertHead[] =
    "INSERT INTO webhook_deliveries (shop_id, delivery_id, webhook_id, case_id, sequence, part,"
    " event_type, state, attempts, claims, queued_at, first_tried_at, next_at, attempted_at,"
    " ended_at, status, error, duration_ms, body) VALUES ";
constexpr char kStays[] = " ON DUPLICATE KEY UPDATE shop_id = webhook_deliveries.shop_id";
constexpr char kUpdateDelivery[] =
    "UPDATE webhook_deliveries SET state = ?, attempts = ?, claims = ?, queued_at = ?,"
    " first_tried_at = ?, next_at = ?, attempted_at = ?, ended_at = ?, status = ?, error = ?,"
    " duration_ms = ?"
    " WHERE shop_id = ? AND delivery_id = ?";
// 3 is deleted: whoever is paused is told later.
constexpr char kListenersHead[] = "SELECT w.shop_id, " REDRESS_WEBHOOK_COLUMNS
                                  " FROM webhooks w FORCE INDEX (PRIMARY) WHERE w.shop_id IN (";
const platform::MultiRow kListeners(kListenersHead, 1, ") AND w.state <> 3");
// 3 is deleted.
constexpr char kLockWebhook[] = "SELECT w.shop_id, " REDRESS_WEBHOOK_COLUMNS
                                " FROM webhooks w WHERE w.shop_id = ? AND w.webhook_id = ?"
                                " AND w.state <> 3 FOR UPDATE";
// The part that stands for an event of an order, in the place of the step's parts; never changes.
constexpr std::uint8_t kPartOfOrder = 200;

constexpr char kReadSecrets[] =
    "SELECT secret, previous_secret, previous_until_at FROM webhooks"
    " WHERE shop_id = ? AND webhook_id = ?";

}  // namespace

const platform::MultiRow kInsertDeliveries(kInsertHead, 19, kStays, 64);

Webhook ReadWebhook(Result& result) {
  Webhook w;
  RowCursor row(result);
  std::string types;
  row >> w.shop, row >> w.id, row >> w.settings.title, row >> w.settings.url, row >> types;
  row >> w.state, row >> w.pause_reason, row >> w.pause_detail;
  row.Optional(w.paused_at);
  row >> w.secret_number;
  row.Optional(w.previous_until_at);
  row >> w.health.failures;
  row.Optional(w.health.failing_since_at);
  row.Optional(w.health.held_until_at);
  row >> w.version, row >> w.created_by, row >> w.created_at, row >> w.updated_at;
  std::istringstream words(types);
  for (std::string type; words >> type;) w.settings.event_types.push_back(type);
  return w;
}

WebhookDelivery ReadDelivery(Result& result) {
  WebhookDelivery d;
  RowCursor row(result);
  row >> d.shop, row >> d.id, row >> d.webhook, row >> d.event.case_id, row >> d.event.sequence;
  row >> d.event.part, row >> d.event_type, row >> d.state, row >> d.attempts, row >> d.claims;
  row >> d.queued_at;
  row.Optional(d.first_tried_at);
  row.Optional(d.next_at);
  row.Optional(d.attempted_at);
  row.Optional(d.ended_at);
  row >> d.status, row >> d.error, row >> d.duration_ms;
  // A test is of no case; its id keeps it apart in the key.
  if (d.event.case_id.value == d.id.value) d.event.case_id = {};
  if (d.event.part == kPartOfOrder) {
    d.event = {.sequence = d.event.sequence, .order = OrderId{d.event.case_id.value}};
  }
  return d;
}

void AppendDelivery(std::vector<Value>& values, const WebhookDelivery& d, std::string_view body) {
  const std::uint64_t of = d.IsTest()      ? d.id.value
                           : d.event.order ? d.event.order.value
                                           : d.event.case_id.value;
  const std::uint8_t part = d.event.order ? kPartOfOrder : d.event.part;
  values.insert(values.end(),
                {d.shop, d.id, d.webhook, of, d.event.sequence, static_cast<std::int64_t>(part),
                 d.event_type, Number(d.state), d.attempts, d.claims, d.queued_at,
                 NullIfZero(d.first_tried_at), NullIfZero(d.next_at), NullIfZero(d.attempted_at),
                 NullIfZero(d.ended_at), d.status, d.error, d.duration_ms, body});
}

void WriteDelivery(Connection& db, const WebhookDelivery& d) {
  db.Execute(kUpdateDelivery,
             {Number(d.state), d.attempts, d.claims, d.queued_at, NullIfZero(d.first_tried_at),
              NullIfZero(d.next_at), NullIfZero(d.attempted_at), NullIfZero(d.ended_at), d.status,
              d.error, d.duration_ms, d.shop, d.id});
}

Listeners ReadListeners(Connection& db, const std::set<ShopId>& shops) {
  const std::vector<Value> keys(shops.begin(), shops.end());
  Listeners listeners;
  kListeners.Query(db, keys, [&](Result& row) {
    Webhook webhook = ReadWebhook(row);
    listeners[webhook.shop].push_back(std::move(webhook));
  });
  return listeners;
}

std::string JoinedTypes(const std::vector<std::string>& types) {
  std::string text;
  for (const std::string& type : types) text += (text.empty() ? "" : " ") + type;
  return text;
}

Webhook LockWebhook(Connection& db, ShopId shop, WebhookId id) {
  Result row = db.Query(kLockWebhook, {shop, id});
  if (!row.Next()) throw platform::NotFound("webhook", platform::ToString(id));
  return ReadWebhook(row);
}

std::vector<std::string> SecretsOf(Connection& db, platform::Sealer& sealer, ShopId shop,
                                   WebhookId id, std::int64_t now_us) {
  Result row = db.Query(kReadSecrets, {shop, id});
  if (!row.Next()) return {};
  std::vector<std::string> sealed{row.String(0)};
  if (row.OptInt64(2).value_or(0) > now_us) sealed.push_back(row.OptString(1).value_or(""));
  std::vector<std::string> secrets;
  for (const std::string& one : sealed) {
    const auto clear = sealer.Open(db, shop, SubjectKind::kWebhook, id.value, one);
    if (clear && !clear->empty()) secrets.push_back(*clear);
  }
  return secrets;
}

}  // namespace redress::aftersales
