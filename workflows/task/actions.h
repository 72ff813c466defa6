#pragma once

// Verbs of the warehouse task's machine. Each only emits effects; a step's later verbs see the
// progress that its earlier ones made.

#include <algorithm>
#include <string_view>

#include "workflows/task/effects.h"

namespace redress::workflows::task {

struct TaskStep {
  const TaskFacts& facts;
  TaskProgress now;
  TaskEffects effects;

  void Emit(const TaskEffect& effect) {
    Apply(effect, now);
    effects.push_back(effect);
  }
};

// ---- the lease ----------------------------------------------------------------------------------

struct TakeLease {
  static constexpr std::string_view kName = "take_lease";
  static void Act(const Claim& event, TaskStep& step) {
    step.Emit(HoldLease{step.facts.actor.account_id, event.until});
  }
};
// Renewing never shortens.
struct LengthenLease {
  static constexpr std::string_view kName = "lengthen_lease";
  static void Act(const RenewLease& event, TaskStep& step) {
    step.Emit(HoldLease{step.now.claimed_by, std::max(step.now.lease_until, event.until)});
  }
};
struct LetGo {
  static constexpr std::string_view kName = "let_go";
  template <class Event>
  static void Act(const Event&, TaskStep& step) {
    step.Emit(DropLease{});
  }
};

// ---- goods --------------------------------------------------------------------------------------

struct CountArrival {
  static constexpr std::string_view kName = "count_arrival";
  static void Act(const Received& event, TaskStep& step) {
    step.Emit(SetReceived{event.quantity});
    if (event.quantity != step.now.quantity) step.Emit(CallPerson{"RECEIVED_OTHER_QUANTITY"});
  }
};
struct CountGood {
  static constexpr std::string_view kName = "count_good";
  static void Act(const Inspected& event, TaskStep& step) {
    step.Emit(SetGood{event.quantity_good});
  }
};
struct NoteOutcome {
  static constexpr std::string_view kName = "note_outcome";
  static void Act(const Intercepted& event, TaskStep& step) {
    step.Emit(SetIntercepted{event.caught ? InterceptOutcome::kCaught : InterceptOutcome::kMissed});
  }
};
struct CallOverFailure {
  static constexpr std::string_view kName = "call_over_failure";
  static void Act(const Failed&, TaskStep& step) { step.Emit(CallPerson{"WAREHOUSE_FAILED"}); }
};

template <CaseNews kNews>
struct Tell {
  template <class Event>
  static void Act(const Event&, TaskStep& step) {
    step.Emit(TellCase{kNews});
  }
};
struct TellArrival : Tell<CaseNews::kArrived> {
  static constexpr std::string_view kName = "tell_arrival";
};
struct TellInspection : Tell<CaseNews::kInspected> {
  static constexpr std::string_view kName = "tell_inspection";
};
struct TellPacking : Tell<CaseNews::kPacked> {
  static constexpr std::string_view kName = "tell_packing";
};
struct TellShipping : Tell<CaseNews::kShipped> {
  static constexpr std::string_view kName = "tell_shipping";
};
struct TellInterception : Tell<CaseNews::kIntercepted> {
  static constexpr std::string_view kName = "tell_interception";
};

}  // namespace redress::workflows::task
