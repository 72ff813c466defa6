// A buyer of a shop, known by the nick of a marketplace.
#pragma once

#include <cstdint>
#include <string>

#include "services/platform/base/ids.h"

namespace redress::customer {

using platform::AccountId;
using platform::CustomerId;
using platform::OrderId;
using platform::ShopId;

struct Contact {
  std::string name;
  std::string phone;  // as given
  std::string address;

  bool empty() const { return name.empty() && phone.empty() && address.empty(); }
  bool operator==(const Contact&) const = default;
};

struct Customer {
  CustomerId id;
  std::string platform;
  std::string nick;  // as the platform shows it, byte by byte
  std::uint32_t version = 0;
  std::int64_t created_at = 0;  // when first seen here, UTC microseconds
  std::int64_t erased_at = 0;   // 0: they were not
};

// A customer as a person may see them without a reveal.
struct CustomerView {
  Customer customer;
  Contact masked_contact;
};

}  // namespace redress::customer
