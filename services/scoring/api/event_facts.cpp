#include "services/scoring/api/event_facts.h"

#include <stdexcept>
#include <string>

namespace redress::scoring {
namespace {

using redress::events::v1::CaseStepApplied;
using redress::events::v1::Event;
using redress::events::v1::OrderAdjusted;
using redress::events::v1::OrderFacts;

constexpr std::uint32_t kLowestGoodStars = 4;

CaseFact Map(const CaseStepApplied& step) {
  CaseFact fact;
  // A good review of the past was nothing to be handled.
  const bool is_praise = step.actor_kind() == "import" && step.review_stars() >= kLowestGoodStars;
  fact.kind = is_praise ? kPraise : step.kind();
  fact.event = step.event();
  fact.to_state = step.to_state();
  fact.is_final = step.final();
  fact.actor_kind = step.actor_kind();
  fact.assignee = AccountId{step.assignee_id()};
  fact.order = OrderId{step.order_id()};
  fact.currency = step.currency_code();
  fact.opened_at_us = step.opened_at_us();
  fact.order_paid_at_us = step.order_paid_at_us();
  fact.outcome = step.outcome();
  fact.settled_minor = step.settled_minor();
  fact.resolve_by_us = step.resolve_by_us();
  fact.review_change = step.review_change();
  fact.revision_possible = step.review_revision_possible();
  fact.from_state = step.from_state();
  fact.workflow_version = step.workflow_version();
  return fact;
}

OrderFact Map(const OrderFacts& order) {
  OrderFact fact;
  fact.version = order.order_version();
  fact.currency = order.currency_code();
  fact.status = order.status();
  fact.paid_at_us = order.paid_at_us();
  for (const auto& line : order.lines()) fact.paid_minor += line.paid_minor();
  return fact;
}

AdjustmentFact Map(const OrderAdjusted& adjusted) {
  AdjustmentFact fact;
  fact.is_refund = adjusted.kind() == redress::events::v1::ADJUSTMENT_KIND_REFUND;
  fact.order = OrderId{adjusted.order_id()};
  fact.currency = adjusted.currency_code();
  fact.amount_minor = adjusted.amount_minor();
  fact.order_paid_at_us = adjusted.order_paid_at_us();
  return fact;
}

}  // namespace

Fact FactOf(const Event& event) {
  Fact fact;
  fact.aggregate = {ShopId{event.shop_id()}, Source::kOrder, event.aggregate_id()};
  fact.sequence = event.sequence();
  fact.occurred_at_us = event.occurred_at_us();
  switch (event.payload_case()) {
    case Event::kOrderPaid:
      fact.what = Map(event.order_paid().order());
      return fact;
    case Event::kOrderChanged:
      fact.what = Map(event.order_changed().order());
      return fact;
    case Event::kOrderAdjusted:
      fact.what = Map(event.order_adjusted());
      return fact;
    case Event::kCaseStepApplied:
      fact.aggregate.source = Source::kAftersales;
      fact.what = Map(event.case_step_applied());
      return fact;
    // Of services that scoring does not read.
    case Event::kConversationChanged:
    case Event::kCustomerErased:
    case Event::kCustomerMerged:
    case Event::PAYLOAD_NOT_SET:
      break;
  }
  throw std::invalid_argument("event " + std::to_string(event.aggregate_id()) + "/" +
                              std::to_string(event.sequence()) + " has no payload that is known");
}

}  // namespace redress::scoring
