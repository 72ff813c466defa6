#pragma once

// The refund case's machine, for the variants refund only and return and refund. Pure: the same
// state, event and facts always give the same answer.
//
//   RefundFacts facts = …;                       // from the locked case, ledger row and caller
//   Fired<RefundEffect> fired = Fire("Requested", Approve{1999}, facts);
//   if (fired.Applied()) {
//     Apply(fired.effects, facts.progress);      // and store: fired.state, facts.progress
//   } else if (fired.outcome != Outcome::kIgnored) {
//     // FAILED_PRECONDITION: fired.refusal.code, .expected, .found
//   }

#include <string_view>
#include <vector>

#include "workflows/machine/machine.h"
#include "workflows/refund/effects.h"
#include "workflows/refund/events.h"
#include "workflows/refund/facts.h"

namespace redress::workflows::refund {

inline constexpr int kVersion = 2;
inline constexpr std::string_view kInitialState = "Requested";

// The effects with which a new case starts in kInitialState: its first deadline.
RefundEffects Open(const RefundFacts& facts);

// Throws std::invalid_argument for a name that is no state of this machine.
Fired<RefundEffect> Fire(std::string_view state, const RefundEvent& event,
                         const RefundFacts& facts);

// Every event of the table in its order. Events with an amount are tried with the most natural one
// (asked, offered, approved); another amount may still be refused.
std::vector<AllowedEvent> AllowedEvents(std::string_view state, const RefundFacts& facts);

const Workflow& Describe();

RowCount CountRows(std::string_view state, const RefundEvent& event, const RefundFacts& facts);

}  // namespace redress::workflows::refund
