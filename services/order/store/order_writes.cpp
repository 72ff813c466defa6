#include "services/order/store/order_writes.h"

#include <algorithm>
#include <tuple>
#include <vector>

#include "services/order/store/sql.h"
#include "services/platform/database/rows.h"

namespace redress::order {
namespace {

using platform::Connection;
using platform::MultiRow;
using platform::Value;

constexpr std::size_t kMaxRows = 256;

void AddHeader(ShopId shop, const Order& order, std::vector<Value>& values) {
  values.insert(values.end(),
                {shop, order.id, order.platform, order.number, order.customer.value,
                 static_cast<unsigned>(order.status), order.currency, order.region, order.order_at,
                 order.paid_at, order.source_at, order.version, unsigned{order.derived.bits()},
                 order.details_hash, order.receiver_at, order.receiver_version, order.price_at,
                 order.memo_at, order.memo_hash});
}

void AddLine(ShopId shop, OrderId order, const Line& line, std::vector<Value>& values) {
  values.insert(values.end(),
                {shop, order, line.number, line.id, line.sku, line.title, line.quantity,
                 line.unit_price, line.paid_minor, line.refunded_elsewhere_minor,
                 line.adjusted_minor, unsigned{line.postage}, unsigned{line.removed}, line.category,
                 line.properties, line.status ? static_cast<unsigned>(*line.status) : 0u,
                 line.refund_status, line.tracking_number});
}

// New orders in the order of their numbers, so that two imports of one file wait for each other
// instead of deadlocking.
std::vector<const OrderChange*> CreatedByNumber(std::span<const OrderChange> changes) {
  std::vector<const OrderChange*> created;
  for (const OrderChange& change : changes) {
    if (change.outcome == Outcome::kCreated) created.push_back(&change);
  }
  std::sort(created.begin(), created.end(), [](const OrderChange* a, const OrderChange* b) {
    return std::tie(a->order.platform, a->order.number) <
           std::tie(b->order.platform, b->order.number);
  });
  return created;
}

void WriteHeaders(Connection& connection, ShopId shop, std::span<const OrderChange> changes) {
  static const MultiRow insert(sql::kInsertOrders, sql::kOrderColumns, "", kMaxRows);
  static const MultiRow update(sql::kInsertOrders, sql::kOrderColumns, sql::kUpdateOrders,
                               kMaxRows);
  std::vector<Value> created;
  for (const OrderChange* change : CreatedByNumber(changes)) {
    AddHeader(shop, change->order, created);
  }
  std::vector<Value> changed;
  for (const OrderChange& change : changes) {
    if (change.outcome == Outcome::kChanged || change.newer_source) {
      AddHeader(shop, change.order, changed);
    }
  }
  if (!created.empty()) insert.Execute(connection, created);
  if (!changed.empty()) update.Execute(connection, changed);
}

void WriteLines(Connection& connection, ShopId shop, std::span<const OrderChange> changes) {
  static const MultiRow insert(sql::kInsertLines, sql::kLineColumns, "", kMaxRows);
  static const MultiRow update(sql::kInsertLines, sql::kLineColumns, sql::kUpdateLines, kMaxRows);
  std::vector<Value> created;
  std::vector<Value> changed;
  for (const OrderChange& change : changes) {
    std::vector<Value>& values = change.outcome == Outcome::kCreated ? created : changed;
    for (const std::size_t index : change.lines) {
      AddLine(shop, change.order.id, change.order.lines[index], values);
    }
  }
  if (!created.empty()) insert.Execute(connection, created);
  if (!changed.empty()) update.Execute(connection, changed);
}

void WriteShipments(Connection& connection, ShopId shop, std::span<const OrderChange> changes) {
  static const MultiRow write(sql::kWriteShipments, sql::kShipmentColumns, sql::kUpdateShipments);
  static const MultiRow remove(sql::kDeleteShipments, 3, ")");
  static const MultiRow end(sql::kEndShipments, 2, ")");
  std::vector<Value> written;
  std::vector<Value> lost;
  std::vector<Value> ended;
  for (const OrderChange& change : changes) {
    for (const std::size_t index : change.shipments) {
      const Shipment& shipment = change.order.shipments[index];
      written.insert(written.end(), {shop, change.order.id, shipment.tracking_number,
                                     shipment.carrier, shipment.shipped_at, shipment.received_at,
                                     static_cast<unsigned>(shipment.state), shipment.tracked_at,
                                     unsigned{MeansOver(change.order.status)}});
    }
    const bool stored = change.outcome == Outcome::kChanged && !change.order.shipments.empty();
    if (stored && MeansOver(change.order.status)) {
      ended.insert(ended.end(), {shop, change.order.id});
    }
    for (const std::string& number : change.lost_shipments) {
      lost.insert(lost.end(), {shop, change.order.id, number});
    }
  }
  if (!lost.empty()) remove.Execute(connection, lost);
  if (!written.empty()) write.Execute(connection, written);
  if (!ended.empty()) end.Execute(connection, ended);
}

}  // namespace

void WriteOrders(Connection& connection, ShopId shop, std::span<const OrderChange> changes) {
  WriteHeaders(connection, shop, changes);
  WriteLines(connection, shop, changes);
  WriteShipments(connection, shop, changes);
}

void WriteAdjustments(Connection& connection, ShopId shop,
                      std::span<const NewAdjustment> adjustments) {
  static const MultiRow insert(sql::kInsertAdjustments, sql::kAdjustmentColumns, "", kMaxRows);
  std::vector<const NewAdjustment*> sorted;
  for (const NewAdjustment& each : adjustments) sorted.push_back(&each);
  std::sort(sorted.begin(), sorted.end(), [](const NewAdjustment* a, const NewAdjustment* b) {
    return std::tie(a->adjustment.platform, a->adjustment.number) <
           std::tie(b->adjustment.platform, b->adjustment.number);
  });
  std::vector<Value> values;
  values.reserve(sorted.size() * sql::kAdjustmentColumns);
  for (const NewAdjustment* each : sorted) {
    const Adjustment& row = each->adjustment;
    values.insert(values.end(), {shop, row.id, row.platform, row.number, unsigned{row.correction},
                                 row.customer.value, row.order.value, row.line.value, row.sku,
                                 row.title, row.document_number, row.quantity, row.unit_price,
                                 row.currency, row.amount_minor, row.adjust_at, each->content});
  }
  if (!values.empty()) insert.Execute(connection, values);
}

}  // namespace redress::order
