#pragma once

#include <string_view>

#include "redress/events/v1/event.pb.h"

namespace redress::platform {

// The full name of the payload's message, e.g. "redress.events.v1.OrderPaid": the type that the
// log and CloudEvents headers carry. Empty when the event has no payload that this build knows.
std::string_view EventType(const redress::events::v1::Event& event);

}  // namespace redress::platform
