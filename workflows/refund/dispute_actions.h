#pragma once

// Verbs of the refund machine about the dispute that decides about it, and what that dispute is
// told. The cases act on each other only through the inbox: nothing here knows a dispute's states.

#include <string_view>

#include "workflows/refund/actions.h"

namespace redress::workflows::refund {

// Nobody of the shop and the buyer agree: a dispute is opened, which is to decide.
struct OpenItsDispute {
  static constexpr std::string_view kName = "open_its_dispute";
  template <class Event>
  static void Act(const Event&, RefundStep& step) {
    step.Emit(OpenDispute{step.facts.next_case});
  }
};
struct NoteDispute {
  static constexpr std::string_view kName = "note_dispute";
  static void Act(const JoinDispute& event, RefundStep& step) {
    step.Emit(SetDispute{event.dispute});
  }
};

// The dispute hears when the buyer has what the case gives, or that it gives nothing: whoever
// brought that about, the platform as well. What the dispute itself ended it need not be told. Like
// the deadline, this follows from the state reached.
inline void TellDisputeOfEnd(std::string_view before, const StateInfo& after,
                             std::string_view given_state, RefundStep& step) {
  if (step.now.dispute == 0 || before == after.name || before == given_state) return;
  if (after.name == given_state) {
    step.Emit(TellDispute{DisputeNews::kGiven, step.now.settled_amount + step.now.shortfall});
  } else if (after.final && step.facts.actor.kind != ActorKind::kLink) {
    step.Emit(TellDispute{DisputeNews::kEnded, 0});
  }
}

}  // namespace redress::workflows::refund
