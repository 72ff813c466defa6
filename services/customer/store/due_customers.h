// Who is to be judged again: the rows of `customer_due`.
#pragma once

#include <cstdint>
#include <span>

#include "services/customer/domain/customer.h"
#include "services/platform/database/connection.h"

namespace redress::customer {

// Makes the people of these customers due at that time, inside the caller's transaction; one who is
// due earlier stays so. The row stands under the head as it is now: one merged at the same moment
// may be listed under a customer that is no head any more, so the reader asks for the person.
void MarkDue(platform::Connection& connection, ShopId shop, std::span<const CustomerId> customers,
             std::int64_t at);

}  // namespace redress::customer
