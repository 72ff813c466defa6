// People in the service's schema.
#pragma once

#include <span>
#include <vector>

#include "services/customer/domain/person.h"
#include "services/platform/database/pool.h"

namespace redress::customer {

class MysqlPeople final : public People {
 public:
  explicit MysqlPeople(platform::Pool& pool) : pool_(pool) {}

  Person PersonOf(ShopId shop, CustomerId customer) override;
  std::vector<Person> PeopleOf(ShopId shop, std::span<const CustomerId> customers) override;

 private:
  platform::Pool& pool_;
};

// The same on a connection that the caller has: two round trips.
std::vector<Person> SelectPeople(platform::Connection& connection, ShopId shop,
                                 std::span<const CustomerId> customers);

}  // namespace redress::customer
