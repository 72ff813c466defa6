// Which reminder a payment counts for.
#pragma once

#include <span>
#include <unordered_map>

#include "services/order/domain/merge.h"
#include "services/order/domain/reminder.h"
#include "services/platform/database/connection.h"

namespace redress::order {

struct Attribution {
  AccountId account;
  std::int64_t reminded_at = 0;
};
using Attributions = std::unordered_map<OrderId, Attribution>;

// The last reminder before an order was paid gets the payment, where it came in its window.
Attributions AttributePayments(platform::Connection& connection, ShopId shop,
                               std::span<const OrderChange> changes);

}  // namespace redress::order
