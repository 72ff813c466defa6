#include "clients/cli/workflow_check.h"

#include <algorithm>

namespace redress::cli {
namespace {

namespace v1 = redress::aftersales::v1;

template <class List, class Matches>
auto FindIn(const List& list, const Matches& matches) -> decltype(&*list.begin()) {
  const auto found = std::find_if(list.begin(), list.end(), matches);
  return found == list.end() ? nullptr : &*found;
}

std::string RuleText(const std::string& rule, const std::string& condition) {
  return condition.empty() ? rule : rule + " (" + condition + ")";
}

}  // namespace

std::vector<LiveProblem> CheckLive(const v1::LiveCases& cases, const v1::WorkflowSet& machines) {
  const v1::Workflow* machine = FindIn(
      machines.workflows(), [&](const v1::Workflow& one) { return one.kind() == cases.kind(); });
  if (machine == nullptr) return {{"KIND_GONE", "a machine of kind " + cases.kind(), "none"}};
  std::vector<LiveProblem> problems;
  if (machine->version() < cases.workflow_version()) {
    problems.push_back({"VERSION_OLDER", "version " + std::to_string(cases.workflow_version()),
                        "version " + std::to_string(machine->version())});
  }
  const v1::WorkflowState* state = FindIn(
      machine->states(), [&](const v1::WorkflowState& one) { return one.name() == cases.state(); });
  if (state == nullptr) {
    problems.push_back({"STATE_GONE", "a state " + cases.state(), "none"});
    return problems;
  }
  if (state->final()) problems.push_back({"STATE_FINAL", "an open state", "a final one"});
  if (!state->final() && state->deadline_rule() != cases.deadline_rule()) {
    problems.push_back({"RULE_DIFFERS", cases.deadline_rule(), state->deadline_rule()});
  }
  const v1::WorkflowDeadline* rule =
      FindIn(machine->deadlines(), [&](const v1::WorkflowDeadline& one) {
        return one.rule() == cases.deadline_rule() && one.condition() == cases.deadline_condition();
      });
  if (rule == nullptr) {
    problems.push_back(
        {"RULE_GONE", "a default of " + RuleText(cases.deadline_rule(), cases.deadline_condition()),
         "none"});
  }
  return problems;
}

}  // namespace redress::cli
