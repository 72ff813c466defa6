// For whoever erases a person: what they could still be found by.
#pragma once

#include "services/customer/domain/customer.h"
#include "services/platform/database/connection.h"

namespace redress::customer {

// Takes the customer's nick and the words of their notes out of the search, in the caller's
// transaction, while the nick is still the one that they had.
void EraseFromSearch(platform::Connection& connection, ShopId shop, CustomerId customer);

}  // namespace redress::customer
