#pragma once

#include "services/order/domain/order_reading.h"
#include "services/platform/events/nats_connection.h"
#include "services/platform/server/parts.h"

namespace redress::order {

// Receivers in clear, exports, erasures, retention and keys.
void AddPrivacy(platform::Parts& parts, platform::NatsConnection& nats, OrderReading& reading);

}  // namespace redress::order
