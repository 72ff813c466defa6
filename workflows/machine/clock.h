#pragma once

// How a step moves its case's deadline. A step that changes the state arms the new state's rule,
// one that does not keeps what is armed; the two verbs are the exceptions.
//
// A kind's Step has `effects` and `Emit(effect)`.

#include <string_view>
#include <variant>

#include "workflows/machine/casework.h"
#include "workflows/machine/machine.h"

namespace redress::workflows {

struct KeepClock {
  static constexpr std::string_view kName = "keep_clock";
  template <class Event, class Step>
  static void Act(const Event&, Step& step) {
    step.Emit(KeepDeadline{});
  }
};
// Rule and condition are filled in once the state is known.
struct RestartClock {
  static constexpr std::string_view kName = "restart_clock";
  template <class Event, class Step>
  static void Act(const Event&, Step& step) {
    step.Emit(ArmDeadline{});
  }
};

// Exactly one of arm, keep and disarm per step: the verb's own, or what the state asks for.
// `condition_of(rule)` names the row of a rule that has several.
template <class Step, class ConditionOf>
void SetDeadline(std::string_view before, const StateInfo& after, Step& step,
                 const ConditionOf& condition_of) {
  const std::string_view rule = after.deadline_rule;
  for (auto& effect : step.effects) {
    if (std::holds_alternative<KeepDeadline>(effect)) return;
    if (auto* arm = std::get_if<ArmDeadline>(&effect)) {
      arm->rule = rule;
      arm->condition = condition_of(rule);
      return;
    }
  }
  if (after.final) {
    step.Emit(DisarmDeadline{});
  } else if (after.name == before) {
    step.Emit(KeepDeadline{});
  } else {
    step.Emit(ArmDeadline{rule, condition_of(rule), false});
  }
}

}  // namespace redress::workflows
