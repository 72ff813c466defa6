#pragma once

#include "redress/events/v1/event.pb.h"
#include "services/aftersales/domain/step.h"

namespace redress::aftersales {

// The event that a step is: `after` is its case as the step left it.
redress::events::v1::Event EventOf(const Step& step, const Case& after);

}  // namespace redress::aftersales
