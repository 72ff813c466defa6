#pragma once

#include <vector>

#include "services/platform/events/nats_connection.h"
#include "services/platform/privacy/personal_data.h"
#include "services/platform/privacy/personal_data_api.h"
#include "services/platform/server/parts.h"

namespace redress::platform {

// Serves KeyService and rotates keys in the background.
void AddKeys(Parts& parts);

// Serves PersonalDataService and applies the shop's retention rules, hourly.
void AddPersonalData(Parts& parts, PersonalData& data, std::vector<RetentionRule> rules,
                     AdmitExport admit);

// For every service but the customer's own: the keys, personal data whose exports the customer
// service admits, and the erasures that it tells of.
void AddPrivacy(Parts& parts, NatsConnection& nats, PersonalData& data,
                std::vector<RetentionRule> rules);

}  // namespace redress::platform
