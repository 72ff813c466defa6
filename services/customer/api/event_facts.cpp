#include "services/customer/api/event_facts.h"

#include <algorithm>

namespace redress::customer {
namespace {

namespace events = redress::events::v1;
using events::Event;

// An order placed before its events told when is dated by its payment, or by the event.
std::int64_t OrderedAt(const Event& event, const events::OrderFacts& order) {
  if (order.ordered_at_us() != 0) return order.ordered_at_us();
  return order.paid_at_us() != 0 ? order.paid_at_us() : event.occurred_at_us();
}

OrderFact FactOf(const Event& event, const events::OrderFacts& order) {
  OrderFact fact{.shop = ShopId{event.shop_id()},
                 .id = OrderId{event.aggregate_id()},
                 .version = event.sequence(),
                 .customer = CustomerId{order.customer_id()},
                 .platform = order.platform(),
                 .number = order.order_number(),
                 .status = order.status(),
                 .currency = order.currency_code(),
                 .ordered_at = OrderedAt(event, order),
                 .paid_at = order.paid_at_us(),
                 .paid_minor = 0,
                 .refunded_minor = 0,
                 .line_count = static_cast<std::uint32_t>(order.lines_size()),
                 .articles = {}};
  for (const events::OrderLineFacts& line : order.lines()) {
    fact.paid_minor += line.paid_minor();
    fact.refunded_minor += std::max<std::int64_t>(0, line.refunded_elsewhere_minor());
    if (line.sku().empty() || line.quantity() <= 0 || fact.articles.size() == kMostArticles) {
      continue;
    }
    fact.articles.push_back({line.sku(), line.properties(), line.quantity(), line.paid_minor()});
  }
  return fact;
}

bool GivesCoupon(const events::CaseStepApplied& step) {
  return step.compensation().kind() == "coupon" && step.compensation().state() == "given";
}

CaseFact FactOf(const Event& event, const events::CaseStepApplied& step) {
  CaseFact fact{.shop = ShopId{event.shop_id()},
                .id = CaseId{event.aggregate_id()},
                .sequence = event.sequence(),
                .customer = CustomerId{step.customer_id()},
                .order = OrderId{step.order_id()},
                .number = step.case_number(),
                .kind = step.kind(),
                .variant = step.variant(),
                .state = step.to_state(),
                .is_final = step.final(),
                .opened_at = step.opened_at_us(),
                .last_step_at = event.occurred_at_us(),
                .currency = step.currency_code(),
                .asked_minor = step.amount_asked_minor(),
                .approved_minor = step.amount_approved_minor(),
                .verdict = step.verdict(),
                .review_rating = step.review_rating(),
                .review_stars = std::min(step.review_stars(), 5U),
                .review_change = step.review_change(),
                .review_judgement = step.review_judgement(),
                .platform_intervened = step.platform_intervened(),
                .outcome = step.outcome(),
                .outcome_sequence = step.outcome().empty() ? 0 : event.sequence(),
                .settled_minor = 0,
                .settled_at = 0,
                .coupons = {},
                .seen = {},
                .gap_noticed_at = {}};
  if (step.outcome() == "settled") {
    fact.settled_minor = step.settled_minor();
    fact.settled_at = event.occurred_at_us();
  }
  if (GivesCoupon(step)) {
    fact.coupons = {{.number = step.compensation().number(),
                     .currency = step.compensation().currency_code(),
                     .amount_minor = step.compensation().amount_minor(),
                     .given_at = event.occurred_at_us()}};
  }
  return fact;
}

ConversationFact FactOf(const Event& event, const events::ConversationChanged& changed) {
  return {.shop = ShopId{event.shop_id()},
          .id = ConversationId{event.aggregate_id()},
          .sequence = event.sequence(),
          .customer = CustomerId{changed.customer_id()},
          .channel = changed.channel(),
          .agent = AccountId{changed.agent_id()},
          .started_at = changed.started_at_us(),
          .last_message_at = changed.last_message_at_us(),
          .customer_messages = changed.customer_messages(),
          .shop_messages = changed.shop_messages(),
          .ended = changed.ended()};
}

AdjustmentFact FactOf(const Event& event, const events::OrderAdjusted& adjusted) {
  return {.shop = ShopId{event.shop_id()},
          .id = AdjustmentId{event.aggregate_id()},
          .sequence = event.sequence(),
          .customer = CustomerId{adjusted.customer_id()},
          .order = OrderId{adjusted.order_id()},
          .line = LineId{adjusted.line_id()},
          .is_refund = adjusted.kind() == events::ADJUSTMENT_KIND_REFUND,
          .currency = adjusted.currency_code(),
          .amount_minor = adjusted.amount_minor(),
          .adjusted_at = event.occurred_at_us()};
}

}  // namespace

void AddFact(const Event& event, FactBatch& batch) {
  switch (event.payload_case()) {
    case Event::kOrderPaid:
      batch.orders.push_back(FactOf(event, event.order_paid().order()));
      return;
    case Event::kOrderChanged:
      batch.orders.push_back(FactOf(event, event.order_changed().order()));
      return;
    case Event::kOrderAdjusted:
      batch.adjustments.push_back(FactOf(event, event.order_adjusted()));
      return;
    case Event::kCaseStepApplied:
      batch.cases.push_back(FactOf(event, event.case_step_applied()));
      return;
    case Event::kConversationChanged:
      batch.conversations.push_back(FactOf(event, event.conversation_changed()));
      return;
    default:
      return;
  }
}

void EventFacts::operator()(std::span<const Event> events) const {
  FactBatch batch;
  for (const Event& event : events) AddFact(event, batch);
  intake_.Take(batch);
}

}  // namespace redress::customer
