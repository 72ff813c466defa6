#include "workflows/machine/page.h"

#include <algorithm>
#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

#include "workflows/machine/picture.h"

namespace redress::workflows {
namespace {

std::string Row(const std::vector<std::string>& cells) {
  std::string text = "|";
  for (const std::string& cell : cells) text += " " + cell + (cell.empty() ? "|" : " |");
  return text + "\n";
}

std::string Head(const std::vector<std::string>& cells) {
  std::string text = Row(cells) + "|";
  for (std::size_t i = 0; i < cells.size(); ++i) text += " --- |";
  return text + "\n";
}

std::string Code(std::string_view name) {
  return name.empty() ? "" : "`" + std::string(name) + "`";
}

// A predicate's or verb's name read as words: "not is_paid" as "not is paid".
std::string Spoken(std::string_view name) {
  std::string text(name);
  std::replace(text.begin(), text.end(), '_', ' ');
  return text;
}

std::string Joined(const std::vector<std::string_view>& names,
                   std::string (*written)(std::string_view)) {
  std::string text;
  for (const std::string_view name : names) text += (text.empty() ? "" : ", ") + written(name);
  return text;
}

// In the largest unit that leaves no rest: "36 h", "5 d".
std::string Duration(std::int64_t seconds) {
  struct Unit {
    std::int64_t seconds;
    std::string_view name;
  };
  for (const Unit unit : {Unit{86400, " d"}, Unit{3600, " h"}, Unit{60, " min"}}) {
    if (seconds != 0 && seconds % unit.seconds == 0) {
      return std::to_string(seconds / unit.seconds) + std::string(unit.name);
    }
  }
  return std::to_string(seconds) + " s";
}

std::string LinkTo(std::string_view state) {
  std::string anchor;
  for (const char c : state) {
    anchor += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  }
  return "[" + std::string(state) + "](#" + anchor + ")";
}

std::string WriteStates(const Workflow& workflow) {
  std::string text = "## States\n\n" + Head({"state", "", "deadline", "on the platform"});
  for (const StateInfo& state : workflow.states) {
    const std::string_view kind = state.name == workflow.initial_state ? "initial"
                                  : state.final                        ? "final"
                                                                       : "";
    text += Row({LinkTo(state.name), std::string(kind), Code(state.deadline_rule),
                 Code(state.platform_status)});
  }
  return text;
}

std::string WriteDeadlines(const Workflow& workflow) {
  if (workflow.deadlines.empty()) return "";
  std::string text =
      "## Deadlines\n\nWhat is shipped; a shop's own rules and the platform's times win. The "
      "supervisor\nsees the case from the warning on. A deadline armed again by itself runs for "
      "the "
      "time\nunder *again*.\n\n" +
      Head({"rule", "when", "runs", "again", "warns after", "armed in"});
  for (const DeadlineRule& rule : workflow.deadlines) {
    std::string armed_in;
    for (const StateInfo& state : workflow.states) {
      if (state.deadline_rule != rule.rule) continue;
      armed_in += (armed_in.empty() ? "" : ", ") + std::string(state.name);
    }
    const bool from_subject = rule.counts_from == CountsFrom::kSubject;
    text += Row({Code(rule.rule), Code(rule.condition),
                 Duration(rule.duration_s) +
                     (from_subject ? " from the " + std::string(workflow.kind) : ""),
                 Duration(rule.repeat_s), Duration(rule.warn_s), armed_in});
  }
  return text + "\n";
}

// The targets of one state and event, each once: "Settling or stays".
std::string TargetsOf(const Workflow& workflow, std::string_view state, std::string_view event) {
  std::vector<std::string_view> seen;
  std::string text;
  for (const EdgeInfo& edge : workflow.edges) {
    if (edge.source != state || edge.event != event) continue;
    if (std::find(seen.begin(), seen.end(), edge.target) != seen.end()) continue;
    seen.push_back(edge.target);
    text += (text.empty() ? "" : "<br>") +
            (edge.target == state ? std::string("*stays*") : std::string(edge.target));
  }
  return text;
}

std::string WriteStateByEvent(const Workflow& workflow) {
  std::vector<std::string> head{"event"};
  for (const StateInfo& state : workflow.states) {
    if (!state.final) head.push_back(LinkTo(state.name));
  }
  std::string text =
      "## State × event\n\nWhere an event leads; empty where it is not legal. Of several targets "
      "the facts choose\none, as the rows below say. Final states take no event.\n\n" +
      Head(head);
  for (const EventInfo& event : workflow.events) {
    std::vector<std::string> cells{Code(event.name)};
    for (const StateInfo& state : workflow.states) {
      if (!state.final) cells.push_back(TargetsOf(workflow, state.name, event.name));
    }
    text += Row(cells);
  }
  return text;
}

std::string RequirementsOf(const EdgeInfo& edge) {
  std::string text;
  for (const RequirementInfo& requirement : edge.requirements) {
    text += (text.empty() ? "" : "<br>") + Spoken(requirement.name) + " " + Code(requirement.code);
  }
  return text;
}

std::string WriteRows(const Workflow& workflow) {
  std::string text =
      "## Rows\n\nEvery row of the table. Of the rows of one state and event the facts choose one "
      "(*when*); a\ncaller who fails what it requires is refused with the code, and nothing "
      "happens.\n";
  for (const StateInfo& state : workflow.states) {
    text += "\n### " + std::string(state.name) + "\n\n";
    if (state.final) {
      text += "Final.\n";
      continue;
    }
    text += Head({"event", "when", "requires", "leads to", "does"});
    for (const EdgeInfo& edge : workflow.edges) {
      if (edge.source != state.name) continue;
      text +=
          Row({Code(edge.event), Spoken(edge.route), RequirementsOf(edge),
               edge.target == edge.source ? "*stays*" : LinkTo(edge.target), Spoken(edge.action)});
    }
  }
  return text;
}

void AddOnce(std::vector<std::string_view>& names, std::string_view name) {
  if (std::find(names.begin(), names.end(), name) == names.end()) names.push_back(name);
}

std::string WriteRefusals(const Workflow& workflow) {
  std::string text = "## Refusals\n\nAn event is refused as " + Code(kNotLegalInState) +
                     " in a state where it is not legal. Where it is:\n\n" +
                     Head({"code", "unless", "events"});
  std::vector<std::string_view> codes;
  for (const EdgeInfo& edge : workflow.edges) {
    for (const RequirementInfo& requirement : edge.requirements) AddOnce(codes, requirement.code);
  }
  std::sort(codes.begin(), codes.end());
  for (const std::string_view code : codes) {
    std::vector<std::string_view> names;
    std::vector<std::string_view> events;
    for (const EdgeInfo& edge : workflow.edges) {
      for (const RequirementInfo& requirement : edge.requirements) {
        if (requirement.code != code) continue;
        AddOnce(names, requirement.name);
        AddOnce(events, edge.event);
      }
    }
    text += Row({Code(code), Joined(names, Spoken), Joined(events, Code)});
  }
  return text;
}

}  // namespace

std::string WritePage(const Workflow& workflow) {
  const std::string kind(workflow.kind);
  return "# The " + kind + " machine\n\nVersion " + std::to_string(workflow.version) + ": " +
         std::to_string(workflow.states.size()) + " states, " +
         std::to_string(workflow.events.size()) + " events, " +
         std::to_string(workflow.edges.size()) +
         " rows. Made from the compiled table by\n`workflows/update-docs`; a test fails when this "
         "page is stale.\n\n![The states of a " +
         SubjectOf(workflow) + "](" + kind + ".svg)\n\nThe same for Mermaid: [" + kind + ".mmd](" +
         kind + ".mmd).\n\n" + WriteStates(workflow) + "\n" + WriteDeadlines(workflow) +
         WriteStateByEvent(workflow) + "\n" + WriteRefusals(workflow) + "\n" + WriteRows(workflow);
}

}  // namespace redress::workflows
