#include "services/customer/store/figure_rows.h"

#include <algorithm>
#include <vector>

#include "services/customer/domain/moments.h"
#include "services/customer/store/due_customers.h"
#include "services/customer/store/fact_sql.h"
#include "services/platform/database/rows.h"

namespace redress::customer {
namespace {

using platform::Connection;
using platform::MultiRow;
using platform::Result;
using platform::Value;

constexpr std::size_t kMostRows = 512;

// Counts the refunds of each order; an order that has got its first one, or lost its last, changes
// how many refunded orders its customer has.
std::map<CustomerKey, std::int64_t> ApplyRefunds(Connection& connection,
                                                 const std::map<RefundKey, std::int64_t>& refunds) {
  static const MultiRow change(sql::kChangeRefunds, 4, sql::kChangeRefundsTail, kMostRows);
  static const MultiRow select(sql::kSelectRefunds, 3, ")", kMostRows);
  std::vector<Value> rows;
  std::vector<Value> keys;
  for (const auto& [key, more] : refunds) {
    if (more == 0) continue;
    const auto& [shop, customer, order] = key;
    rows.insert(rows.end(), {shop, customer, order, more});
    keys.insert(keys.end(), {shop, customer, order});
  }
  std::map<CustomerKey, std::int64_t> orders;
  if (rows.empty()) return orders;
  change.Execute(connection, rows);
  select.Query(connection, keys, [&](Result& row) {
    const ShopId shop = row.Shop(0);
    const auto customer = row.Id<CustomerId>(1);
    const std::int64_t after = row.Int64(3);
    const std::int64_t before = after - refunds.at({shop, customer, row.Id<OrderId>(2)});
    const std::int64_t more = (after > 0 ? 1 : 0) - (before > 0 ? 1 : 0);
    if (more != 0) orders[{shop, customer}] += more;
  });
  return orders;
}

void ApplyFigures(Connection& connection, const std::map<CustomerKey, FigureChange>& figures,
                  const std::map<CustomerKey, std::int64_t>& refunded_orders) {
  static const MultiRow change(sql::kChangeFigures, sql::kFigureColumns, sql::kChangeFiguresTail,
                               kMostRows);
  std::vector<Value> rows;
  rows.reserve(figures.size() * sql::kFigureColumns);
  for (const auto& [key, figure] : figures) {
    const auto found = refunded_orders.find(key);
    rows.insert(rows.end(), {key.first, key.second});
    for (std::size_t i = 0; i < kCounts; ++i) {
      const bool of_refunds = i == static_cast<std::size_t>(Count::kRefundedOrders);
      const std::int64_t more = found == refunded_orders.end() ? 0 : found->second;
      rows.emplace_back(of_refunds ? more : figure.counts.at(i));
    }
    rows.insert(rows.end(), figure.firsts.begin(), figure.firsts.end());
    rows.insert(rows.end(), figure.lasts.begin(), figure.lasts.end());
  }
  change.Execute(connection, rows);
}

void ApplyMoney(Connection& connection, const std::map<CustomerKey, FigureChange>& figures) {
  static const MultiRow change(sql::kChangeMoney, sql::kMoneyColumns, sql::kChangeMoneyTail,
                               kMostRows);
  std::vector<Value> rows;
  for (const auto& [key, figure] : figures) {
    for (const auto& [currency, money] : figure.money) {
      rows.insert(rows.end(), {key.first, key.second, currency, money.paid_orders, money.paid_minor,
                               money.refunded_minor, money.last_paid_at});
    }
  }
  if (!rows.empty()) change.Execute(connection, rows);
}

std::int64_t Newest(Connection& connection, const char* statement, const CustomerKey& key) {
  Result rows = connection.Query(statement, {key.first, key.second});
  return rows.Next() ? rows.OptInt64(0).value_or(0) : 0;
}

// The figures' row is locked already, so nobody else changes this customer's moments meanwhile.
void LookAgain(Connection& connection, const CustomerKey& key) {
  const auto [shop, customer] = key;
  FigureChange found;
  connection.Execute(sql::kForgetLastPaid, {shop, customer});
  Result orders = connection.Query(sql::kSelectOrderMoments, {shop, customer});
  while (orders.Next()) {
    const std::int64_t last_paid = orders.OptInt64(4).value_or(0);
    found[First::kOrder] = Earlier(found[First::kOrder], orders.Int64(1));
    found[Last::kOrder] = std::max(found[Last::kOrder], orders.Int64(2));
    found[First::kPaid] = Earlier(found[First::kPaid], orders.OptInt64(3).value_or(0));
    found[Last::kPaid] = std::max(found[Last::kPaid], last_paid);
    if (last_paid != 0) {
      connection.Execute(sql::kSetLastPaid, {last_paid, shop, customer, orders.String(0)});
    }
  }
  Result cases = connection.Query(sql::kSelectCaseMoments, {shop, customer});
  if (cases.Next()) {
    found[Last::kRefund] = cases.OptInt64(0).value_or(0);
    found[Last::kCase] = cases.OptInt64(1).value_or(0);
    found[Last::kContact] = cases.OptInt64(2).value_or(0);
  }
  found[Last::kRefund] =
      std::max(found[Last::kRefund], Newest(connection, sql::kSelectLastRefundElsewhere, key));
  found[Last::kContact] =
      std::max(found[Last::kContact], Newest(connection, sql::kSelectLastMessage, key));
  found[Last::kCoupon] = std::max(Newest(connection, sql::kSelectLastCaseCoupon, key),
                                  Newest(connection, sql::kSelectLastCareCoupon, key));
  connection.Execute(sql::kSetMoments,
                     {found[First::kOrder], found[First::kPaid], found[Last::kOrder],
                      found[Last::kPaid], found[Last::kRefund], found[Last::kCase],
                      found[Last::kContact], found[Last::kCoupon], shop, customer});
}

}  // namespace

void ApplyChanges(Connection& connection, const FigureChanges& changes, std::int64_t now_us) {
  if (changes.figures.empty()) return;
  const auto refunded_orders = ApplyRefunds(connection, changes.refunds);
  ApplyFigures(connection, changes.figures, refunded_orders);
  ApplyMoney(connection, changes.figures);
  for (const CustomerKey& key : changes.look_again) LookAgain(connection, key);
  std::map<ShopId, std::vector<CustomerId>> due;
  for (const auto& [key, unused] : changes.figures) due[key.first].push_back(key.second);
  for (const auto& [shop, customers] : due) MarkDue(connection, shop, customers, now_us);
}

}  // namespace redress::customer
