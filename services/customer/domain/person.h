// One buyer may have several customer rows: a nick on each platform, a second account. Merged rows
// form a group with one head; whatever is shown or judged of a customer is of the whole group. The
// rows keep what was learnt of them, so that a group can be taken apart again.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "services/customer/domain/customer.h"

namespace redress::customer {

inline constexpr std::size_t kMostMembers = 50;  // of a group, its head included

struct Person {
  CustomerId head;
  std::vector<CustomerId> members;  // the head first, then by id; at most kMostMembers

  bool operator==(const Person&) const = default;
};

// Thread-safe. Failures are platform::Refusal (busy, unavailable).
class People {
 public:
  virtual ~People() = default;

  // The person that the customer belongs to. Refusal NOT_FOUND for a customer that the shop does
  // not have.
  virtual Person PersonOf(ShopId shop, CustomerId customer) = 0;

  // The same for many: one person per head, in the order in which the heads come up; customers that
  // the shop does not have are left out.
  virtual std::vector<Person> PeopleOf(ShopId shop, std::span<const CustomerId> customers) = 0;
};

}  // namespace redress::customer
