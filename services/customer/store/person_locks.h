// What a write that concerns people does first.
#pragma once

#include <cstdint>
#include <map>
#include <span>

#include "services/customer/domain/person.h"
#include "services/platform/database/connection.h"

namespace redress::customer {

// Throws NOT_FOUND where there is no such customer.
Person PersonNow(platform::Connection& connection, ShopId shop, CustomerId customer);

// Locks the rows, in everybody's order; answers their versions without those that are not there.
// Throws CUSTOMER_ERASED where one of them was erased: there is no key to seal anything with, and
// nobody whom it would be about.
std::map<CustomerId, std::uint32_t> LockCustomers(platform::Connection& connection, ShopId shop,
                                                  std::span<const CustomerId> customers);

// Whoever erases the customer waits until this transaction is over. Throws NOT_FOUND and
// CUSTOMER_ERASED.
void HoldCustomer(platform::Connection& connection, ShopId shop, CustomerId customer);

}  // namespace redress::customer
