#include "services/aftersales/store/step_event.h"

#include "services/aftersales/domain/case_kind.h"

namespace redress::aftersales {
namespace {

using redress::events::v1::Event;

constexpr std::uint32_t kSchemaVersion = 1;

using redress::events::v1::CaseStepApplied;

std::string_view NameOf(workflows::refund::Variant variant) {
  switch (variant) {
    case workflows::refund::Variant::kRefundOnly:
      return "refund_only";
    case workflows::refund::Variant::kReturnAndRefund:
      return "return_and_refund";
    case workflows::refund::Variant::kExchange:
      return "exchange";
    case workflows::refund::Variant::kReship:
      return "reship";
    case workflows::refund::Variant::kPriceDifference:
      return "price_difference";
    case workflows::refund::Variant::kPostage:
      return "postage";
  }
  return "";
}

std::string_view NameOf(workflows::dispute::Verdict verdict) {
  using workflows::dispute::Verdict;
  switch (verdict) {
    case Verdict::kAgreed:
      return "agreed";
    case Verdict::kRuledForBuyer:
      return "ruled_for_buyer";
    case Verdict::kRuledForShop:
      return "ruled_for_shop";
    case Verdict::kNone:
      break;
  }
  return "";
}

std::string_view NameOf(workflows::review::Change change) {
  using workflows::review::Change;
  switch (change) {
    case Change::kRevised:
      return "revised";
    case Change::kRemoved:
      return "removed";
    case Change::kNone:
      break;
  }
  return "";
}

std::string_view NameOf(workflows::review::Judgement judgement) {
  using workflows::review::Judgement;
  switch (judgement) {
    case Judgement::kGenuine:
      return "genuine";
    case Judgement::kMalicious:
      return "malicious";
    case Judgement::kNone:
      break;
  }
  return "";
}

std::string_view NameOf(workflows::review::Rating rating) {
  using workflows::review::Rating;
  switch (rating) {
    case Rating::kBad:
      return "bad";
    case Rating::kNeutral:
      return "neutral";
    case Rating::kGood:
      return "good";
  }
  return "";
}

void AddProgress(const workflows::refund::RefundProgress& progress, CaseStepApplied& to) {
  to.set_variant(std::string(NameOf(progress.variant)));
  to.set_amount_asked_minor(progress.amount_asked);
  to.set_amount_approved_minor(progress.approved_amount);
}

void AddProgress(const workflows::dispute::DisputeProgress& progress, CaseStepApplied& to) {
  to.set_verdict(std::string(NameOf(progress.verdict)));
  to.set_root_cause(progress.root_cause);
}

void AddProgress(const workflows::review::ReviewProgress& progress, CaseStepApplied& to) {
  to.set_review_change(std::string(NameOf(progress.change)));
  to.set_review_revision_possible(progress.revision_possible);
  to.set_review_stars(static_cast<std::uint32_t>(progress.stars));
  to.set_review_rating(std::string(NameOf(progress.rating)));
  to.set_review_judgement(std::string(NameOf(progress.judgement)));
}

// Without its code and its reason in words: they are sealed with the step.
void AddCompensation(const Compensation& compensation, CaseStepApplied& to) {
  redress::events::v1::CompensationFacts& facts = *to.mutable_compensation();
  facts.set_number(compensation.number);
  facts.set_kind(std::string(aftersales::NameOf(compensation.kind)));
  facts.set_state(std::string(aftersales::NameOf(compensation.state)));
  facts.set_currency_code(compensation.currency);
  facts.set_amount_minor(compensation.amount);
}

}  // namespace

Event EventOf(const Step& step, const Answer& left) {
  const Case& after = left.after;
  Event event;
  event.set_shop_id(step.shop.value);
  event.set_aggregate_id(step.case_id.value);
  event.set_sequence(step.sequence);
  event.set_schema_version(kSchemaVersion);
  event.set_occurred_at_us(step.applied_at);
  auto& applied = *event.mutable_case_step_applied();
  applied.set_kind(std::string(KindOf(after)));
  applied.set_workflow_version(step.workflow_version);
  applied.set_event(step.event);
  applied.set_from_state(step.from_state);
  applied.set_to_state(step.to_state);
  applied.set_final(after.final);
  applied.set_actor_kind(std::string(aftersales::NameOf(step.actor_kind)));
  applied.set_actor_id(step.actor.value);
  applied.set_assignee_id(step.assignee.value);
  applied.set_order_id(after.order.value);
  applied.set_line_id(after.line.value);
  applied.set_customer_id(after.customer.value);
  applied.set_currency_code(after.currency);
  applied.set_opened_at_us(after.opened_at);
  applied.set_order_paid_at_us(after.order_paid_at);
  applied.set_outcome(step.outcome);
  applied.set_settled_minor(step.settled_minor);
  applied.set_platform_intervened(after.platform_intervened);
  applied.set_previous_step_at_us(step.previous_at);
  applied.set_case_number(after.number);
  applied.set_resolve_by_us(after.resolve_by_at);
  std::visit([&](const auto& own) { AddProgress(own, applied); }, after.progress);
  if (left.compensation) AddCompensation(*left.compensation, applied);
  return event;
}

}  // namespace redress::aftersales
