#pragma once

// The review case's machine. Pure: the same state, event and facts always give the same answer.
//
//   ReviewFacts facts = …;                       // from the locked case and the caller
//   Fired<ReviewEffect> fired = Fire("Detected", JudgeGenuine{}, facts);
//   if (fired.Applied()) {
//     Apply(fired.effects, facts.progress);      // and store: fired.state, facts.progress
//   } else if (fired.outcome != Outcome::kIgnored) {
//     // FAILED_PRECONDITION: fired.refusal.code, .expected, .found
//   }

#include <string_view>
#include <vector>

#include "workflows/machine/machine.h"
#include "workflows/review/effects.h"
#include "workflows/review/events.h"
#include "workflows/review/facts.h"

namespace redress::workflows::review {

inline constexpr int kVersion = 2;
inline constexpr std::string_view kInitialState = "Detected";
inline constexpr std::string_view kResolvedState = "Resolved";

// The effects with which a new case starts in kInitialState: its first deadline.
ReviewEffects Open(const ReviewFacts& facts);

// Throws std::invalid_argument for a name that is no state of this machine.
Fired<ReviewEffect> Fire(std::string_view state, const ReviewEvent& event,
                         const ReviewFacts& facts);

// Every event of the table in its order. Events with contents are tried with the most natural ones
// (an attempt by a channel that is left, an offer without an amount); others may still be refused.
std::vector<AllowedEvent> AllowedEvents(std::string_view state, const ReviewFacts& facts);

const Workflow& Describe();

RowCount CountRows(std::string_view state, const ReviewEvent& event, const ReviewFacts& facts);

}  // namespace redress::workflows::review
