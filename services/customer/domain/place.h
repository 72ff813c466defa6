// A name at an address, whatever the spelling: what two customers at one door have in common.
#pragma once

#include <string>

#include "services/customer/domain/customer.h"

namespace redress::customer {

// Letters and digits only, in lower case and half width; empty when name or address is.
std::string NormalisedPlace(const Contact& contact);

}  // namespace redress::customer
