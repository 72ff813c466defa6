#pragma once

#include "services/customer/store/customer_event_log.h"
#include "services/platform/events/nats_connection.h"
#include "services/platform/server/parts.h"

namespace redress::customer {

// What those need that append events of customers, or consume those of other services.
struct CustomerEvents {
  CustomerEventLog& log;
  platform::NatsConnection& nats;
};

// The service's own history: served to other services and carried to the bus.
CustomerEvents AddEvents(platform::Parts& parts);

}  // namespace redress::customer
