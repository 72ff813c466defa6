#pragma once

// Contacts of a person: the rows that everybody locks who is about to contact them unasked.

#include <cstdint>
#include <span>
#include <vector>

#include "services/customer/domain/care.h"
#include "services/platform/database/connection.h"

namespace redress::customer {

// The members of the customer's group, by id. NOT_FOUND.
std::vector<CustomerId> GroupOf(platform::Connection& db, ShopId shop, CustomerId customer);

bool AnyAsksForNoContact(platform::Connection& db, ShopId shop,
                         std::span<const CustomerId> members);

// Any member asked for no contact, or was erased.
bool IsUnwanted(platform::Connection& db, ShopId shop, std::span<const CustomerId> members);

// Locks the rows of all members, made where missing, in one order: of two who ask at once, one
// waits and sees what the other did.
PersonContacts LockContacts(platform::Connection& db, ShopId shop,
                            std::span<const CustomerId> members);

// Every member counts as contacted: one of them may leave the group, or be looked at by somebody
// who saw the group before it was merged.
void RecordContact(platform::Connection& db, ShopId shop, std::span<const CustomerId> members,
                   std::int64_t now_us);

}  // namespace redress::customer
