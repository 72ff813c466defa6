#include "services/order/store/unpaid_rows.h"

#include <vector>

#include "services/order/store/reminder_sql.h"
#include "services/platform/database/rows.h"

namespace redress::order {

void WriteUnpaidOrders(platform::Connection& connection, ShopId shop,
                       std::span<const OrderChange> changes) {
  static const platform::MultiRow write(sql::kWriteUnpaid, sql::kUnpaidColumns, sql::kUpdateUnpaid);
  static const platform::MultiRow remove(sql::kDeleteUnpaid, 2, ")");
  std::vector<platform::Value> waiting;
  std::vector<platform::Value> gone;
  for (const OrderChange& change : changes) {
    const Order& order = change.order;
    if (change.outcome == Outcome::kUnchanged) continue;
    if (order.status == OrderStatus::kWaitBuyerPay) {
      waiting.insert(waiting.end(), {shop, order.id, order.order_at, order.PaidMinor()});
    } else if (change.left_unpaid) {
      gone.insert(gone.end(), {shop, order.id});
    }
  }
  if (!waiting.empty()) write.Execute(connection, waiting);
  if (!gone.empty()) remove.Execute(connection, gone);
}

}  // namespace redress::order
