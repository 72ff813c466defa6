#pragma once

#include "services/order/domain/order_store.h"
#include "services/platform/server/parts.h"

namespace redress::order {

// Serves the search for orders, and makes older orders findable in the background. The store
// outlives the parts.
void AddSearch(platform::Parts& parts, OrderStore& store);

}  // namespace redress::order
