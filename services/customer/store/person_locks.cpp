#include "services/customer/store/person_locks.h"

#include <utility>
#include <vector>

#include "services/customer/store/customer_keys.h"
#include "services/customer/store/merge_sql.h"
#include "services/customer/store/mysql_people.h"
#include "services/platform/base/errors.h"
#include "services/platform/database/rows.h"

namespace redress::customer {

using platform::Connection;
using platform::MultiRow;
using platform::Result;

namespace {

[[noreturn]] void RefuseErased(CustomerId customer) {
  throw platform::Refusal(platform::Code::kFailedPrecondition, "CUSTOMER_ERASED",
                          "This person was erased; nothing can be done with them or said of them.")
      .With("customer_id", platform::ToString(customer));
}

}  // namespace

Person PersonNow(Connection& connection, ShopId shop, CustomerId customer) {
  std::vector<Person> people = SelectPeople(connection, shop, {&customer, 1});
  if (people.empty()) throw platform::NotFound("customer", platform::ToString(customer));
  return std::move(people.front());
}

std::map<CustomerId, std::uint32_t> LockCustomers(Connection& connection, ShopId shop,
                                                  std::span<const CustomerId> customers) {
  static const MultiRow lock(sql::kLockCustomers, 2, sql::kLockCustomersTail);
  std::map<CustomerId, std::uint32_t> versions;
  CustomerId erased;
  lock.Query(connection, KeysOf(shop, customers), [&](Result& row) {
    versions[row.Id<CustomerId>(0)] = static_cast<std::uint32_t>(row.Uint64(1));
    if (row.Int64(2) != 0) erased = row.Id<CustomerId>(0);
  });
  if (erased) RefuseErased(erased);
  return versions;
}

void HoldCustomer(Connection& connection, ShopId shop, CustomerId customer) {
  Result rows = connection.Query(sql::kHoldCustomer, {shop, customer});
  if (!rows.Next()) throw platform::NotFound("customer", platform::ToString(customer));
  if (rows.Int64(0) != 0) RefuseErased(customer);
}

}  // namespace redress::customer
