#pragma once

// The refund case's machine, for every variant. Pure: the same state, event and facts always give
// the same answer.
//
// An exchange and a reship end with other goods. Their amounts are what those goods are worth: it
// is asked and approved within the line's ceiling, the limits and four eyes like money, but nothing
// is reserved for a replacement. Only where the case turns into a refund, before the replacement
// has left, is that money approved anew, reserved and paid.
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

inline constexpr int kVersion = 4;
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
