#pragma once

#include "redress/events/v1/event.pb.h"
#include "services/scoring/domain/facts.h"

namespace redress::scoring {

// The fact that an event brings. Throws std::invalid_argument for an event without a payload that
// scoring reads.
Fact FactOf(const redress::events::v1::Event& event);

}  // namespace redress::scoring
