#pragma once

#include "redress/events/v1/event.pb.h"
#include "services/aftersales/domain/step.h"

namespace redress::aftersales {

// The event that a step is: `left` is what the step left behind.
redress::events::v1::Event EventOf(const Step& step, const Answer& left);

}  // namespace redress::aftersales
