#pragma once

// Walks all that can happen to a case of one kind, from its opening on: every node that can be
// reached with every move, what must always be true of nodes and steps, and a way to some final
// state from everywhere. A violation comes with the shortest path to it.
//
// `Kind` has Event, Effect, Facts, Progress and:
//   static Progress Opened();                        // after its opening step
//   static auto KeyOf(const Node<Progress>&);        // what tells nodes apart
//   static std::optional<std::string> WrongIn(const Node<Progress>&);
//   static std::optional<std::string> WrongAbout(before, move, after, effects);
//   static bool IsFact(const Move<Kind>&);           // never refused in a state that is not final

#include <algorithm>
#include <deque>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

#include "workflows/machine/casework.h"
#include "workflows/machine/machine.h"

namespace redress::workflows::model {

// Deadline numbers do not count, so that a walk is finite.
inline constexpr std::int64_t kArmedNumber = 1;

template <class Progress>
struct Node {
  std::string state;
  Progress progress;
};

// One thing that somebody does; `facts` has everything but the progress.
template <class Kind>
struct Move {
  typename Kind::Event event;
  typename Kind::Facts facts;
};

// How many effects of a step say what becomes of its deadline: always one.
template <class Effects>
int DeadlinesIn(const Effects& effects) {
  return static_cast<int>(std::count_if(effects.begin(), effects.end(), [](const auto& effect) {
    return std::holds_alternative<ArmDeadline>(effect) ||
           std::holds_alternative<KeepDeadline>(effect) ||
           std::holds_alternative<DisarmDeadline>(effect);
  }));
}

using Edge = std::tuple<std::string, std::string, std::string>;

template <class Kind>
class Walker {
 public:
  using NodeOf = Node<typename Kind::Progress>;

  Walker(const Workflow& workflow, std::vector<Move<Kind>> moves)
      : workflow_(workflow), moves_(std::move(moves)) {}

  void Run() {
    Visit({std::string(workflow_.initial_state), Kind::Opened()}, std::nullopt, "open");
    // Nodes are appended while this runs; what is visited is never visited again.
    for (std::size_t at = 0; at < nodes_.size(); ++at) {
      for (const Move<Kind>& move : moves_) Step(at, move);
    }
    FindDeadEnds();
  }

  std::size_t nodes() const { return nodes_.size(); }
  std::size_t steps() const { return steps_; }
  const std::set<Edge>& edges() const { return edges_; }
  const std::vector<std::string>& violations() const { return violations_; }

 private:
  // Those of a case; see task.h for what watches a task.
  static constexpr bool kHasDeadlines = std::is_base_of_v<ArmedDeadline, typename Kind::Progress>;

  bool IsFinal(const std::string& state) const { return workflow_.FindState(state)->final; }

  void Step(std::size_t at, const Move<Kind>& move) {
    const NodeOf before = nodes_[at];
    typename Kind::Facts facts = move.facts;
    facts.progress = before.progress;
    const auto fired = Fire(before.state, move.event, facts);
    ++steps_;
    const std::string name =
        std::string(NameOf(move.event)) + " by " + std::to_string(facts.actor.account_id);
    if (!fired.Applied()) {
      if (Kind::IsFact(move) && !IsFinal(before.state)) {
        Report(at, name, "refused what is never refused");
      }
      return;
    }
    if (IsFinal(before.state)) Report(at, name, "a final state was left");
    NodeOf after = before;
    after.state = fired.state;
    Apply(fired.effects, after.progress);
    if constexpr (kHasDeadlines) {
      after.progress.deadline_number = kArmedNumber;
      if (DeadlinesIn(fired.effects) != 1) Report(at, name, "not one word on the deadline");
    }
    edges_.emplace(before.state, NameOf(move.event), after.state);
    if (const auto wrong = Kind::WrongAbout(before, move, after, fired.effects)) {
      Report(at, name, *wrong);
    }
    before_[Visit(std::move(after), at, name)].push_back(at);
  }

  std::size_t Visit(NodeOf node, std::optional<std::size_t> from, const std::string& by) {
    const auto [it, is_new] = known_.emplace(Kind::KeyOf(node), nodes_.size());
    if (!is_new) return it->second;
    came_.emplace_back(from, by);
    before_.emplace_back();
    nodes_.push_back(std::move(node));
    const NodeOf& visited = nodes_.back();
    if constexpr (kHasDeadlines) {
      if (visited.progress.deadline_rule != workflow_.FindState(visited.state)->deadline_rule) {
        Report(nodes_.size() - 1, "", "armed with " + visited.progress.deadline_rule);
      }
    }
    if (const auto wrong = Kind::WrongIn(visited)) Report(nodes_.size() - 1, "", *wrong);
    return nodes_.size() - 1;
  }

  // Every node must have a way to some final state.
  void FindDeadEnds() {
    std::vector<bool> can_end(nodes_.size(), false);
    std::deque<std::size_t> open;
    for (std::size_t i = 0; i < nodes_.size(); ++i) {
      if (!IsFinal(nodes_[i].state)) continue;
      can_end[i] = true;
      open.push_back(i);
    }
    while (!open.empty()) {
      const std::size_t at = open.front();
      open.pop_front();
      for (const std::size_t from : before_[at]) {
        if (can_end[from]) continue;
        can_end[from] = true;
        open.push_back(from);
      }
    }
    for (std::size_t i = 0; i < nodes_.size(); ++i) {
      if (!can_end[i]) Report(i, "", "a dead end");
    }
  }

  void Report(std::size_t at, const std::string& step, const std::string& what) {
    if (violations_.size() >= 5) return;
    std::string path = step.empty() ? "" : "\n  " + step;
    for (std::optional<std::size_t> i = at; i; i = came_[*i].first) {
      path = "\n  " + came_[*i].second + " -> " + nodes_[*i].state + path;
    }
    violations_.push_back(what + path);
  }

  const Workflow& workflow_;
  const std::vector<Move<Kind>> moves_;
  std::vector<NodeOf> nodes_;
  std::vector<std::pair<std::optional<std::size_t>, std::string>> came_;
  std::vector<std::vector<std::size_t>> before_;
  std::map<decltype(Kind::KeyOf(std::declval<NodeOf>())), std::size_t> known_;
  std::set<Edge> edges_;
  std::vector<std::string> violations_;
  std::size_t steps_ = 0;
};

// The rows that no walk has taken.
inline std::vector<std::string> NeverTaken(const Workflow& workflow, const std::set<Edge>& edges) {
  std::vector<std::string> missing;
  for (const EdgeInfo& edge : workflow.edges) {
    const Edge row{edge.source, edge.event, edge.target};
    if (edges.count(row) == 1) continue;
    missing.push_back(std::get<0>(row) + " " + std::get<1>(row) + " " + std::get<2>(row));
  }
  return missing;
}

}  // namespace redress::workflows::model
