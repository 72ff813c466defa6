// Walks all that can happen to a dispute, every state, event and kind of actor, and checks what
// must always be true. Amounts are few and deadline numbers do not count, so the walk is finite.

#include <gtest/gtest.h>

#include <algorithm>
#include <optional>
#include <set>
#include <string>
#include <tuple>
#include <vector>

#include "tests/model/walker.h"
#include "tests/support/figure.h"
#include "workflows/dispute/dispute.h"

namespace redress::workflows::dispute {
namespace {

constexpr std::int64_t kSmall = 40;
constexpr std::int64_t kLarge = 100;
constexpr std::int64_t kLimit = 50;  // of the agent

using Node = model::Node<DisputeProgress>;

struct Disputes {
  using Event = DisputeEvent;
  using Effect = DisputeEffect;
  using Facts = DisputeFacts;
  using Progress = DisputeProgress;
  using Move = model::Move<Disputes>;

  static DisputeProgress Opened() {
    DisputeProgress opened;
    Apply(Open(DisputeFacts{}), opened);
    opened.deadline_number = model::kArmedNumber;
    return opened;
  }
  static auto KeyOf(const Node& n) {
    const DisputeProgress& p = n.progress;
    const Options& o = p.options;
    return std::make_tuple(
        n.state, std::min(p.evidence, 1), p.rounds_declined,
        std::make_tuple(o.refund, o.compensation, o.replacement, o.other),
        std::make_tuple(p.verdict, p.ruled_by_platform, p.remedy.kind, p.remedy.amount, p.executed),
        std::make_tuple(p.root_cause.empty(), p.measure.empty()));
  }
  static bool IsFact(const Move& move) {
    return std::holds_alternative<DeadlineReached>(move.event) ||
           move.facts.actor.kind == ActorKind::kPlatform;
  }
  static std::optional<std::string> WrongIn(const Node& n);
  static std::optional<std::string> WrongAbout(const Node& before, const Move& move,
                                               const Node& after, const DisputeEffects& effects);
};

using Move = Disputes::Move;

std::vector<Move> AllMoves(bool has_platform_id, bool platform_speaks) {
  const Actor agent{ActorKind::kPerson, 1, false, false, kLimit};
  const Actor chief{ActorKind::kPerson, 2, true, true, 0};
  std::vector<Move> moves;
  const auto add = [&](const DisputeEvent& event, const Actor& actor) {
    DisputeFacts facts;
    facts.actor = actor;
    facts.has_platform_id = has_platform_id;
    moves.push_back({event, facts});
  };
  add(DeadlineReached{model::kArmedNumber}, {ActorKind::kTimeout, 0, false, false, 0});
  for (const Actor& actor : {agent, chief}) {
    add(RecordContact{}, actor);
    add(BeginInvestigation{}, actor);
    add(AddEvidence{}, actor);
    for (const std::int64_t refund : {std::int64_t{0}, kSmall, kLarge}) {
      for (const std::int64_t compensation : {std::int64_t{0}, kSmall}) {
        for (const bool replacement : {false, true}) {
          for (const bool other : {false, true}) {
            add(ProposeOptions{{refund, compensation, replacement, other}}, actor);
          }
        }
      }
    }
    add(PresentOptions{}, actor);
    for (const OptionKind kind : {OptionKind::kNone, OptionKind::kRefund, OptionKind::kReplacement,
                                  OptionKind::kCompensation, OptionKind::kOther}) {
      add(AcceptOption{kind}, actor);
    }
    add(DeclineOptions{}, actor);
    for (const std::int64_t amount : {std::int64_t{-1}, std::int64_t{0}, kSmall, kLarge}) {
      add(RuleForBuyer{amount}, actor);
    }
    add(RuleForShop{}, actor);
    add(RecordExecution{}, actor);
    add(Resolve{"", "m"}, actor);
    add(Resolve{"quality", ""}, actor);
    add(Resolve{"quality", "m"}, actor);
    add(Withdraw{}, actor);
  }
  if (platform_speaks) {
    const Actor platform{ActorKind::kPlatform, 0, false, false, 0};
    add(PlatformIntervened{}, platform);
    add(PlatformRuledForBuyer{0}, platform);
    add(PlatformRuledForBuyer{kLarge}, platform);
    add(PlatformRuledForShop{}, platform);
    add(PlatformClosed{}, platform);
  }
  return moves;
}

// "Always true": about a single node.
std::optional<std::string> Disputes::WrongIn(const Node& n) {
  const DisputeProgress& p = n.progress;
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
std::optional<std::string> Disputes::WrongAbout(const Node& before, const Move& move,
                                                const Node& after, const DisputeEffects& effects) {
  bool tells_supervisor = false;
  bool raises = false;
  for (const DisputeEffect& effect : effects) {
    raises = raises || std::holds_alternative<RaisePriority>(effect);
    const auto* call = std::get_if<QueueForPerson>(&effect);
    tells_supervisor =
        tells_supervisor || (call != nullptr && call->queue == PersonQueue::kSupervisors);
  }
  const bool by_person = move.facts.actor.kind == ActorKind::kPerson;
  if (std::holds_alternative<DeadlineReached>(move.event)) {
    if (Describe().FindState(after.state)->final) return "a deadline lost the case";
    if (!raises || !tells_supervisor) return "a deadline that nobody hears of";
  }
  const DisputeProgress& p = after.progress;
  if (by_person && !move.facts.actor.is_supervisor) {
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

TEST(DisputeModel, WhatMustAlwaysBeTrueIs) {
  std::size_t nodes = 0;
  std::size_t steps = 0;
  std::set<model::Edge> edges;
  for (const bool has_platform_id : {false, true}) {
    model::Walker<Disputes> walker(Describe(), AllMoves(has_platform_id, true));
    walker.Run();
    for (const std::string& violation : walker.violations()) ADD_FAILURE() << violation;
    nodes += walker.nodes();
    steps += walker.steps();
    edges.insert(walker.edges().begin(), walker.edges().end());
  }
  for (const std::string& row : model::NeverTaken(Describe(), edges)) {
    ADD_FAILURE() << "never taken: " << row;
  }
  test::Figure("dispute_model_nodes", nodes);
  test::Figure("dispute_model_steps", steps);
}

// Without a word from the platform a direct complaint still ends.
TEST(DisputeModel, ADirectComplaintEndsByItself) {
  model::Walker<Disputes> walker(Describe(), AllMoves(false, false));
  walker.Run();
  for (const std::string& violation : walker.violations()) ADD_FAILURE() << violation;
}

}  // namespace
}  // namespace redress::workflows::dispute
