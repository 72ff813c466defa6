// The orders that wait to be paid, kept beside the orders so that two orderings of few rows are
// read.
#pragma once

#include <span>

#include "services/order/domain/merge.h"
#include "services/platform/database/connection.h"

namespace redress::order {

// Follows the changes: who waits is there with what has to be paid, who does not any more is gone.
void WriteUnpaidOrders(platform::Connection& connection, ShopId shop,
                       std::span<const OrderChange> changes);

}  // namespace redress::order
