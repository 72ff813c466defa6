#pragma once

#include <span>
#include <vector>

#include "services/customer/domain/customer.h"
#include "services/platform/database/connection.h"

namespace redress::customer {

// shop and customer, for `WHERE (shop_id, customer_id) IN (…)`.
inline std::vector<platform::Value> KeysOf(const ShopId& shop,
                                           std::span<const CustomerId> customers) {
  std::vector<platform::Value> keys;
  keys.reserve(customers.size() * 2);
  for (const CustomerId customer : customers) keys.insert(keys.end(), {shop, customer});
  return keys;
}

}  // namespace redress::customer
