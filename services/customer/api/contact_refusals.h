#pragma once

#include <functional>
#include <span>

#include "redress/events/v1/event.pb.h"
#include "services/customer/domain/care.h"
#include "services/platform/base/clock.h"

namespace redress::customer {

// Notes who asked in a case not to be contacted, so that care leaves them out. Safe to repeat. Both
// outlive what is answered, which is called with each batch of events that the service consumes.
std::function<void(std::span<const events::v1::Event>)> ContactRefusals(
    CareRepository& care, const platform::Clock& clock);

}  // namespace redress::customer
