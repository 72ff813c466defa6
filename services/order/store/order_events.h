// What the order service tells others: the order after a change, an adjustment.
#pragma once

#include <span>
#include <vector>

#include "services/order/domain/order_store.h"
#include "services/order/store/reminder_rows.h"
#include "services/platform/events/event_log.h"

namespace redress::order {

// One event per created or changed order (its sequence is the order's version) and one per new
// adjustment (its own aggregate, sequence 1).
std::vector<platform::NewEvent> EventsOf(ShopId shop, std::span<const OrderChange> changes,
                                         std::span<const NewAdjustment> adjustments,
                                         const Attributions& attributed);

}  // namespace redress::order
