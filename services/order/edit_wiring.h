#pragma once

#include "services/order/domain/order_reading.h"
#include "services/platform/events/event_log.h"
#include "services/platform/server/parts.h"

namespace redress::order {

// Serves what people work with on orders: memos, changes, parcels, reminders, products, rules.
void AddOrderWork(platform::Parts& parts, OrderStore& store, OrderReading& reading,
                  platform::EventLog& events);

}  // namespace redress::order
