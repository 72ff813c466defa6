// Walks all that can happen to a review and the dispute about the fault that it reveals, which act
// on each other through their inboxes: what one asks arrives at once or as late as can be, and a
// dispute that was open when somebody looked may have ended by the time it is asked. What was
// carried once is known by its request and is not carried again.

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdio>
#include <deque>
#include <map>
#include <optional>
#include <string>
#include <tuple>
#include <variant>
#include <vector>

#include "tests/support/figure.h"
#include "workflows/dispute/dispute.h"
#include "workflows/review/review.h"

namespace redress::model {
namespace {

namespace dispute = workflows::dispute;
namespace review = workflows::review;
using workflows::Actor;
using workflows::ActorKind;

constexpr std::int64_t kArmed = 1;
constexpr std::uint64_t kReviewCase = 1;
constexpr std::uint64_t kDisputeCase = 2;
const Actor kChief{ActorKind::kPerson, 9, true, true, 0};
const Actor kTimer{ActorKind::kTimeout, 0, false, false, 0};
const Actor kPlatform{ActorKind::kPlatform, 0, false, false, 0};
const Actor kLink{ActorKind::kLink, 0, false, false, 0};

enum class Mail { kNone, kOpen, kJoin };

struct Pair {
  std::string review_state;
  review::ReviewProgress review;
  std::string dispute_state;  // empty: there is none
  dispute::DisputeProgress dispute;
  Mail to_dispute = Mail::kNone;
  std::optional<bool> to_review;  // the dispute's end: whether it gave something
  bool refused = false;           // an inbox was refused, and a person was called
  int told = 0;
};

// Faults put into a copy of what is walked, to see that they are found.
enum class Seeded { kNone, kReviewNotTold, kRefusalUnheard };

using Event = std::variant<review::ReviewEvent, dispute::DisputeEvent>;
struct Move {
  Event event;
  Actor actor;
  bool joins = false;  // a dispute was seen open
};

auto KeyOf(const Pair& n) {
  const auto& r = n.review;
  const auto& d = n.dispute;
  return std::make_tuple(
      n.review_state, n.dispute_state, n.to_dispute, n.to_review, n.refused, n.told,
      std::make_tuple(r.judgement, r.contact_refused, r.rating_now, r.revision_spent, r.change,
                      r.reply_reason, r.dispute, r.parts_of_day),
      std::make_tuple(d.evidence > 0, d.rounds_declined, d.options.Count(), d.verdict, d.executed,
                      d.remedy.kind, d.review));
}

template <class Events>
void Add(std::vector<Move>& moves, const Actor& actor, Events events) {
  for (auto& event : events) moves.push_back({std::move(event), actor});
}

std::vector<Move> AllMoves() {
  using OfReview = std::vector<review::ReviewEvent>;
  using OfDispute = std::vector<dispute::DisputeEvent>;
  std::vector<Move> moves;
  Add(moves, kChief,
      OfReview{review::JudgeGenuine{}, review::RecordAttempt{review::ContactChannel::kChat, true},
               review::ConcludeTalks{}, review::RecordRefusal{}, review::PublishReply{},
               review::RefuseContact{}, review::VoidCase{}, review::RevealFault{}});
  Add(moves, kChief, OfReview{review::RevealFault{}});
  moves.back().joins = true;
  Add(moves, kTimer, OfReview{review::DeadlineReached{kArmed}});
  Add(moves, kPlatform,
      OfReview{review::ReviewRevised{review::Rating::kGood}, review::ReviewRemoved{}});
  Add(moves, kChief,
      OfDispute{dispute::RecordContact{}, dispute::BeginInvestigation{}, dispute::AddEvidence{},
                dispute::ProposeOptions{{0, 0, true, true}}, dispute::PresentOptions{},
                dispute::AcceptOption{dispute::OptionKind::kOther}, dispute::DeclineOptions{},
                dispute::RuleForBuyer{0}, dispute::RuleForShop{}, dispute::RecordExecution{},
                dispute::Resolve{"quality", "measure"}, dispute::Withdraw{}});
  Add(moves, kTimer, OfDispute{dispute::DeadlineReached{kArmed}});
  Add(moves, kPlatform,
      OfDispute{dispute::PlatformIntervened{}, dispute::PlatformRuledForBuyer{0},
                dispute::PlatformRuledForShop{}, dispute::PlatformClosed{}});
  return moves;
}

// As a line of `redress`; what the program does by itself is a comment.
std::string LineOf(const Event& event) {
  const bool is_review = std::holds_alternative<review::ReviewEvent>(event);
  std::string name(std::visit([](const auto& own) { return NameOf(own); }, event));
  std::replace(name.begin(), name.end(), '_', '-');
  const std::string of = is_review ? "review apply \"$REVIEW\" " : "dispute apply \"$DISPUTE\" ";
  if (name == "deadline-reached") return "# the deadline of the " + of.substr(0, of.find(' '));
  return "redress " + of + name;
}

class Walk {
 public:
  Walk(bool with_dispute, Seeded fault) : fault_(fault) {
    Pair first;
    first.review_state = review::kInitialState;
    first.review.rating = first.review.rating_now = review::Rating::kBad;
    review::Apply(review::Open(review::ReviewFacts{}), first.review);
    first.review.deadline_number = kArmed;
    if (with_dispute) OpenDispute(first, 0);
    Visit(std::move(first), std::nullopt, "# a review of a line");
    for (std::size_t at = 0; at < nodes_.size() && violations.empty(); ++at) {
      for (const Move& move : moves_) Take(at, move);
      DeliverToDispute(at);
      DeliverToReview(at);
    }
    if (violations.empty()) FindDeadEnds();
  }

  std::size_t nodes() const { return nodes_.size(); }
  std::size_t steps = 0;
  std::vector<std::string> violations;

 private:
  static void OpenDispute(Pair& pair, std::uint64_t review) {
    pair.dispute_state = dispute::kInitialState;
    pair.dispute = {};
    pair.dispute.review = review;
    dispute::Apply(dispute::Open(dispute::DisputeFacts{}), pair.dispute);
    pair.dispute.deadline_number = kArmed;
  }
  static bool IsOver(const workflows::Workflow& workflow, const std::string& state) {
    return !state.empty() && workflow.FindState(state)->final;
  }
  static bool IsOver(const Pair& pair) {
    return IsOver(review::Describe(), pair.review_state) &&
           (pair.dispute_state.empty() || IsOver(dispute::Describe(), pair.dispute_state)) &&
           pair.to_dispute == Mail::kNone && !pair.to_review;
  }

  void Take(std::size_t at, const Move& move) {
    Pair after = nodes_[at];
    if (const auto* event = std::get_if<review::ReviewEvent>(&move.event)) {
      review::ReviewFacts facts;
      facts.actor = move.actor;
      facts.next_case = kDisputeCase;
      // Somebody looked; meanwhile it may have ended.
      const bool was_open = !after.dispute_state.empty();
      if (move.joins && !was_open) return;
      if (move.joins) facts.open_dispute = kDisputeCase;
      if (!move.joins && was_open) facts.next_case = kDisputeCase + 1;
      if (FireReview(after, *event, facts)) Visit(std::move(after), at, LineOf(move.event));
    } else if (!after.dispute_state.empty()) {
      dispute::DisputeFacts facts;
      facts.actor = move.actor;
      const auto& own = std::get<dispute::DisputeEvent>(move.event);
      if (FireDispute(after, own, facts)) Visit(std::move(after), at, LineOf(move.event));
    }
  }

  bool FireReview(Pair& pair, const review::ReviewEvent& event, review::ReviewFacts facts) {
    ++steps;
    facts.progress = pair.review;
    const auto fired = Fire(pair.review_state, event, facts);
    if (!fired.Applied()) return false;
    for (const auto& effect : fired.effects) {
      const auto* asks = std::get_if<review::AskDispute>(&effect);
      if (asks == nullptr) continue;
      if (pair.review.dispute != 0) violations.push_back("a review asks for a second dispute");
      // One that is opened though another was open is that other's business, not walked here.
      if (asks->dispute != kDisputeCase) return false;
      pair.to_dispute = asks->joins ? Mail::kJoin : Mail::kOpen;
    }
    pair.review_state = fired.state;
    Apply(fired.effects, pair.review);
    pair.review.deadline_number = kArmed;
    return true;
  }

  bool FireDispute(Pair& pair, const dispute::DisputeEvent& event, dispute::DisputeFacts facts) {
    ++steps;
    facts.progress = pair.dispute;
    const auto fired = Fire(pair.dispute_state, event, facts);
    if (!fired.Applied()) return false;
    for (const auto& effect : fired.effects) {
      const auto* tells = std::get_if<dispute::TellReview>(&effect);
      if (tells == nullptr || fault_ == Seeded::kReviewNotTold) continue;
      ++pair.told;
      pair.to_review = tells->remedied;
    }
    pair.dispute_state = fired.state;
    Apply(fired.effects, pair.dispute);
    pair.dispute.deadline_number = kArmed;
    return true;
  }

  void DeliverToDispute(std::size_t at) {
    Pair after = nodes_[at];
    if (after.to_dispute == Mail::kNone) return;
    const bool joins = after.to_dispute == Mail::kJoin;
    after.to_dispute = Mail::kNone;
    if (!joins) {
      OpenDispute(after, kReviewCase);
    } else {
      dispute::DisputeFacts facts;
      facts.actor = kLink;
      const bool is_taken =
          FireDispute(after, dispute::DisputeEvent{dispute::JoinReview{kReviewCase}}, facts);
      if (!is_taken && fault_ != Seeded::kRefusalUnheard) after.refused = true;
    }
    Visit(std::move(after), at, joins ? "# the dispute is joined" : "# the dispute is opened");
  }

  void DeliverToReview(std::size_t at) {
    Pair after = nodes_[at];
    if (!after.to_review) return;
    const bool was_over = IsOver(review::Describe(), after.review_state);
    review::ReviewFacts facts;
    facts.actor = kLink;
    const review::ReviewEvent end{review::RecordDisputeEnd{*after.to_review}};
    after.to_review.reset();
    if (!FireReview(after, end, facts) && !was_over) Report(at, "a review does not take the end");
    Visit(std::move(after), at, "# the review hears the end");
  }

  static std::optional<std::string> WrongIn(const Pair& pair) {
    if (pair.told > 1) return "a review was told twice";
    if (pair.review_state != "InDispute") return std::nullopt;
    const bool is_heard = pair.to_dispute != Mail::kNone || pair.to_review || pair.refused;
    const bool is_under_way = !pair.dispute_state.empty() &&
                              !IsOver(dispute::Describe(), pair.dispute_state) &&
                              pair.dispute.review == kReviewCase;
    if (!is_heard && !is_under_way) return "a review waits for a dispute that will not tell it";
    return std::nullopt;
  }

  void Visit(Pair pair, std::optional<std::size_t> from, const std::string& by) {
    const auto [known, is_new] = known_.emplace(KeyOf(pair), nodes_.size());
    if (from) before_[known->second].push_back(*from);
    if (!is_new) return;
    came_.emplace_back(from, by);
    nodes_.push_back(std::move(pair));
    if (const auto wrong = WrongIn(nodes_.back())) Report(nodes_.size() - 1, *wrong);
  }

  void FindDeadEnds() {
    std::vector<bool> can_end(nodes_.size(), false);
    std::deque<std::size_t> open;
    for (std::size_t i = 0; i < nodes_.size(); ++i) {
      if (IsOver(nodes_[i])) can_end[i] = true, open.push_back(i);
    }
    for (; !open.empty(); open.pop_front()) {
      for (const std::size_t from : before_[open.front()]) {
        if (can_end[from]) continue;
        can_end[from] = true;
        open.push_back(from);
      }
    }
    for (std::size_t i = 0; i < nodes_.size(); ++i) {
      if (!can_end[i]) return Report(i, "a dead end");
    }
  }

  void Report(std::size_t at, const std::string& what) {
    std::string path;
    for (std::optional<std::size_t> i = at; i; i = came_[*i].first) {
      path = "\n  " + came_[*i].second + path;
    }
    violations.push_back(what + path);
  }

  const Seeded fault_;
  const std::vector<Move> moves_ = AllMoves();
  std::vector<Pair> nodes_;
  std::vector<std::pair<std::optional<std::size_t>, std::string>> came_;
  std::map<std::size_t, std::vector<std::size_t>> before_;
  std::map<decltype(KeyOf(Pair())), std::size_t> known_;
};

TEST(RevealedModel, WhatMustAlwaysBeTrueIs) {
  std::size_t nodes = 0;
  std::size_t violations = 0;
  for (const bool with_dispute : {false, true}) {
    const Walk walk(with_dispute, Seeded::kNone);
    for (const std::string& violation : walk.violations) ADD_FAILURE() << violation;
    nodes += walk.nodes();
    violations += walk.violations.size();
    EXPECT_GT(walk.nodes(), 100U);
  }
  test::Figure("review_dispute_model_configurations", static_cast<double>(nodes));
  test::Figure("review_dispute_model_violations", static_cast<double>(violations));
}

TEST(RevealedModel, FindsTheFaultsThatArePutIntoIt) {
  int caught = 0;
  for (const Seeded fault : {Seeded::kReviewNotTold, Seeded::kRefusalUnheard}) {
    for (const bool with_dispute : {true, false}) {
      const Walk walk(with_dispute, fault);
      if (walk.violations.empty()) continue;
      std::printf("%s\n", walk.violations.front().c_str());
      ++caught;
      break;
    }
  }
  EXPECT_EQ(caught, 2);
  test::Figure("review_dispute_seeded_faults_caught", caught);
}

}  // namespace
}  // namespace redress::model
