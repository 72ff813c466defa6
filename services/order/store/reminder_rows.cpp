#include "services/order/store/reminder_rows.h"

#include <vector>

#include "services/order/store/order_rows.h"
#include "services/order/store/reminder_sql.h"
#include "services/platform/database/rows.h"

namespace redress::order {
namespace {

using platform::Connection;
using platform::MultiRow;
using platform::Result;

struct Last {
  ReminderId id;
  AccountId account;
  std::int64_t reminded_at = 0;
  std::int64_t window_end_at = 0;
};

}  // namespace

Attributions AttributePayments(Connection& connection, ShopId shop,
                               std::span<const OrderChange> changes) {
  static const MultiRow select(sql::kSelectRemindersOfOrders, 2, ")", 256);
  std::unordered_map<OrderId, const Order*> paid;
  std::vector<OrderId> ids;
  for (const OrderChange& change : changes) {
    if (!change.became_paid || !change.left_unpaid) continue;
    paid.emplace(change.order.id, &change.order);
    ids.push_back(change.order.id);
  }
  Attributions attributed;
  if (ids.empty()) return attributed;
  std::unordered_map<OrderId, Last> last;
  select.Query(connection, KeysOf(shop, ids), [&](Result& row) {
    const auto order = row.Id<OrderId>(0);
    const std::int64_t reminded_at = row.Int64(3);
    if (reminded_at > paid.at(order)->paid_at) return;
    Last& known = last[order];
    if (!known.id || reminded_at > known.reminded_at) {
      known = {row.Id<ReminderId>(1), row.Id<AccountId>(2), reminded_at, row.Int64(4)};
    }
  });
  for (const auto& [id, reminder] : last) {
    const Order& order = *paid.at(id);
    if (order.paid_at > reminder.window_end_at) continue;
    connection.Execute(sql::kAttributePayment,
                       {order.paid_at, order.PaidMinor(), shop, reminder.id});
    attributed[id] = {reminder.account, reminder.reminded_at};
  }
  return attributed;
}

}  // namespace redress::order
