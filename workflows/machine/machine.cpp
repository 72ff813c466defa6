#include "workflows/machine/machine.h"

#include <algorithm>

#include "workflows/machine/explain.h"

namespace redress::workflows {

std::string EdgeInfo::Guard() const {
  std::string guard = route;
  for (const RequirementInfo& requirement : requirements) {
    if (!guard.empty()) guard += " and ";
    guard += requirement.name;
  }
  return guard;
}

const StateInfo* Workflow::FindState(std::string_view name) const {
  const auto it = std::find_if(states.begin(), states.end(),
                               [&](const StateInfo& state) { return state.name == name; });
  return it == states.end() ? nullptr : &*it;
}

bool Workflow::HasEvent(std::string_view name) const {
  return std::any_of(events.begin(), events.end(),
                     [&](const EventInfo& event) { return event.name == name; });
}

Refusal ExplainUnhandled(std::string_view state, const std::vector<std::string_view>& legal_in) {
  Refusal refusal{kNotLegalInState, "", std::string(state)};
  for (std::size_t i = 0; i < legal_in.size(); ++i) {
    const bool seen = std::find(legal_in.begin(), legal_in.begin() + i, legal_in[i]) !=
                      legal_in.begin() + static_cast<std::ptrdiff_t>(i);
    if (seen) continue;
    if (!refusal.expected.empty()) refusal.expected += ", ";
    refusal.expected += legal_in[i];
  }
  return refusal;
}

}  // namespace redress::workflows
