#pragma once

// Whether a person may be told something unasked. The customer service answers it for all services,
// so that a person whom care, another rule or a colleague contacted is left in peace.

#include <cstdint>
#include <string>

#include "services/desk/domain/write.h"

namespace redress::desk {

enum class ContactLeave : std::uint8_t { kGiven, kRefused, kQuiet };

class ContactBook {
 public:
  virtual ~ContactBook() = default;

  // With quiet days, leave that is given also counts as a contact from now on, and a repeat of the
  // contact is answered as the first time; with 0 it asks for the customer's wishes only. Throws
  // Refusal, UNAVAILABLE and the like where the service does not answer.
  virtual ContactLeave Ask(ShopId shop, CustomerId customer, const std::string& contact,
                           std::uint32_t quiet_days) = 0;
};

}  // namespace redress::desk
