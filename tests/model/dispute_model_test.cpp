// Walks all that can happen to a dispute, every state, event and kind of actor, and checks what
// must always be true. Amounts are few and deadline numbers do not count, so the walk is finite.

#include <gtest/gtest.h>

#include <algorithm>
#include <optional>
#include <set>
#include <string>
#include <tuple>
#include <utility>
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

  static DisputeProgress Opened();
  static auto KeyOf(const Node& n) {
    const DisputeProgress& p = n.progress;
    const Options& o = p.options;
    return std::make_tuple(
        n.state, std::min(p.evidence, 1), p.rounds_declined,
        std::make_tuple(o.refund, o.compensation, o.replacement, o.other),
        std::make_tuple(p.verdict, p.ruled_by_platform, p.remedy.kind, p.remedy.amount, p.executed),
        std::make_tuple(p.root_cause.empty(), p.measure.empty(), p.refund, p.review));
  }
  static std::optional<std::string> WrongIn(const Node& n);
  static std::optional<std::string> WrongAbout(const Node& before, const Move& move,
                                               const Node& after, const DisputeEffects& effects);
  static bool IsFact(const Move& move) {
    return std::holds_alternative<DeadlineReached>(move.event) ||
           move.facts.actor.kind == ActorKind::kPlatform;
  }
};

DisputeProgress Disputes::Opened() {
  DisputeProgress opened;
  Apply(Open(DisputeFacts{}), opened);
  opened.deadline_number = model::kArmedNumber;
  return opened;
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
  const auto asks = std::count_if(effects.begin(), effects.end(), [](const auto& effect) {
    return std::holds_alternative<AskRefund>(effect) ||
           std::holds_alternative<TellRefund>(effect) || std::holds_alternative<TellReview>(effect);
  });
  if (asks > 1) return "two things asked of other cases in one step";
  const bool tells_review = std::any_of(effects.begin(), effects.end(), [](const auto& effect) {
    return std::holds_alternative<TellReview>(effect);
  });
  const bool ends = Describe().FindState(after.state)->final;
  if (tells_review != (ends && after.progress.review != 0)) {
    return "a review is told of an end that is none, or not told of one";
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

// Who does what, whatever the case's progress.
class Moves {
 public:
  explicit Moves(bool has_platform_id) : has_platform_id_(has_platform_id) {}

  void Add(const DisputeEvent& event, const Actor& actor) {
    DisputeFacts facts;
    facts.actor = actor;
    facts.has_platform_id = has_platform_id_;
    facts.has_line = true;
    facts.next_case = 5;
    all.push_back({event, facts});
  }
  std::vector<Disputes::Move> all;

 private:
  const bool has_platform_id_;
};

std::vector<Disputes::Move> AllMoves(bool has_platform_id, bool platform_speaks) {
  const Actor agent{ActorKind::kPerson, 1, false, false, kLimit};
  const Actor chief{ActorKind::kPerson, 2, true, true, 0};
  Moves moves(has_platform_id);
  moves.Add(DeadlineReached{model::kArmedNumber}, {ActorKind::kTimeout, 0, false, false, 0});
  for (const Actor& actor : {agent, chief}) {
    moves.Add(RecordContact{}, actor);
    moves.Add(BeginInvestigation{}, actor);
    moves.Add(AddEvidence{}, actor);
    for (const std::int64_t refund : {std::int64_t{0}, kSmall, kLarge}) {
      for (const std::int64_t compensation : {std::int64_t{0}, kSmall}) {
        for (const bool replacement : {false, true}) {
          for (const bool other : {false, true}) {
            moves.Add(ProposeOptions{{refund, compensation, replacement, other}}, actor);
          }
        }
      }
    }
    moves.Add(PresentOptions{}, actor);
    for (const OptionKind kind : {OptionKind::kNone, OptionKind::kRefund, OptionKind::kReplacement,
                                  OptionKind::kCompensation, OptionKind::kOther}) {
      moves.Add(AcceptOption{kind}, actor);
    }
    moves.Add(DeclineOptions{}, actor);
    for (const std::int64_t amount : {std::int64_t{-1}, std::int64_t{0}, kSmall, kLarge}) {
      moves.Add(RuleForBuyer{amount}, actor);
    }
    moves.Add(RuleForShop{}, actor);
    moves.Add(RecordExecution{}, actor);
    moves.Add(Resolve{"", "m"}, actor);
    moves.Add(Resolve{"quality", ""}, actor);
    moves.Add(Resolve{"quality", "m"}, actor);
    moves.Add(Withdraw{}, actor);
  }
  const Actor link{ActorKind::kLink, 0, false, false, 0};
  moves.Add(RecordRefundGiven{kLarge}, link);
  moves.Add(RecordRefundGiven{0}, link);
  moves.Add(RecordRefundEnded{}, link);
  moves.Add(JoinReview{7}, link);
  if (platform_speaks) {
    const Actor platform{ActorKind::kPlatform, 0, false, false, 0};
    moves.Add(PlatformIntervened{}, platform);
    moves.Add(PlatformRuledForBuyer{0}, platform);
    moves.Add(PlatformRuledForBuyer{kLarge}, platform);
    moves.Add(PlatformRuledForShop{}, platform);
    moves.Add(PlatformClosed{}, platform);
  }
  return std::move(moves.all);
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
