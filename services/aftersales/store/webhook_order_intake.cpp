#include "services/aftersales/store/webhook_order_intake.h"

#include <map>
#include <set>
#include <stdexcept>

#include "services/aftersales/domain/webhook_events.h"
#include "services/aftersales/store/webhook_rows.h"
#include "services/platform/base/errors.h"
#include "services/platform/database/rows.h"
#include "services/platform/database/transact.h"

namespace redress::aftersales {
namespace {

using platform::Connection;
using platform::MultiRow;
using platform::Result;
using platform::Value;

using OrderAddress = std::pair<ShopId, OrderId>;

struct Taken {
  std::uint32_t sequence = 0;
  std::uint32_t receiver_version = 0;
};
using TakenOrders = std::map<OrderAddress, Taken>;

// Up to where an order is to be taken in, and what is to be told of it.
struct OrderNews {
  Taken until;
  std::vector<OrderMoment> new_receivers;
};
using NewsOfOrders = std::map<OrderAddress, OrderNews>;

constexpr char kTakenHead[] =
    "SELECT shop_id, order_id, taken_sequence, receiver_version FROM webhook_order_intake"
    " FORCE INDEX (PRIMARY) WHERE (shop_id, order_id) IN (";
const MultiRow kTaken(kTakenHead, 2, ")");
const MultiRow kLockTaken(kTakenHead, 2, ") ORDER BY shop_id, order_id FOR UPDATE");
constexpr char kAddTakenHead[] =
    "INSERT IGNORE INTO webhook_order_intake (shop_id, order_id, taken_sequence, receiver_version,"
    " taken_at) VALUES ";
const MultiRow kAddTaken(kAddTakenHead, 5);
constexpr char kWriteTakenHead[] =
    "INSERT INTO webhook_order_intake (shop_id, order_id, taken_sequence, receiver_version,"
    " taken_at) VALUES ";
const MultiRow kWriteTaken(kWriteTakenHead, 5,
                           " ON DUPLICATE KEY UPDATE shop_id = VALUES(shop_id),"
                           " taken_sequence = VALUES(taken_sequence),"
                           " receiver_version = VALUES(receiver_version),"
                           " taken_at = VALUES(taken_at)");

template <class Orders>
std::vector<Value> KeysOf(const Orders& orders) {
  std::vector<Value> keys;
  for (const auto& [address, each] : orders) {
    keys.insert(keys.end(), {address.first, address.second});
  }
  return keys;
}

TakenOrders ReadTaken(Connection& db, const MultiRow& statement, const std::vector<Value>& keys) {
  TakenOrders taken;
  statement.Query(db, keys, [&](Result& row) {
    taken[{row.Shop(0), row.Id<OrderId>(1)}] = {static_cast<std::uint32_t>(row.Uint64(2)),
                                                static_cast<std::uint32_t>(row.Uint64(3))};
  });
  return taken;
}

// What became of the order since then. That its receiver was changed is told by a head; when and
// how often, only by the history: events come in any order.
OrderNews NewsOf(OrderHistory& history, const OrderHead& head, const Taken& since) {
  OrderNews news{{head.sequence, since.receiver_version}, {}};
  if (head.receiver_version <= since.receiver_version) return news;
  const auto moments = history.Read(head.shop, head.order, since.sequence + 1);
  if (moments.empty() || moments.back().sequence < head.sequence) {
    // Of this order only: it is set aside and tried again, and keeps no other waiting.
    throw std::runtime_error("the order service's history ends before the event that came");
  }
  news.until = {moments.back().sequence, moments.back().receiver_version};
  news.new_receivers = MomentsOfNewReceivers(since.receiver_version, moments);
  return news;
}

// With their locks, so that two who take in the same order do so one after the other.
TakenOrders LockTaken(Connection& db, const NewsOfOrders& news, const TakenOrders& known,
                      std::int64_t now_us) {
  std::vector<Value> missing;
  for (const auto& [address, each] : news) {
    if (known.contains(address)) continue;
    missing.insert(missing.end(), {address.first, address.second, 0, 0, now_us});
  }
  if (!missing.empty()) kAddTaken.Execute(db, missing);
  return ReadTaken(db, kLockTaken, KeysOf(news));
}

struct Telling {
  WebhookDelivery delivery;
  std::string body;
};

void AddTellings(const OrderAddress& address, const OrderMoment& moment,
                 const std::vector<Webhook>& listeners, platform::IdSource& ids,
                 std::int64_t now_us, std::vector<Telling>& tellings) {
  if (moment.at < now_us - kOldestNewsUs) return;
  for (const Webhook& webhook : listeners) {
    if (moment.at < webhook.created_at ||
        !Matches(webhook.settings.event_types, kReceiverChangedEventType)) {
      continue;
    }
    Telling& telling = tellings.emplace_back();
    telling.body = CloudEventOf(webhook.shop, address.second, moment);
    WebhookDelivery& made = telling.delivery;
    made.shop = webhook.shop;
    made.id = ids.New<WebhookDeliveryId>();
    made.webhook = webhook.id;
    made.event = {.sequence = moment.receiver_version, .order = address.second};
    made.event_type = kReceiverChangedEventType;
    made.queued_at = now_us;
    made.next_at = now_us;
  }
}

void Write(Connection& db, const std::vector<Telling>& tellings) {
  if (tellings.empty()) return;
  std::vector<Value> values;
  for (const Telling& telling : tellings) {
    AppendDelivery(values, telling.delivery, telling.body);
  }
  kInsertDeliveries.Execute(db, values);
}

}  // namespace

std::vector<std::optional<std::uint32_t>> SqlWebhookOrderIntake::FirstMissing(
    std::span<const OrderAddress> orders) {
  std::set<ShopId> shops;
  for (const OrderAddress& address : orders) shops.insert(address.first);
  return platform::Read(pool_, [&](Connection& db) {
    const Listeners listeners = ReadListeners(db, shops);
    TakenOrders asked;
    for (const OrderAddress& address : orders) {
      if (listeners.contains(address.first)) asked[address] = {};
    }
    const TakenOrders taken = ReadTaken(db, kTaken, KeysOf(asked));
    std::vector<std::optional<std::uint32_t>> missing;
    for (const OrderAddress& address : orders) {
      if (!asked.contains(address)) {
        missing.push_back(std::nullopt);
        continue;
      }
      const auto found = taken.find(address);
      missing.push_back(found == taken.end() ? 1 : found->second.sequence + 1);
    }
    return missing;
  });
}

bool SqlWebhookOrderIntake::TakeIn(std::span<const OrderHead> heads, std::int64_t now_us) {
  std::set<ShopId> shops;
  for (const OrderHead& head : heads) shops.insert(head.shop);
  const Listeners listeners =
      platform::Read(pool_, [&](Connection& db) { return ReadListeners(db, shops); });
  std::map<OrderAddress, OrderHead> newest;
  for (const OrderHead& head : heads) {
    if (!listeners.contains(head.shop)) continue;
    OrderHead& known = newest[{head.shop, head.order}];
    if (head.sequence > known.sequence) known = head;
  }
  if (newest.empty()) return false;
  const TakenOrders known =
      platform::Read(pool_, [&](Connection& db) { return ReadTaken(db, kTaken, KeysOf(newest)); });
  NewsOfOrders news;
  for (const auto& [address, head] : newest) {
    const auto found = known.find(address);
    const Taken since = found == known.end() ? Taken{} : found->second;
    if (head.sequence > since.sequence) news[address] = NewsOf(history_, head, since);
  }
  if (news.empty()) return false;
  return platform::Transact(pool_, [&](Connection& db) {
    std::vector<Telling> tellings;
    std::vector<Value> taken;
    for (const auto& [address, since] : LockTaken(db, news, known, now_us)) {
      const OrderNews& one = news.at(address);
      if (one.until.sequence <= since.sequence) continue;
      for (const OrderMoment& moment : one.new_receivers) {
        if (moment.sequence <= since.sequence) continue;
        AddTellings(address, moment, listeners.at(address.first), ids_, now_us, tellings);
      }
      taken.insert(taken.end(), {address.first, address.second, one.until.sequence,
                                 one.until.receiver_version, now_us});
    }
    Write(db, tellings);
    if (!taken.empty()) kWriteTaken.Execute(db, taken);
    return !tellings.empty();
  });
}

}  // namespace redress::aftersales
