// Walks all that can happen to a dispute, every state, event and kind of actor, and checks what
// must always be true. Amounts are few and deadline numbers do not count, so the walk is finite.

#include <gtest/gtest.h>

#include <algorithm>
#include <deque>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <tuple>
#include <vector>

#include "tests/support/figure.h"
#include "workflows/dispute/dispute.h"

namespace redress::workflows::dispute {
namespace {

constexpr std::int64_t kSmall = 40;
constexpr std::int64_t kLarge = 100;
constexpr std::int64_t kLimit = 50;  // of the agent
constexpr std::int64_t kArmedNumber = 1;

struct Node {
  std::string state{kInitialState};
  DisputeProgress progress;
};

struct Move {
  DisputeEvent event;
  Actor actor;
};

std::vector<Move> AllMoves(bool platform_speaks) {
  const Actor agent{ActorKind::kPerson, 1, false, false, kLimit};
  const Actor chief{ActorKind::kPerson, 2, true, true, 0};
  std::vector<Move> moves{
      {DeadlineReached{kArmedNumber}, {ActorKind::kTimeout, 0, false, false, 0}}};
  for (const Actor& actor : {agent, chief}) {
    moves.push_back({RecordContact{}, actor});
    moves.push_back({BeginInvestigation{}, actor});
    moves.push_back({AddEvidence{}, actor});
    for (const std::int64_t refund : {std::int64_t{0}, kSmall, kLarge}) {
      for (const std::int64_t compensation : {std::int64_t{0}, kSmall}) {
        for (const bool replacement : {false, true}) {
          for (const bool other : {false, true}) {
            moves.push_back({ProposeOptions{{refund, compensation, replacement, other}}, actor});
          }
        }
      }
    }
    moves.push_back({PresentOptions{}, actor});
    for (const OptionKind kind : {OptionKind::kNone, OptionKind::kRefund, OptionKind::kReplacement,
                                  OptionKind::kCompensation, OptionKind::kOther}) {
      moves.push_back({AcceptOption{kind}, actor});
    }
    moves.push_back({DeclineOptions{}, actor});
    for (const std::int64_t amount : {std::int64_t{-1}, std::int64_t{0}, kSmall, kLarge}) {
      moves.push_back({RuleForBuyer{amount}, actor});
    }
    moves.push_back({RuleForShop{}, actor});
    moves.push_back({RecordExecution{}, actor});
    moves.push_back({Resolve{"", "m"}, actor});
    moves.push_back({Resolve{"quality", ""}, actor});
    moves.push_back({Resolve{"quality", "m"}, actor});
    moves.push_back({Withdraw{}, actor});
  }
  if (platform_speaks) {
    const Actor platform{ActorKind::kPlatform, 0, false, false, 0};
    moves.push_back({PlatformIntervened{}, platform});
    moves.push_back({PlatformRuledForBuyer{0}, platform});
    moves.push_back({PlatformRuledForBuyer{kLarge}, platform});
    moves.push_back({PlatformRuledForShop{}, platform});
    moves.push_back({PlatformClosed{}, platform});
  }
  return moves;
}

auto KeyOf(const Node& n) {
  const DisputeProgress& p = n.progress;
  const Options& o = p.options;
  return std::make_tuple(
      n.state, std::min(p.evidence, 1), p.rounds_declined,
      std::make_tuple(o.refund, o.compensation, o.replacement, o.other),
      std::make_tuple(p.verdict, p.ruled_by_platform, p.remedy.kind, p.remedy.amount, p.executed),
      std::make_tuple(p.root_cause.empty(), p.measure.empty()));
}

bool IsFinal(const std::string& state) { return Describe().FindState(state)->final; }

// "Always true": about a single node.
std::optional<std::string> WrongIn(const Node& n) {
  const DisputeProgress& p = n.progress;
  const StateInfo& state = *Describe().FindState(n.state);
  if (p.deadline_rule != state.deadline_rule) return "armed with " + p.deadline_rule;
  if (p.rounds_declined > kMostRounds) return "more rounds than there may be";
  const bool goes_on =
      n.state == "Investigating" || n.state == "Proposed" || n.state == "AwaitingBuyer";
  if (goes_on && p.rounds_declined >= kMostRounds) return "another round after the last";
  if (n.state == "AwaitingBuyer" && (p.options.Count() < 2 || p.options.Count() > 3)) {
    return "the buyer has not two or three options";
  }
  if (n.state == "Executing") {
    const bool is_owed = p.verdict == Verdict::kAgreed || p.verdict == Verdict::kRuledForBuyer;
    if (!is_owed || p.remedy.kind == OptionKind::kNone) return "executing what nobody owes";
    if (p.executed) return "executing what has been executed";
  }
  if (n.state == "CauseReview" && !p.executed && p.verdict != Verdict::kRuledForShop) {
    return "past execution without it";
  }
  if (n.state == "Resolved" && (p.root_cause.empty() || p.measure.empty())) {
    return "resolved without a cause and a measure";
  }
  if (n.state == "Resolved" && p.verdict == Verdict::kNone) return "resolved without a verdict";
  if (n.state == "Withdrawn" && p.verdict != Verdict::kNone) return "withdrawn after a verdict";
  return std::nullopt;
}

// "Always true": about one step.
std::optional<std::string> WrongAbout(const Node& before, const Move& move, const Node& after,
                                      const DisputeEffects& effects) {
  int deadlines = 0;
  bool tells_supervisor = false;
  bool raises = false;
  for (const DisputeEffect& effect : effects) {
    deadlines += std::holds_alternative<ArmDeadline>(effect) ||
                 std::holds_alternative<KeepDeadline>(effect) ||
                 std::holds_alternative<DisarmDeadline>(effect);
    raises = raises || std::holds_alternative<RaisePriority>(effect);
    const auto* call = std::get_if<QueueForPerson>(&effect);
    tells_supervisor =
        tells_supervisor || (call != nullptr && call->queue == PersonQueue::kSupervisors);
  }
  if (deadlines != 1) return "a step with " + std::to_string(deadlines) + " deadline effects";
  const bool by_person = move.actor.kind == ActorKind::kPerson;
  if (std::holds_alternative<DeadlineReached>(move.event)) {
    if (IsFinal(after.state)) return "a deadline lost the case";
    if (!raises || !tells_supervisor) return "a deadline that nobody hears of";
  }
  const DisputeProgress& p = after.progress;
  if (by_person && !move.actor.is_supervisor) {
    const std::int64_t offered = std::max(p.options.refund, p.options.compensation);
    if (std::holds_alternative<ProposeOptions>(move.event) && offered > kLimit) {
      return "offered above the agent's limit";
    }
    const bool ruled = std::holds_alternative<RuleForBuyer>(move.event) ||
                       std::holds_alternative<RuleForShop>(move.event);
    if (ruled) return "an agent ruled";
  }
  if (p.verdict == Verdict::kAgreed && before.progress.verdict == Verdict::kNone) {
    const std::int64_t of_option = p.remedy.kind == OptionKind::kRefund ? p.options.refund
                                   : p.remedy.kind == OptionKind::kCompensation
                                       ? p.options.compensation
                                       : 0;
    if (p.remedy.amount != of_option) return "agreed on what was not offered";
  }
  if (by_person && before.progress.ruled_by_platform && !p.ruled_by_platform) {
    return "a person overruled the platform";
  }
  return std::nullopt;
}

class Walker {
 public:
  Walker(bool has_platform_id, bool platform_speaks)
      : has_platform_id_(has_platform_id), moves_(AllMoves(platform_speaks)) {}

  void Run() {
    Node opened;
    Apply(Open(DisputeFacts{}), opened.progress);
    Visit(std::move(opened), std::nullopt, "open");
    // Nodes are appended while this runs; what is visited is never visited again.
    for (std::size_t at = 0; at < nodes_.size(); ++at) {
      for (const Move& move : moves_) Step(at, move);
    }
    FindDeadEnds();
  }

  std::size_t nodes() const { return nodes_.size(); }
  std::size_t steps() const { return steps_; }
  const std::set<std::tuple<std::string, std::string, std::string>>& edges() const {
    return edges_;
  }
  const std::vector<std::string>& violations() const { return violations_; }

 private:
  void Step(std::size_t at, const Move& move) {
    const Node before = nodes_[at];
    DisputeFacts facts;
    facts.progress = before.progress;
    facts.actor = move.actor;
    facts.has_platform_id = has_platform_id_;
    const Fired<DisputeEffect> fired = Fire(before.state, move.event, facts);
    ++steps_;
    const std::string name =
        std::string(NameOf(move.event)) + " by " + std::to_string(move.actor.account_id);
    if (!fired.Applied()) {
      const bool is_fact = std::holds_alternative<DeadlineReached>(move.event) ||
                           move.actor.kind == ActorKind::kPlatform;
      if (is_fact && !IsFinal(before.state)) Report(at, name, "refused what is never refused");
      return;
    }
    if (IsFinal(before.state)) Report(at, name, "a final state was left");
    Node after = before;
    after.state = fired.state;
    Apply(fired.effects, after.progress);
    after.progress.deadline_number = kArmedNumber;
    edges_.emplace(before.state, NameOf(move.event), after.state);
    if (const auto wrong = WrongAbout(before, move, after, fired.effects)) Report(at, name, *wrong);
    before_[Visit(std::move(after), at, name)].push_back(at);
  }

  std::size_t Visit(Node node, std::optional<std::size_t> from, const std::string& by) {
    const auto [it, is_new] = known_.emplace(KeyOf(node), nodes_.size());
    if (!is_new) return it->second;
    came_.emplace_back(from, by);
    before_.emplace_back();
    nodes_.push_back(std::move(node));
    if (const auto wrong = WrongIn(nodes_.back())) Report(nodes_.size() - 1, "", *wrong);
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

  const bool has_platform_id_;
  const std::vector<Move> moves_;
  std::vector<Node> nodes_;
  std::vector<std::pair<std::optional<std::size_t>, std::string>> came_;
  std::vector<std::vector<std::size_t>> before_;
  std::map<decltype(KeyOf(Node{})), std::size_t> known_;
  std::set<std::tuple<std::string, std::string, std::string>> edges_;
  std::vector<std::string> violations_;
  std::size_t steps_ = 0;
};

TEST(DisputeModel, WhatMustAlwaysBeTrueIs) {
  std::size_t nodes = 0;
  std::size_t steps = 0;
  std::set<std::tuple<std::string, std::string, std::string>> edges;
  for (const bool has_platform_id : {false, true}) {
    Walker walker(has_platform_id, true);
    walker.Run();
    for (const std::string& violation : walker.violations()) ADD_FAILURE() << violation;
    nodes += walker.nodes();
    steps += walker.steps();
    edges.insert(walker.edges().begin(), walker.edges().end());
  }
  for (const EdgeInfo& edge : Describe().edges) {
    EXPECT_EQ(
        edges.count({std::string(edge.source), std::string(edge.event), std::string(edge.target)}),
        1U)
        << "never taken: " << edge.source << " " << edge.event << " " << edge.target;
  }
  test::Figure("dispute_model_nodes", nodes);
  test::Figure("dispute_model_steps", steps);
}

// Without a word from the platform a direct complaint still ends.
TEST(DisputeModel, ADirectComplaintEndsByItself) {
  Walker walker(false, false);
  walker.Run();
  for (const std::string& violation : walker.violations()) ADD_FAILURE() << violation;
}

}  // namespace
}  // namespace redress::workflows::dispute
