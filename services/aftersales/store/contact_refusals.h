#pragma once

// Customers who asked not to be contacted, over all their cases.

#include <set>
#include <span>

#include "services/aftersales/domain/stepper.h"
#include "services/platform/database/connection.h"

namespace redress::aftersales {

// Those of the customers who did, as committed by now.
std::set<CustomerKey> FindContactRefusals(platform::Connection& db,
                                          const std::set<CustomerKey>& customers);
// Of a customer who did so before, the first time is kept.
void WriteContactRefusals(platform::Connection& db, std::span<const ContactRefusal> refusals);

}  // namespace redress::aftersales
