#pragma once

#include <vector>

#include "services/customer/domain/customers.h"
#include "services/customer/event_wiring.h"
#include "services/platform/config/config.h"
#include "services/platform/server/parts.h"

namespace redress::customer {

std::vector<platform::ConfigKey> PrivacyConfigKeys();

// How often an account may see personal data. Checked before anything is served.
RevealLimits RevealLimitsOf(const platform::Config& config);

// Reveals, exports, erasures, retention and keys.
void AddPrivacy(platform::Parts& parts, Customers& customers, const CustomerEvents& events);

}  // namespace redress::customer
