#pragma once

#include "services/customer/domain/customer_store.h"
#include "services/customer/person_wiring.h"
#include "services/platform/server/parts.h"

namespace redress::customer {

// Serves notes and the search for customers, puts notes into the timeline, and makes older
// customers findable in the background. The store outlives the parts.
void AddNotesAndSearch(platform::Parts& parts, CustomerStore& customers,
                       const PersonParts& persons);

}  // namespace redress::customer
