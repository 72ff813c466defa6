#pragma once

// The tables `webhooks` and `webhook_deliveries`; column lists and mappings name the columns in the
// same order.

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "services/aftersales/domain/webhook.h"
#include "services/aftersales/store/row_cursor.h"
#include "services/platform/database/rows.h"
#include "services/platform/sealing/sealer.h"

namespace redress::aftersales {

#define REDRESS_WEBHOOK_COLUMNS                                                           \
  "w.webhook_id, w.title, w.url, w.event_types, w.state, w.pause_reason, w.pause_detail," \
  " w.paused_at, w.secret_number, w.previous_until_at, w.failures, w.failing_since_at,"   \
  " w.held_until_at, w.version, w.created_by, w.created_at, w.updated_at"
inline constexpr int kWebhookColumns = 18;  // with the shop_id before them

#define REDRESS_DELIVERY_COLUMNS                                                       \
  "d.delivery_id, d.webhook_id, d.case_id, d.sequence, d.part, d.event_type, d.state," \
  " d.attempts, d.claims, d.queued_at, d.first_tried_at, d.next_at, d.attempted_at,"   \
  " d.ended_at, d.status, d.error, d.duration_ms"

Webhook ReadWebhook(platform::Result& row);
WebhookDelivery ReadDelivery(platform::Result& row);

// One that is there already stays as it is.
extern const platform::MultiRow kInsertDeliveries;
// `body` is what it says where there is no step to read that from.
void AppendDelivery(std::vector<platform::Value>& values, const WebhookDelivery& delivery,
                    std::string_view body = {});
void WriteDelivery(platform::Connection& db, const WebhookDelivery& delivery);

// The webhooks of each of the shops that has any, but for deleted ones.
using Listeners = std::map<ShopId, std::vector<Webhook>>;
Listeners ReadListeners(platform::Connection& db, const std::set<ShopId>& shops);

std::string JoinedTypes(const std::vector<std::string>& types);

// The row with its lock; throws NOT_FOUND, also for a deleted one.
Webhook LockWebhook(platform::Connection& db, ShopId shop, WebhookId id);

// Its secrets in clear, the newest first; the previous one while it counts.
std::vector<std::string> SecretsOf(platform::Connection& db, platform::Sealer& sealer, ShopId shop,
                                   WebhookId id, std::int64_t now_us);

}  // namespace redress::aftersales
