// Changes of orders and new adjustments as multi-row statements. Headers of orders that exist are
// locked by the caller.
#pragma once

#include <span>

#include "services/order/domain/order_store.h"
#include "services/platform/database/connection.h"

namespace redress::order {

void WriteOrders(platform::Connection& connection, ShopId shop,
                 std::span<const OrderChange> changes);
void WriteAdjustments(platform::Connection& connection, ShopId shop,
                      std::span<const NewAdjustment> adjustments);

}  // namespace redress::order
