#include "services/order/store/order_rows.h"

#include <algorithm>
#include <unordered_map>
#include <utility>

#include "services/order/store/sql.h"
#include "services/platform/base/errors.h"
#include "services/platform/database/rows.h"

namespace redress::order {
namespace {

using platform::Connection;
using platform::MultiRow;
using platform::Result;
using platform::Value;

constexpr std::size_t kMaxKeys = 256;

Order ReadHeader(const Result& row) {
  Order order;
  order.id = row.Id<OrderId>(0);
  order.platform = row.String(1);
  order.number = row.String(2);
  order.customer = row.Id<CustomerId>(3);
  order.status = static_cast<OrderStatus>(row.Uint64(4));
  order.currency = row.String(5);
  order.region = row.String(6);
  order.order_at = row.Int64(7);
  order.paid_at = row.Int64(8);
  order.source_at = row.Int64(9);
  order.version = static_cast<std::uint32_t>(row.Uint64(10));
  order.derived = DerivedParts(static_cast<std::uint8_t>(row.Uint64(11)));
  order.details_hash = row.String(12);
  order.receiver_at = row.Int64(13);
  order.receiver_version = static_cast<std::uint32_t>(row.Uint64(14));
  order.price_at = row.Int64(15);
  order.memo_at = row.Int64(16);
  order.memo_hash = row.String(17);
  return order;
}

Line ReadLine(const Result& row) {
  Line line;
  line.number = row.String(1);
  line.id = row.Id<LineId>(2);
  line.sku = row.String(3);
  line.title = row.String(4);
  line.quantity = static_cast<std::int32_t>(row.Int64(5));
  line.unit_price = row.String(6);
  line.paid_minor = row.Int64(7);
  line.refunded_elsewhere_minor = row.Int64(8);
  line.adjusted_minor = row.Int64(9);
  line.postage = row.Uint64(10) != 0;
  line.removed = row.Uint64(11) != 0;
  line.category = row.String(12);
  line.properties = row.String(13);
  if (row.Uint64(14) != 0) line.status = static_cast<OrderStatus>(row.Uint64(14));
  line.refund_status = row.String(15);
  line.tracking_number = row.String(16);
  return line;
}

Shipment ReadShipment(const Result& row) {
  return {.carrier = row.String(2),
          .tracking_number = row.String(1),
          .shipped_at = row.Int64(3),
          .received_at = row.Int64(4),
          .state = static_cast<ParcelState>(row.Uint64(5)),
          .tracked_at = row.Int64(6)};
}

void ReadParts(Connection& connection, std::span<const Value> keys, std::vector<Order>& orders) {
  static const MultiRow lines(sql::kSelectLines, 2, ")", kMaxKeys);
  static const MultiRow shipments(sql::kSelectShipments, 2, ")", kMaxKeys);
  static const MultiRow contacts(sql::kSelectContactHashes, 2, ")", kMaxKeys);
  std::unordered_map<OrderId, Order*> by_id;
  for (Order& order : orders) by_id.emplace(order.id, &order);
  // Rows of an order that was created after the headers were read have no place here.
  const auto of = [&](const Result& row, auto use) {
    const auto found = by_id.find(row.Id<OrderId>(0));
    if (found != by_id.end()) use(*found->second);
  };
  lines.Query(connection, keys, [&](Result& row) {
    of(row, [&](Order& order) { order.lines.push_back(ReadLine(row)); });
  });
  shipments.Query(connection, keys, [&](Result& row) {
    of(row, [&](Order& order) { order.shipments.push_back(ReadShipment(row)); });
  });
  contacts.Query(connection, keys, [&](Result& row) {
    of(row, [&](Order& order) { order.receiver_hash = row.String(1); });
  });
  for (Order& order : orders) {
    std::sort(order.lines.begin(), order.lines.end(),
              [](const Line& a, const Line& b) { return LineNumberLess(a.number, b.number); });
  }
}

}  // namespace

std::vector<Value> KeysOf(ShopId shop, std::span<const OrderId> orders) {
  std::vector<Value> keys;
  keys.reserve(orders.size() * 2);
  for (const OrderId order : orders) keys.insert(keys.end(), {shop, order});
  return keys;
}

void RequireOrder(Connection& connection, ShopId shop, OrderId order) {
  static const MultiRow select(sql::kSelectNumbers, 2, ")");
  bool found = false;
  select.Query(connection, KeysOf(shop, {&order, 1}), [&](Result&) { found = true; });
  if (!found) throw platform::NotFound("order", platform::ToString(order));
}

std::vector<Order> ReadOrders(Connection& connection, ShopId shop, std::span<const OrderId> ids,
                              Lock lock) {
  static const MultiRow plain(sql::kSelectOrders, 2, ")", kMaxKeys);
  static const MultiRow locking(sql::kSelectOrders, 2, sql::kForUpdate, kMaxKeys);
  std::vector<Order> orders;
  if (ids.empty()) return orders;
  std::vector<OrderId> sorted(ids.begin(), ids.end());
  std::sort(sorted.begin(), sorted.end());
  sorted.erase(std::unique(sorted.begin(), sorted.end()), sorted.end());
  const std::vector<Value> keys = KeysOf(shop, sorted);
  const MultiRow& headers = lock == Lock::kForUpdate ? locking : plain;
  headers.Query(connection, keys, [&](Result& row) { orders.push_back(ReadHeader(row)); });
  std::sort(orders.begin(), orders.end(),
            [](const Order& a, const Order& b) { return a.id < b.id; });
  if (!orders.empty()) ReadParts(connection, keys, orders);
  return orders;
}

}  // namespace redress::order
