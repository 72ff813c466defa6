#include "services/aftersales/domain/past_case.h"

#include <algorithm>

#include "services/aftersales/domain/event_json.h"
#include "services/aftersales/domain/opening.h"
#include "services/aftersales/domain/snapshot.h"
#include "services/aftersales/domain/step_text.h"
#include "services/platform/base/clock.h"

namespace redress::aftersales {
namespace {

using platform::FieldViolation;
namespace dispute = workflows::dispute;
namespace refund = workflows::refund;
namespace review = workflows::review;

// Clocks of other systems run ahead a little.
constexpr std::int64_t kAheadUs = platform::kDayUs;
// What a step's JSON may take; the column's own limit.
constexpr std::size_t kMostJson = 2000;
constexpr std::int32_t kLowestGoodStars = 4;
constexpr std::int32_t kNeutralStars = 3;

std::vector<const PastStep*> InOrder(const PastCase& past) {
  std::vector<const PastStep*> steps;
  steps.reserve(past.steps.size());
  for (const PastStep& step : past.steps) steps.push_back(&step);
  std::stable_sort(steps.begin(), steps.end(), [](const PastStep* a, const PastStep* b) {
    return a->applied_at < b->applied_at;
  });
  return steps;
}

PastOutcome OutcomeOf(const PastCase& past, const PastStep& last) {
  if (past.outcome != PastOutcome::kByLastStep) return past.outcome;
  return last.completes ? PastOutcome::kResolved : PastOutcome::kNone;
}

// In the words of CaseStepApplied; money that was returned is told apart even where nothing was.
std::string_view NameOf(PastOutcome outcome) {
  switch (outcome) {
    case PastOutcome::kSettled:
      return "settled";
    case PastOutcome::kReplaced:
      return "replaced";
    case PastOutcome::kResolved:
      return "resolved";
    case PastOutcome::kWithdrawn:
    case PastOutcome::kNone:
    case PastOutcome::kByLastStep:
      break;
  }
  return "";
}

Progress RefundOf(const PastCase& past, const PastShare& share) {
  refund::RefundProgress progress;
  progress.variant = past.variant;
  progress.quantity = past.quantity;
  progress.amount_asked = past.amount_asked;
  progress.settled_amount = share.settled;
  progress.shortfall = share.shortfall;
  if (past.amount_settled > 0) {
    progress.approved_amount = past.amount_settled;
    progress.approved_how = refund::ApprovedBy::kPlatform;
    progress.settled_by = refund::SettledBy::kPlatform;
  }
  return progress;
}

Progress DisputeOf(PastOutcome outcome) {
  dispute::DisputeProgress progress;
  if (!NameOf(outcome).empty()) progress.verdict = dispute::Verdict::kAgreed;
  return progress;
}

review::Rating RatingOf(std::int32_t stars) {
  if (stars >= kLowestGoodStars) return review::Rating::kGood;
  return stars == kNeutralStars ? review::Rating::kNeutral : review::Rating::kBad;
}

Progress ReviewOf(const PastCase& past, std::int64_t opened_at, PastOutcome outcome) {
  review::ReviewProgress progress;
  progress.stars = past.stars;
  progress.rating = progress.rating_now = RatingOf(past.stars);
  progress.reviewed_at = opened_at;
  progress.revision_possible = false;
  progress.replied = outcome == PastOutcome::kResolved;
  return progress;
}

Progress ProgressOf(const PastCase& past, std::int64_t opened_at, PastOutcome outcome,
                    const PastShare& share) {
  if (past.kind == kRefundKind) return RefundOf(past, share);
  if (past.kind == kReviewKind) return ReviewOf(past, opened_at, outcome);
  return DisputeOf(outcome);
}

Case Open(const PastCase& past, const PastPlace& place, std::int64_t opened_at) {
  Case opened;
  opened.shop = place.shop;
  opened.id = place.id;
  opened.number = place.number;
  opened.customer = place.customer;
  opened.currency = past.currency;
  if (place.line) {
    opened.order = place.line->order;
    opened.line = place.line->line;
    if (place.line->customer) opened.customer = place.line->customer;
    opened.order_paid_at = place.line->paid_at;
    if (opened.currency.empty()) opened.currency = place.line->currency;
  }
  opened.platform = past.platform;
  opened.reason = past.reason;
  opened.opened_at = opened_at;
  opened.platform_intervened = past.platform_intervened;
  return opened;
}

std::string MembersOf(const PastStep& step) {
  std::string members;
  AddMember(members, "activity", step.activity);
  if (!step.agent.empty()) AddMember(members, "agent", step.agent);
  if (step.completes) AddMember(members, "completes", true);
  for (const auto& [name, value] : step.details) AddMember(members, "source:" + name, value);
  return members;
}

std::string OpeningMembersOf(const PastCase& past, const Case& opened) {
  std::string members;
  AddMember(members, "kind", past.kind);
  AddMember(members, "source", past.source);
  AddMember(members, "source_number", past.source_number);
  if (!past.order_number.empty()) AddMember(members, "order_number", past.order_number);
  if (past.stars > 0) AddMember(members, "stars", std::int64_t{past.stars});
  if (!past.reason.empty()) AddMember(members, "reason", past.reason);
  AddFixedMembers(members, opened);
  return members;
}

// The longest that the opening's own members can be, whatever ids the case gets.
std::size_t LongestOpening(const PastCase& past) {
  constexpr std::size_t kIdsAndNames = 400;
  Case none;
  return OpeningMembersOf(past, none).size() + kIdsAndNames;
}

// A request_id of its own for every step: nobody else's space, and nothing repeats in it.
std::string RequestIdOf(const Case& of, std::uint32_t sequence) {
  return platform::ToString(of.id) + ":" + std::to_string(sequence);
}

class Recorder {
 public:
  Recorder(const PastCase& past, const PastPlace& place, const PastShare& share)
      : past_(past), steps_(InOrder(past)), outcome_(OutcomeOf(past, *steps_.back())) {
    const std::int64_t opened_at = steps_.front()->applied_at;
    recorded_.after = Open(past, place, opened_at);
    recorded_.after.progress = ProgressOf(past, opened_at, outcome_, share);
  }

  RecordedPast Run() && {
    for (const PastStep* step : steps_) Add(*step);
    return std::move(recorded_);
  }

 private:
  void Add(const PastStep& from) {
    Case& after = recorded_.after;
    Step step;
    step.shop = after.shop;
    step.case_id = after.id;
    step.sequence = ++after.version;
    step.event = kImportedEvent;
    step.from_state = after.state;
    step.previous_at = after.updated_at;
    step.applied_at = std::max(from.applied_at, after.updated_at + 1);
    step.actor_kind = workflows::ActorKind::kImport;
    step.actor = from.account;
    step.client = past_.source;
    step.origin = Origin::kImport;
    step.request_id = RequestIdOf(after, step.sequence);
    std::copy_n(past_.digest.begin(), step.digest.size(), step.digest.begin());
    const bool is_last = step.sequence == steps_.size();
    after.assignee = is_last && past_.account ? past_.account : from.account;
    step.assignee = after.assignee;
    if (is_last) End(step);
    after.state = is_last && outcome_ == PastOutcome::kWithdrawn ? kWithdrawnState : kImportedState;
    step.to_state = after.state;
    after.updated_at = step.applied_at;
    Tell(from, step);
    Chain(step);
  }

  void End(Step& step) {
    recorded_.after.final = true;
    step.outcome = NameOf(outcome_);
    if (outcome_ == PastOutcome::kSettled) step.settled_minor = past_.amount_settled;
  }

  void Tell(const PastStep& from, Step& step) {
    std::string members = MembersOf(from);
    if (step.sequence == 1) members += "," + OpeningMembersOf(past_, recorded_.after);
    step.event_json = "{" + members + "}";
    if (from.text.empty()) return;
    StepText text = NewText(from.text);
    step.text_digest.assign(text.digest.begin(), text.digest.end());
    const Case& after = recorded_.after;
    recorded_.texts.push_back(
        {after.shop, after.id, step.sequence, after.customer, after.order, std::move(text)});
  }

  void Chain(Step& step) {
    Case& after = recorded_.after;
    Answer answer;
    answer.after = after;
    step.snapshot = EncodeSnapshot(answer);
    step.hash = ChainHash(after.last_hash, step);
    after.last_hash = step.hash;
    recorded_.steps.push_back(std::move(step));
  }

  const PastCase& past_;
  const std::vector<const PastStep*> steps_;
  const PastOutcome outcome_;
  RecordedPast recorded_;
};

std::optional<FieldViolation> JudgeAmounts(const PastCase& past) {
  if (past.outcome > PastOutcome::kNone) {
    return FieldViolation{"outcome", "is not an outcome; name one, or none"};
  }
  const bool has_amount = past.amount_asked > 0 || past.amount_settled > 0;
  if (has_amount && past.currency.empty()) {
    return FieldViolation{"currency_code", "is missing; amounts need one, e.g. CNY"};
  }
  if (has_amount && past.kind != kRefundKind) {
    return FieldViolation{"kind", "has no amounts; only a refund has"};
  }
  if (past.outcome == PastOutcome::kSettled && past.amount_settled == 0) {
    return FieldViolation{"amount_settled_minor", "is missing; a settled case has returned money"};
  }
  if (past.amount_settled > 0 && past.outcome != PastOutcome::kSettled) {
    return FieldViolation{"outcome", "has to be SETTLED where money was returned"};
  }
  if (past.kind == kReviewKind && past.stars == 0) {
    return FieldViolation{"stars", "is missing; a review has 1 to 5"};
  }
  if (past.kind != kReviewKind && past.stars != 0) {
    return FieldViolation{"stars", "has no place here; only a review has stars"};
  }
  return std::nullopt;
}

std::optional<FieldViolation> JudgeSteps(const PastCase& past, std::int64_t now_us) {
  for (std::size_t i = 0; i < past.steps.size(); ++i) {
    const PastStep& step = past.steps[i];
    const std::string where = "steps[" + std::to_string(i) + "]";
    if (step.applied_at <= 0 || step.applied_at > now_us + kAheadUs) {
      return FieldViolation{where + ".apply_time",
                            "is not in the past; the clock and zone of the source may be wrong"};
    }
    // Any of them may come to be the first.
    if (MembersOf(step).size() + LongestOpening(past) > kMostJson) {
      return FieldViolation{where + ".details", "are too long together; leave some out"};
    }
  }
  return std::nullopt;
}

}  // namespace

std::optional<FieldViolation> Judge(const PastCase& past, std::int64_t now_us) {
  std::optional<FieldViolation> problem = JudgeAmounts(past);
  if (!problem) problem = JudgeSteps(past, now_us);
  return problem;
}

RecordedPast Record(const PastCase& past, const PastPlace& place, const PastShare& share) {
  return Recorder(past, place, share).Run();
}

PastShare TakeFromLine(LedgerRow& row, std::int64_t amount, std::int64_t refunded_elsewhere,
                       std::int64_t& imported) {
  const auto beyond = [&](std::int64_t sum) {
    return std::max<std::int64_t>(0, sum - refunded_elsewhere);
  };
  const std::int64_t more = beyond(imported + amount) - beyond(imported);
  imported += amount;
  PastShare share;
  share.settled = std::min(more, std::max<std::int64_t>(0, row.Facts().Remaining()));
  share.shortfall = amount - share.settled;
  row.settled += share.settled;
  return share;
}

platform::Refusal ImportedAlready(const Case& current) {
  return platform::Refusal(platform::Code::kFailedPrecondition, "CASE_IMPORTED",
                           "The case was closed before Redress and only recorded here; open a new "
                           "one.")
      .With("case_number", std::to_string(current.number))
      .With("expected", "a case that was opened here")
      .With("found", "an imported one");
}

}  // namespace redress::aftersales
