#pragma once

// What steps recorded of compensations, read back, and what a replay supposes where they recorded
// nothing; see event_reading.h and replay.h.

#include "services/aftersales/domain/event_reading.h"
#include "services/aftersales/domain/stepper.h"

namespace redress::aftersales {

// Throw std::runtime_error for what no version has written.
OfferCompensation RecordedOffer(const RecordedMembers& members);
MoveCompensation RecordedMove(CompensationAct act, const RecordedMembers& members);

// Rules under which the step's offer needed a supervisor, or did not; a month has room for any.
CompensationRules SupposedRules(const Step& step);
// Budgets from which each of the rows' compensations was taken, and much more.
void SupposeBudgets(LoadedBatch& rows);

}  // namespace redress::aftersales
