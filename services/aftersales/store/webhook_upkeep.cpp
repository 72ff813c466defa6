#include "services/aftersales/store/webhook_upkeep.h"

#include "services/aftersales/store/webhook_rows.h"
#include "services/platform/base/clock.h"
#include "services/platform/database/transact.h"
#include "services/platform/webhooks/retry.h"

namespace redress::aftersales {
namespace {

using platform::Connection;
using platform::Result;
using platform::Value;

constexpr std::uint32_t kAtOnce = 500;

constexpr char kExpiredHead[] =
    "SELECT shop_id, delivery_id FROM webhook_deliveries FORCE INDEX (webhook_deliveries_age)"
    " WHERE state = ? AND queued_at < ? ORDER BY queued_at LIMIT ?";
constexpr char kTiredHead[] =
    "SELECT shop_id, delivery_id FROM webhook_deliveries FORCE INDEX (webhook_deliveries_tried)"
    " WHERE state = ? AND first_tried_at < ? ORDER BY first_tried_at LIMIT ?";
constexpr char kGiveUpTiredHead[] =
    "UPDATE webhook_deliveries SET state = 4, next_at = NULL,"
    " ended_at = first_tried_at + 259200000000, error = 'it was not taken for three days'"
    " WHERE (shop_id, delivery_id) IN (";
const platform::MultiRow kGiveUpTired(kGiveUpTiredHead, 2, ") AND state < 3");
constexpr char kGiveUpUntriedHead[] =
    "UPDATE webhook_deliveries SET state = 4, next_at = NULL,"
    " ended_at = queued_at + 2592000000000, error = 'it waited for 30 days'"
    " WHERE (shop_id, delivery_id) IN (";
const platform::MultiRow kGiveUpUntried(kGiveUpUntriedHead, 2, ") AND state < 3");
constexpr char kForgetHead[] = "DELETE FROM webhook_deliveries WHERE (shop_id, delivery_id) IN (";
const platform::MultiRow kForget(kForgetHead, 2, ") AND state > 2");
constexpr char kOldIntake[] =
    "SELECT shop_id, case_id FROM webhook_intake FORCE INDEX (webhook_intake_age)"
    " WHERE taken_at < ? ORDER BY taken_at LIMIT ? FOR UPDATE";
constexpr char kForgetIntakeHead[] = "DELETE FROM webhook_intake WHERE (shop_id, case_id) IN (";
const platform::MultiRow kForgetIntake(kForgetIntakeHead, 2, ")");
constexpr char kOldOrderIntake[] =
    "SELECT shop_id, order_id FROM webhook_order_intake FORCE INDEX (webhook_order_intake_age)"
    " WHERE taken_at < ? ORDER BY taken_at LIMIT ? FOR UPDATE";
constexpr char kForgetOrderIntakeHead[] =
    "DELETE FROM webhook_order_intake WHERE (shop_id, order_id) IN (";
const platform::MultiRow kForgetOrderIntake(kForgetOrderIntakeHead, 2, ")");
// The times of orders are their platforms', whose clocks may be ahead of ours.
constexpr std::int64_t kOrderIntakeKeptUs = kOldestNewsUs + platform::kDayUs;
constexpr char kDeleted[] =
    "SELECT shop_id, webhook_id FROM webhooks FORCE INDEX (webhooks_state) WHERE state = 3 LIMIT 1";
constexpr char kForgetOfDeleted[] =
    "DELETE FROM webhook_deliveries WHERE shop_id = ? AND webhook_id = ? LIMIT 500";
constexpr char kForgetDeleted[] =
    "DELETE FROM webhooks WHERE shop_id = ? AND webhook_id = ? AND state = 3";
constexpr char kCountDeliveries[] =
    "SELECT COUNT(shop_id) FROM (SELECT shop_id FROM webhook_deliveries"
    " FORCE INDEX (webhook_deliveries_age) WHERE state = ? LIMIT ?) counted";
constexpr char kCountPaused[] =
    "SELECT COUNT(shop_id) FROM (SELECT shop_id FROM webhooks FORCE INDEX (webhooks_state)"
    " WHERE state = 2 LIMIT ?) counted";

// Finds keys of two columns and does something to their rows, each in a statement of its own.
bool FindAndDo(platform::Pool& pool, std::string_view find, std::initializer_list<Value> values,
               const platform::MultiRow& act) {
  return platform::Transact(pool, [&](Connection& db) {
    std::vector<std::uint64_t> found;
    Result rows = db.Query(find, values);
    while (rows.Next()) found.insert(found.end(), {rows.Uint64(0), rows.Uint64(1)});
    const std::vector<Value> keys(found.begin(), found.end());
    if (!keys.empty()) act.Execute(db, keys);
    return rows.RowCount() == kAtOnce;
  });
}

bool ForgetDeleted(platform::Pool& pool) {
  return platform::Transact(pool, [&](Connection& db) {
    Result row = db.Query(kDeleted);
    if (!row.Next()) return false;
    const ShopId shop = row.Shop(0);
    const auto id = row.Id<WebhookId>(1);
    if (db.Execute(kForgetOfDeleted, {shop, id}) == 0) db.Execute(kForgetDeleted, {shop, id});
    return true;
  });
}

std::size_t CountOf(Connection& db, std::string_view sql, std::initializer_list<Value> values) {
  Result row = db.Query(sql, values);
  row.Next();
  return static_cast<std::size_t>(row.Uint64(0));
}

}  // namespace

bool SqlWebhookUpkeep::Tidy(const WebhookKeeping& keeping, std::int64_t now_us) {
  const auto tired = [&](DeliveryState state, std::int64_t kept_us) {
    return FindAndDo(pool_, kTiredHead, {Number(state), now_us - kept_us, kAtOnce}, kGiveUpTired);
  };
  const auto expired = [&](DeliveryState state, std::int64_t kept_us,
                           const platform::MultiRow& act) {
    return FindAndDo(pool_, kExpiredHead, {Number(state), now_us - kept_us, kAtOnce}, act);
  };
  bool more = tired(DeliveryState::kWaiting, platform::kOldestUs);
  // One that was being sent when its process died, to an address that is paused since.
  more |= tired(DeliveryState::kSending, platform::kOldestUs + platform::kHourUs);
  // What nobody tried waits at a paused webhook, but not for ever.
  more |= expired(DeliveryState::kWaiting, kOldestNewsUs, kGiveUpUntried);
  more |= expired(DeliveryState::kSending, kOldestNewsUs, kGiveUpUntried);
  more |= expired(DeliveryState::kDelivered, keeping.log_us, kForget);
  more |= expired(DeliveryState::kTestFailed, keeping.log_us, kForget);
  more |= expired(DeliveryState::kDeadLetter, keeping.dead_letters_us, kForget);
  more |= FindAndDo(pool_, kOldIntake, {now_us - kOldestNewsUs, kAtOnce}, kForgetIntake);
  more |=
      FindAndDo(pool_, kOldOrderIntake, {now_us - kOrderIntakeKeptUs, kAtOnce}, kForgetOrderIntake);
  more |= ForgetDeleted(pool_);
  return more;
}

WebhookUpkeep::Counts SqlWebhookUpkeep::Count(std::size_t most) {
  const auto limit = static_cast<std::int64_t>(most);
  return platform::Read(pool_, [&](Connection& db) {
    Counts counts;
    counts.waiting = CountOf(db, kCountDeliveries, {Number(DeliveryState::kWaiting), limit}) +
                     CountOf(db, kCountDeliveries, {Number(DeliveryState::kSending), limit});
    counts.dead_letters =
        CountOf(db, kCountDeliveries, {Number(DeliveryState::kDeadLetter), limit});
    counts.paused = CountOf(db, kCountPaused, {limit});
    return counts;
  });
}

}  // namespace redress::aftersales
