// Figures as rows: changed by what a batch of facts adds, inside its transaction.
#pragma once

#include <cstdint>

#include "services/customer/domain/contribution.h"
#include "services/platform/database/connection.h"

namespace redress::customer {

// A few statements for any number of customers, and four more for each whose first or last moments
// have to be looked up again.
void ApplyChanges(platform::Connection& connection, const FigureChanges& changes,
                  std::int64_t now_us);

}  // namespace redress::customer
