#pragma once

// The dispute case's machine. Pure: the same state, event and facts always give the same answer.
//
//   DisputeFacts facts = …;                      // from the locked case and the caller
//   Fired<DisputeEffect> fired = Fire("Opened", RecordContact{}, facts);
//   if (fired.Applied()) {
//     Apply(fired.effects, facts.progress);      // and store: fired.state, facts.progress
//   } else if (fired.outcome != Outcome::kIgnored) {
//     // FAILED_PRECONDITION: fired.refusal.code, .expected, .found
//   }

#include <string_view>
#include <vector>

#include "workflows/dispute/effects.h"
#include "workflows/dispute/events.h"
#include "workflows/dispute/facts.h"
#include "workflows/machine/machine.h"

namespace redress::workflows::dispute {

inline constexpr int kVersion = 3;
inline constexpr std::string_view kInitialState = "Opened";
inline constexpr std::string_view kResolvedState = "Resolved";

// The effects with which a new case starts in kInitialState: its first deadline and its promise.
DisputeEffects Open(const DisputeFacts& facts);

// Throws std::invalid_argument for a name that is no state of this machine.
Fired<DisputeEffect> Fire(std::string_view state, const DisputeEvent& event,
                          const DisputeFacts& facts);

// Every event of the table in its order. Events with contents are tried with the most natural ones
// (an option that is offered, a ruling that pays nothing); others may still be refused.
std::vector<AllowedEvent> AllowedEvents(std::string_view state, const DisputeFacts& facts);

const Workflow& Describe();

RowCount CountRows(std::string_view state, const DisputeEvent& event, const DisputeFacts& facts);

}  // namespace redress::workflows::dispute
