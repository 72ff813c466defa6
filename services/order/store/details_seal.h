// An order's details, sealed at rest like its receiver.
#pragma once

#include <span>
#include <string>
#include <unordered_map>

#include "services/order/domain/merge.h"
#include "services/order/domain/order.h"
#include "services/platform/database/connection.h"
#include "services/platform/sealing/sealer.h"

namespace redress::order {

class DetailsSeal {
 public:
  // The sealer outlives it.
  explicit DetailsSeal(platform::Sealer& sealer) : sealer_(sealer) {}

  // Empty for empty details.
  std::string ContentHash(ShopId shop, const Details& details);

  // Writes the details of the changes that bring some, and seals those anew whose order got a
  // customer, in a bounded number of round trips.
  void Write(platform::Connection& connection, ShopId shop, std::span<const OrderChange> changes);

  // Account and personal fields masked; empty where none are known or they were erased.
  Details ReadMasked(platform::Connection& connection, ShopId shop, OrderId order);
  // In clear, for an export that was recorded; those that have some.
  std::unordered_map<OrderId, Details> ReadClear(platform::Connection& connection, ShopId shop,
                                                 std::span<const OrderId> orders);

 private:
  platform::Sealer& sealer_;
};

}  // namespace redress::order
