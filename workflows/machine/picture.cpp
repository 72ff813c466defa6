#include "workflows/machine/picture.h"

#include <algorithm>

namespace redress::workflows {
namespace {

// With more places to go to, an event says something about the state that takes it.
constexpr std::size_t kFewTargets = 2;

void AddOnce(std::vector<std::string_view>& names, std::string_view name) {
  if (std::find(names.begin(), names.end(), name) == names.end()) names.push_back(name);
}

std::vector<TakenEverywhere> FindTakenEverywhere(const Workflow& workflow) {
  const auto armed =
      static_cast<std::size_t>(std::count_if(workflow.states.begin(), workflow.states.end(),
                                             [](const StateInfo& state) { return !state.final; }));
  std::vector<TakenEverywhere> everywhere;
  for (const EventInfo& event : workflow.events) {
    std::vector<std::string_view> sources;
    TakenEverywhere taken{event.name, {}, false};
    for (const EdgeInfo& edge : workflow.edges) {
      if (edge.event != event.name) continue;
      AddOnce(sources, edge.source);
      if (edge.target == edge.source) {
        taken.may_stay = true;
      } else {
        AddOnce(taken.targets, edge.target);
      }
    }
    if (sources.size() == armed && taken.targets.size() <= kFewTargets) {
      everywhere.push_back(std::move(taken));
    }
  }
  return everywhere;
}

bool Depends(const Workflow& workflow, const EdgeInfo& edge) {
  return std::any_of(workflow.edges.begin(), workflow.edges.end(), [&](const EdgeInfo& other) {
    return other.source == edge.source && other.event == edge.event && other.target != edge.target;
  });
}

}  // namespace

Picture PictureOf(const Workflow& workflow) {
  Picture picture{{}, FindTakenEverywhere(workflow)};
  const auto is_everywhere = [&](std::string_view event) {
    return std::any_of(picture.everywhere.begin(), picture.everywhere.end(),
                       [&](const TakenEverywhere& taken) { return taken.event == event; });
  };
  for (const StateInfo& source : workflow.states) {
    for (const StateInfo& target : workflow.states) {
      if (source.name == target.name) continue;
      Arrow arrow{source.name, target.name, {}};
      for (const EdgeInfo& edge : workflow.edges) {
        if (edge.source != source.name || edge.target != target.name) continue;
        if (is_everywhere(edge.event)) continue;
        std::string label(edge.event);
        if (Depends(workflow, edge)) label += kDepends;
        if (std::find(arrow.labels.begin(), arrow.labels.end(), label) == arrow.labels.end()) {
          arrow.labels.push_back(std::move(label));
        }
      }
      if (!arrow.labels.empty()) picture.arrows.push_back(std::move(arrow));
    }
  }
  return picture;
}

std::string SubjectOf(const Workflow& workflow) {
  return std::string(workflow.kind) + (workflow.deadlines.empty() ? "" : " case");
}

std::string OneOf(const std::vector<std::string_view>& names) {
  std::string text;
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (i > 0) text += i + 1 == names.size() ? " or " : ", ";
    text += names[i];
  }
  return text;
}

std::vector<std::string> LegendOf(const Picture& picture) {
  std::vector<std::string> lines{
      std::string(kDepends) + " leads elsewhere, or nowhere, under other facts.",
      "Not drawn: events after which the case stays where it is.",
  };
  for (const TakenEverywhere& taken : picture.everywhere) {
    lines.push_back("Not drawn: " + std::string(taken.event) +
                    ", taken in every state that is not final; leads to " + OneOf(taken.targets) +
                    (taken.may_stay ? ", or stays." : "."));
  }
  return lines;
}

}  // namespace redress::workflows
