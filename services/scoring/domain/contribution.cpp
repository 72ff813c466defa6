#include "services/scoring/domain/contribution.h"

#include <algorithm>
#include <map>
#include <tuple>
#include <utility>

namespace redress::scoring {
namespace {

// Values of events, as the workflows and the event's own comments name them.
constexpr std::string_view kSettled = "settled";
constexpr std::string_view kRuledForBuyer = "ruled_for_buyer";
constexpr std::string_view kRuledForShop = "ruled_for_shop";
constexpr std::string_view kWithdrawnState = "Withdrawn";
constexpr std::string_view kDispute = "dispute";
constexpr std::string_view kReview = "review";
constexpr std::string_view kContactEvent = "record_contact";

constexpr std::int64_t kMicrosPerSecond = 1'000'000;
constexpr std::int64_t kContactWithinUs = 3600 * kMicrosPerSecond;

using Ordered = std::vector<const Fact*>;

const CaseFact& CaseOf(const Fact* fact) { return std::get<CaseFact>(fact->what); }

Ordered InOrder(std::span<const Fact> facts) {
  Ordered ordered;
  ordered.reserve(facts.size());
  for (const Fact& fact : facts) ordered.push_back(&fact);
  std::sort(ordered.begin(), ordered.end(),
            [](const Fact* a, const Fact* b) { return a->sequence < b->sequence; });
  return ordered;
}

// A ruling ends a case only when the case closes with it. Otherwise the money, the replacement or
// the closing that follows is the outcome, and another ruling may come before it.
bool BringsOutcome(const Fact* step) {
  const CaseFact& fact = CaseOf(step);
  if (fact.outcome.empty()) return false;
  const bool is_ruling = fact.outcome == kRuledForBuyer || fact.outcome == kRuledForShop;
  return !is_ruling || fact.is_final;
}

struct CaseView {
  Ordered steps;
  const Fact* outcome = nullptr;
  const Fact* settled = nullptr;
  const Fact* contact = nullptr;
  std::int64_t opened_at_us = 0;
  std::int64_t order_paid_at_us = 0;
  std::int64_t resolve_by_us = 0;
  OrderId order;
  bool withdrawn = false;
  AccountId agent;  // whom the case counts for
};

CaseView ViewCase(Ordered steps) {
  CaseView view;
  for (const Fact* step : steps) {
    const CaseFact& fact = CaseOf(step);
    if (view.outcome == nullptr && BringsOutcome(step)) view.outcome = step;
    if (view.settled == nullptr && fact.outcome == kSettled) view.settled = step;
    if (view.contact == nullptr && fact.event == kContactEvent) view.contact = step;
    if (fact.resolve_by_us != 0) view.resolve_by_us = fact.resolve_by_us;
    if (fact.opened_at_us != 0) view.opened_at_us = fact.opened_at_us;
    if (fact.order_paid_at_us != 0) view.order_paid_at_us = fact.order_paid_at_us;
    if (fact.order) view.order = fact.order;
    view.withdrawn = view.withdrawn || (fact.is_final && fact.to_state == kWithdrawnState);
  }
  if (view.opened_at_us == 0) view.opened_at_us = steps.front()->occurred_at_us;
  view.agent = CaseOf(view.outcome != nullptr ? view.outcome : steps.back()).assignee;
  view.steps = std::move(steps);
  return view;
}

// Time in each state from the opening to the outcome; the parts add up to the handling time.
std::map<std::string, std::int64_t> TimeInStates(const CaseView& view) {
  std::map<std::string, std::int64_t> time;
  for (std::size_t i = 0; view.steps[i] != view.outcome; ++i) {
    const std::int64_t since_us = i == 0 ? view.opened_at_us : view.steps[i]->occurred_at_us;
    time[CaseOf(view.steps[i]).to_state] += view.steps[i + 1]->occurred_at_us - since_us;
  }
  return time;
}

class Builder {
 public:
  Builder(AggregateId aggregate, const Calendar& calendar)
      : aggregate_(aggregate), calendar_(calendar) {}

  Contribution& Add(Measure measure, std::int64_t at_us, std::int64_t amount) {
    Contribution& added = made_.emplace_back();
    added.aggregate = aggregate_;
    added.measure = measure;
    added.day = calendar_.DayOf(aggregate_.shop, at_us);
    added.amount = amount;
    return added;
  }

  std::vector<Contribution> Finish() {
    std::sort(made_.begin(), made_.end(), [](const Contribution& a, const Contribution& b) {
      return std::tie(a.measure, a.kind) < std::tie(b.measure, b.kind);
    });
    return std::move(made_);
  }

 private:
  const AggregateId aggregate_;
  const Calendar& calendar_;
  std::vector<Contribution> made_;
};

void AddMoney(Builder& builder, Measure measure, std::int64_t at_us, const CaseView& view) {
  const CaseFact& settled = CaseOf(view.settled);
  Contribution& added = builder.Add(measure, at_us, settled.settled_minor);
  added.agent = settled.assignee;
  added.kind = settled.kind;
  added.currency = settled.currency;
  added.order = view.order;
}

void AddDuration(Builder& builder, Measure measure, const Fact* end, const CaseView& view) {
  Contribution& added =
      builder.Add(measure, end->occurred_at_us, end->occurred_at_us - view.opened_at_us);
  added.agent = CaseOf(end).assignee;
  added.kind = CaseOf(end).kind;
  added.order = view.order;
}

// Withdrawn ones leave both sides of the completion rates; the buyer was contacted all the same.
void AddDispute(Builder& builder, const CaseView& view) {
  const auto add = [&](Measure measure, std::int64_t amount) {
    Contribution& added = builder.Add(measure, view.opened_at_us, amount);
    added.agent = view.agent;
    added.kind = kDispute;
    added.order = view.order;
  };
  if (!view.withdrawn) {
    add(Measure::kDisputes, view.outcome != nullptr ? 1 : 0);
    if (view.resolve_by_us != 0) {
      const bool in_time =
          view.outcome != nullptr && view.outcome->occurred_at_us < view.resolve_by_us;
      const std::int64_t due_s = view.resolve_by_us / kMicrosPerSecond;
      add(Measure::kDueDisputes, in_time ? due_s : -due_s);
    }
  }
  if (view.contact == nullptr) return;
  const std::int64_t waited_us = view.contact->occurred_at_us - view.opened_at_us;
  add(Measure::kFirstContact, waited_us);
  add(Measure::kContactInTime, waited_us <= kContactWithinUs ? 1 : 0);
}

void AddReview(Builder& builder, const CaseView& view) {
  if (view.outcome == nullptr) return;
  const CaseFact& outcome = CaseOf(view.outcome);
  const Measure measure =
      outcome.revision_possible ? Measure::kReviews : Measure::kUnrevisableReviews;
  Contribution& added =
      builder.Add(measure, view.outcome->occurred_at_us, outcome.review_change.empty() ? 0 : 1);
  added.agent = outcome.assignee;
  added.kind = kReview;
  added.order = view.order;
}

std::vector<Contribution> OfCase(Ordered steps, const AggregateId& aggregate,
                                 const Calendar& calendar) {
  if (CaseOf(steps.back()).kind == kPraise) return {};
  const CaseView view = ViewCase(std::move(steps));
  Builder builder(aggregate, calendar);
  const CaseFact& last = CaseOf(view.steps.back());
  if (!view.withdrawn) {
    Contribution& added =
        builder.Add(Measure::kCases, view.opened_at_us, view.outcome != nullptr ? 1 : 0);
    added.agent = view.agent;
    added.kind = last.kind;
    added.order = view.order;
  }
  if (last.kind == kDispute) AddDispute(builder, view);
  if (last.kind == kReview) AddReview(builder, view);
  if (view.outcome != nullptr) {
    AddDuration(builder, Measure::kHandlingTime, view.outcome, view);
    for (const auto& [state, time_us] : TimeInStates(view)) {
      Contribution& added =
          builder.Add(Measure::kTimeInState, view.outcome->occurred_at_us, time_us);
      added.agent = view.agent;
      added.kind = last.kind + ":" + state;
      added.order = view.order;
    }
  }
  if (view.settled != nullptr) {
    AddDuration(builder, Measure::kRefundTime, view.settled, view);
    AddMoney(builder, Measure::kRefunded, view.settled->occurred_at_us, view);
    if (view.order_paid_at_us != 0) {
      AddMoney(builder, Measure::kRefundedCohort, view.order_paid_at_us, view);
    }
  }
  return builder.Finish();
}

// The newest version of the order counts, whenever its event came.
std::vector<Contribution> OfOrder(const Ordered& facts, const AggregateId& aggregate,
                                  const Calendar& calendar) {
  const Fact* newest =
      *std::max_element(facts.begin(), facts.end(), [](const Fact* a, const Fact* b) {
        return std::pair(std::get<OrderFact>(a->what).version, a->sequence) <
               std::pair(std::get<OrderFact>(b->what).version, b->sequence);
      });
  const OrderFact& order = std::get<OrderFact>(newest->what);
  Builder builder(aggregate, calendar);
  if (order.paid_at_us != 0) {
    Contribution& added = builder.Add(Measure::kSales, order.paid_at_us, order.paid_minor);
    added.currency = order.currency;
    added.order = OrderId{aggregate.id};
  }
  return builder.Finish();
}

std::vector<Contribution> OfAdjustment(const Ordered& facts, const AggregateId& aggregate,
                                       const Calendar& calendar) {
  const Fact& newest = *facts.back();
  const AdjustmentFact& adjustment = std::get<AdjustmentFact>(newest.what);
  Builder builder(aggregate, calendar);
  const auto add = [&](Measure measure, std::int64_t at_us) {
    Contribution& added = builder.Add(measure, at_us, adjustment.amount_minor);
    added.currency = adjustment.currency;
    added.order = adjustment.order;
  };
  if (adjustment.is_refund) {
    add(Measure::kRefunded, newest.occurred_at_us);
    if (adjustment.order_paid_at_us != 0) {
      add(Measure::kRefundedCohort, adjustment.order_paid_at_us);
    }
  }
  return builder.Finish();
}

}  // namespace

std::vector<Contribution> ContributionsOf(std::span<const Fact> facts, const Calendar& calendar) {
  if (facts.empty()) return {};
  Ordered ordered = InOrder(facts);
  const AggregateId aggregate = facts.front().aggregate;
  if (std::holds_alternative<CaseFact>(facts.front().what)) {
    return OfCase(std::move(ordered), aggregate, calendar);
  }
  if (std::holds_alternative<OrderFact>(facts.front().what)) {
    return OfOrder(ordered, aggregate, calendar);
  }
  return OfAdjustment(ordered, aggregate, calendar);
}

std::optional<std::vector<Contribution>> ContributionsAfter(std::span<const Contribution> so_far,
                                                            std::span<const Fact> next,
                                                            const Calendar& calendar) {
  // A dispute's steps say more than that it is open.
  if (so_far.size() != 1) return std::nullopt;
  Contribution open = so_far.front();
  if (open.measure != Measure::kCases || open.amount != 0) return std::nullopt;
  for (const Fact& fact : next) {
    const auto* step = std::get_if<CaseFact>(&fact.what);
    if (step == nullptr || !step->outcome.empty() || step->is_final || step->opened_at_us == 0 ||
        step->order != open.order || step->kind != open.kind) {
      return std::nullopt;
    }
    open.agent = step->assignee;
    open.day = calendar.DayOf(fact.aggregate.shop, step->opened_at_us);
  }
  return std::vector{open};
}

}  // namespace redress::scoring
