// One indexed read for each of several customers in one round trip: the statement in parentheses,
// as often as there are customers, joined by UNION ALL. The number of parts is a power of two, so
// that a few prepared statements serve every group.
#pragma once

#include <functional>
#include <initializer_list>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "services/customer/domain/customer.h"
#include "services/platform/database/connection.h"

namespace redress::customer {

class UnionOf {
 public:
  // `one` takes the shop, the customer, and then what is the same for all.
  explicit UnionOf(std::string_view one) : one_(one) {}

  void Query(platform::Connection& connection, ShopId shop, std::span<const CustomerId> customers,
             std::initializer_list<platform::Value> same,
             const std::function<void(platform::Result&)>& on_row) const;

 private:
  std::string Statement(std::size_t parts) const;

  const std::string one_;
};

}  // namespace redress::customer
