#pragma once

#include "services/aftersales/domain/case_engine.h"
#include "services/aftersales/domain/platform_object_repository.h"
#include "services/aftersales/store/recent_events.h"
#include "services/platform/events/nats_connection.h"
#include "services/platform/server/parts.h"

namespace redress::aftersales {

// Steps go out as events, order events come in. Adds its services, starts and stops to the parts.
// `recent` is what the engine has just committed; `refunds` may wait for orders. Answers the
// connection to the bus, for others to share.
platform::NatsConnection& AddEvents(platform::Parts& parts, CaseEngine& engine,
                                    RecentEvents& recent, PlatformObjectRepository& refunds);

}  // namespace redress::aftersales
