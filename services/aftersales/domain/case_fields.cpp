#include "services/aftersales/domain/case_fields.h"

#include <type_traits>

#include "services/aftersales/domain/case_kind.h"
#include "services/platform/base/text.h"

namespace redress::aftersales {
namespace {

std::string Show(const std::string& text) { return text; }
std::string Show(const Hash& hash) { return platform::Hex(hash); }
std::string Show(std::string_view text) { return std::string(text); }
std::string Show(bool flag) { return flag ? "true" : "false"; }
template <class Tag>
std::string Show(platform::StrongId<Tag> id) {
  return std::to_string(id.value);
}
std::string Show(ShopId id) { return std::to_string(id.value); }
template <class Number>
std::string Show(Number number)
  requires(std::is_integral_v<Number> || std::is_enum_v<Number>)
{
  if constexpr (std::is_enum_v<Number>) {
    return std::to_string(static_cast<std::int64_t>(number));
  } else {
    return std::to_string(number);
  }
}

class Comparison {
 public:
  template <class Field>
  void operator()(const char* name, const Field& expected, const Field& found) {
    if (expected == found) return;
    differences.push_back({name, Show(expected), Show(found)});
  }
  std::vector<Difference> differences;
};

void CompareFixed(Comparison& same, const Case& a, const Case& b) {
  same("shop_id", a.shop, b.shop);
  same("case_id", a.id, b.id);
  same("case_number", a.number, b.number);
  same("order_id", a.order, b.order);
  same("line_id", a.line, b.line);
  same("customer_id", a.customer, b.customer);
  same("currency", a.currency, b.currency);
  same("reason", a.reason, b.reason);
  same("platform_refund_id", a.platform_refund_id, b.platform_refund_id);
  same("opened_at", a.opened_at, b.opened_at);
  same("order_paid_at", a.order_paid_at, b.order_paid_at);
  same("platform", a.platform, b.platform);
}

void CompareDeadline(Comparison& same, const workflows::ArmedDeadline& a,
                     const workflows::ArmedDeadline& b) {
  same("deadline_rule", a.deadline_rule, b.deadline_rule);
  same("deadline_condition", a.deadline_condition, b.deadline_condition);
  same("deadline_number", a.deadline_number, b.deadline_number);
  same("deadline_repeated", a.deadline_repeated, b.deadline_repeated);
}

void CompareProgress(Comparison& same, const workflows::refund::RefundProgress& a,
                     const workflows::refund::RefundProgress& b) {
  same("variant", a.variant, b.variant);
  same("quantity", a.quantity, b.quantity);
  same("amount_asked", a.amount_asked, b.amount_asked);
  same("proposed_amount", a.proposed_amount, b.proposed_amount);
  same("proposed_by", a.proposed_by, b.proposed_by);
  same("approved_amount", a.approved_amount, b.approved_amount);
  same("approved_how", a.approved_how, b.approved_how);
  same("approved_by", a.approved_by, b.approved_by);
  same("goods", a.goods, b.goods);
  same("return_shipping", a.shipping, b.shipping);
  same("inspection", a.inspection, b.inspection);
  same("offered_amount", a.offered_amount, b.offered_amount);
  same("reserved_amount", a.reserved_amount, b.reserved_amount);
  same("settled_amount", a.settled_amount, b.settled_amount);
  same("shortfall", a.shortfall, b.shortfall);
  same("settled_by", a.settled_by, b.settled_by);
  same("settlement_attempt", a.settlement_attempt, b.settlement_attempt);
  same("failed_attempts", a.failed_attempts, b.failed_attempts);
  same("settlement_unknown", a.settlement_unknown, b.settlement_unknown);
  same("replacement", a.replacement, b.replacement);
  same("interception", a.interception, b.interception);
  same("ending", a.ending, b.ending);
  same("platform_closed", a.platform_closed, b.platform_closed);
  same("dispute_id", a.dispute, b.dispute);
}

void CompareProgress(Comparison& same, const workflows::dispute::DisputeProgress& a,
                     const workflows::dispute::DisputeProgress& b) {
  same("channel", a.channel, b.channel);
  same("evidence", a.evidence, b.evidence);
  same("rounds_declined", a.rounds_declined, b.rounds_declined);
  same("options.refund", a.options.refund, b.options.refund);
  same("options.compensation", a.options.compensation, b.options.compensation);
  same("options.replacement", a.options.replacement, b.options.replacement);
  same("options.other", a.options.other, b.options.other);
  same("verdict", a.verdict, b.verdict);
  same("ruled_by_platform", a.ruled_by_platform, b.ruled_by_platform);
  same("remedy.kind", a.remedy.kind, b.remedy.kind);
  same("remedy.amount", a.remedy.amount, b.remedy.amount);
  same("executed", a.executed, b.executed);
  same("root_cause", a.root_cause, b.root_cause);
  same("measure", a.measure, b.measure);
  same("refund_id", a.refund, b.refund);
  same("worth", a.worth, b.worth);
  same("review_id", a.review, b.review);
}

void CompareProgress(Comparison& same, const workflows::review::ReviewProgress& a,
                     const workflows::review::ReviewProgress& b) {
  same("stars", a.stars, b.stars);
  same("rating", a.rating, b.rating);
  same("reviewed_at", a.reviewed_at, b.reviewed_at);
  same("revision_possible", a.revision_possible, b.revision_possible);
  same("judgement", a.judgement, b.judgement);
  same("attempts.chat", a.attempts.chat, b.attempts.chat);
  same("attempts.phone", a.attempts.phone, b.attempts.phone);
  same("attempts.sms", a.attempts.sms, b.attempts.sms);
  same("parts_of_day", a.parts_of_day, b.parts_of_day);
  same("contact_refused", a.contact_refused, b.contact_refused);
  same("offer.kind", a.offer.kind, b.offer.kind);
  same("offer.amount", a.offer.amount, b.offer.amount);
  same("agreed", a.agreed, b.agreed);
  same("fulfilled", a.fulfilled, b.fulfilled);
  same("rating_now", a.rating_now, b.rating_now);
  same("revision_spent", a.revision_spent, b.revision_spent);
  same("evidence", a.evidence, b.evidence);
  same("malice_confirmed", a.malice_confirmed, b.malice_confirmed);
  same("reply_reason", a.reply_reason, b.reply_reason);
  same("replied", a.replied, b.replied);
  same("change", a.change, b.change);
  same("fault", a.fault, b.fault);
  same("dispute_id", a.dispute, b.dispute);
}

void CompareKinds(Comparison& same, const Case& a, const Case& b) {
  if (a.progress.index() != b.progress.index()) return same("kind", KindOf(a), KindOf(b));
  CompareDeadline(same, a.Armed(), b.Armed());
  std::visit(
      [&](const auto& own) {
        CompareProgress(same, own, std::get<std::decay_t<decltype(own)>>(b.progress));
      },
      a.progress);
}

void CompareChanging(Comparison& same, const Case& a, const Case& b) {
  same("state", a.state, b.state);
  same("final", a.final, b.final);
  same("version", a.version, b.version);
  same("workflow_version", a.workflow_version, b.workflow_version);
  same("updated_at", a.updated_at, b.updated_at);
  same("assignee_id", a.assignee, b.assignee);
  same("priority", a.priority, b.priority);
  same("triage", Packed(a.triage), Packed(b.triage));
  same("needs_person", a.needs_person, b.needs_person);
  same("person_queue", a.queue, b.queue);
  CompareKinds(same, a, b);
  same("due_at", a.due_at, b.due_at);
  same("warn_at", a.warn_at, b.warn_at);
  same("resolve_by_at", a.resolve_by_at, b.resolve_by_at);
  same("platform_intervened", a.platform_intervened, b.platform_intervened);
  same("return_carrier", a.return_carrier, b.return_carrier);
  same("return_tracking", a.return_tracking, b.return_tracking);
  same("back_carrier", a.back_carrier, b.back_carrier);
  same("back_tracking", a.back_tracking, b.back_tracking);
  same("replacement_carrier", a.replacement_carrier, b.replacement_carrier);
  same("replacement_tracking", a.replacement_tracking, b.replacement_tracking);
  same("inbound_task_id", a.inbound_task, b.inbound_task);
  same("send_back_task_id", a.send_back_task, b.send_back_task);
  same("outbound_task_id", a.outbound_task, b.outbound_task);
  same("intercept_task_id", a.intercept_task, b.intercept_task);
  same("not_returnable", a.not_returnable, b.not_returnable);
  same("last_hash", a.last_hash, b.last_hash);
}

}  // namespace

std::vector<Difference> DifferencesOf(const Case& expected, const Case& found) {
  Comparison comparison;
  CompareFixed(comparison, expected, found);
  CompareChanging(comparison, expected, found);
  return std::move(comparison.differences);
}

void CopyOpeningFields(const Case& from, Case& to) {
  to.number = from.number;
  to.order = from.order;
  to.line = from.line;
  to.customer = from.customer;
  to.currency = from.currency;
  to.order_paid_at = from.order_paid_at;
  to.platform = from.platform;
}

}  // namespace redress::aftersales
