// Orders read from their tables: header, lines, parcels and whether a receiver is known.
#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "services/order/domain/order.h"
#include "services/platform/database/connection.h"
#include "services/platform/database/value.h"

namespace redress::order {

// Those that exist, complete, by ascending id. Four round trips for up to 256 orders. With `lock`
// the header rows stay locked until the transaction ends; whoever changes any part of an order
// locks its header first.
enum class Lock { kNo, kForUpdate };
std::vector<Order> ReadOrders(platform::Connection& connection, ShopId shop,
                              std::span<const OrderId> orders, Lock lock);

// NOT_FOUND unless the shop has the order.
void RequireOrder(platform::Connection& connection, ShopId shop, OrderId order);

// (shop, id), (shop, id), … as the statements take them.
std::vector<platform::Value> KeysOf(ShopId shop, std::span<const OrderId> orders);

}  // namespace redress::order
