#pragma once

// The kinds of case: what the engine asks of the machine behind one, whichever it is. Everything
// else about a case (versions, repeats, deadlines' times, people, history) is the same for all.
//
// A new kind: its progress in Progress, its events in CaseEvent, its effects in CaseEffects, a
// place here, in opening, case_fields, event_json, event_reading and snapshot; the compiler says
// where.

#include <span>
#include <string_view>
#include <variant>
#include <vector>

#include "services/aftersales/domain/command.h"
#include "workflows/dispute/effects.h"
#include "workflows/machine/machine.h"
#include "workflows/refund/effects.h"
#include "workflows/review/effects.h"

namespace redress::aftersales {

class StepperPolicy;

using CaseEffects =
    std::variant<workflows::refund::RefundEffects, workflows::dispute::DisputeEffects,
                 workflows::review::ReviewEffects>;

// What firing one event came to; see workflows::Fired.
struct FiredStep {
  workflows::Outcome outcome = workflows::Outcome::kUnhandled;
  std::string_view state;
  CaseEffects effects;
  workflows::Refusal refusal;

  bool Applied() const { return outcome == workflows::Outcome::kApplied; }
};

// Who asks, and what the service knows beside the case. `line` is empty for a kind without one.
struct Surroundings {
  const LedgerRow& line;
  const Sender& sender;
  const StepperPolicy& policy;
  bool contact_refused = false;  // the case's customer asked not to be contacted, in whichever case
  std::int64_t now_us = 0;
  Beside beside = {};  // see FireEvent
};

std::string_view KindOf(const Case& of);
const workflows::Workflow& WorkflowOf(const Case& of);
std::span<const workflows::Workflow* const> Workflows();
const workflows::Workflow* FindWorkflow(std::string_view kind);  // nullptr for an unknown one
// Whether the machine of this kind has a row for the event in the state.
bool StateTakes(std::string_view kind, std::string_view state, std::string_view event);

std::string_view NameOf(const CaseEvent& event);
CaseEvent DeadlineEventOf(const Case& of, std::int64_t number);
// Whether a dispute may come to a refund by it, so that an open one of the line is looked for
// first.
bool ComesToARemedy(const CaseEvent& event);
// Whether a review asks for a dispute by it, so that an open one of the line is looked for first.
bool RevealsAFault(const CaseEvent& event);
// Whether the platform has stepped in with it.
bool IsIntervention(const CaseEvent& event);
// When what the case is about came to be, which some deadlines count from; 0 where none do.
std::int64_t SubjectTimeOf(const Case& of);

// The effects with which a new case starts.
CaseEffects Open(const Case& opened, const Surroundings& around);
// Refused with OTHER_KIND for an event of another kind than the case's.
FiredStep Fire(const Case& current, const CaseEvent& event, const Surroundings& around);
std::vector<workflows::AllowedEvent> AllowedEvents(const Case& current, const Surroundings& around);

// The outcome that a case has with the state it is in; empty for none. A payment is told apart.
std::string_view OutcomeOf(const Case& after);

}  // namespace redress::aftersales
