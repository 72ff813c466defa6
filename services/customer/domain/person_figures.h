// Figures of a person are the sum of the figures of the customers who were merged.
#pragma once

#include "services/customer/domain/customer_facts.h"

namespace redress::customer {

// Adds counts and money; first and last moments are those of both.
void AddFigures(CustomerFigures& sum, const CustomerFigures& more);

}  // namespace redress::customer
