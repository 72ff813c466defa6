#include "services/aftersales/api/mapping.h"

#include <google/protobuf/util/json_util.h>

#include <stdexcept>

#include "services/aftersales/domain/case_kind.h"
#include "services/platform/base/text.h"

namespace redress::aftersales {
namespace {

namespace dispute = workflows::dispute;
namespace refund = workflows::refund;
namespace review = workflows::review;

// These have the contract's numbers and are cast below; none may go beyond what clients know.
static_assert(static_cast<int>(SettlementState::kCancelled) == v1::SettlementState_MAX);
static_assert(static_cast<int>(TaskState::kPacked) == v1::TaskState_MAX);
static_assert(static_cast<int>(TaskKind::kIntercept) == v1::TaskKind_MAX);
static_assert(static_cast<int>(InterceptOutcome::kMissed) == v1::InterceptOutcome_MAX);
static_assert(static_cast<int>(refund::Variant::kPostage) == v1::RefundVariant_MAX);
static_assert(static_cast<int>(refund::Replacement::kCalledBack) == v1::ReplacementProgress_MAX);
static_assert(static_cast<int>(refund::Interception::kMissed) == v1::InterceptionProgress_MAX);
static_assert(static_cast<int>(dispute::Channel::kEscalatedRefund) == v1::DisputeChannel_MAX);
static_assert(static_cast<int>(LinkRelation::kRevealedBy) == v1::CaseRelation_MAX);
static_assert(static_cast<int>(AskState::kRefused) == v1::CaseAskState_MAX);
static_assert(static_cast<int>(dispute::OptionKind::kOther) == v1::DisputeOption_MAX);
static_assert(static_cast<int>(dispute::Verdict::kRuledForShop) == v1::DisputeVerdict_MAX);
static_assert(static_cast<int>(review::Rating::kGood) == v1::ReviewRating_MAX);
static_assert(static_cast<int>(review::Judgement::kMalicious) == v1::ReviewJudgement_MAX);
static_assert(static_cast<int>(review::ContactChannel::kSms) == v1::ContactChannel_MAX);
static_assert(static_cast<int>(review::OfferKind::kOther) == v1::ReviewOffer_MAX);
static_assert(static_cast<int>(review::ReplyReason::kConcluded) == v1::ReviewReplyReason_MAX);
static_assert(static_cast<int>(review::Fault::kQuality) == v1::ReviewFault_MAX);
static_assert(static_cast<int>(review::Change::kRemoved) == v1::ReviewChange_MAX);

ParcelIntercepted InterceptionOf(const v1::ParcelIntercepted& from) {
  switch (from.outcome()) {
    case v1::INTERCEPT_OUTCOME_CAUGHT:
      return {true};
    case v1::INTERCEPT_OUTCOME_MISSED:
      return {false};
    default:
      break;
  }
  throw platform::InvalidField("intercepted.outcome",
                               "is not an outcome; say whether the parcel was caught or missed");
}

// Altered rows may hold anything, while a message's texts are UTF-8.
std::string ValidUtf8(const std::string& text) {
  return platform::Utf8Length(text) ? text : "0x" + platform::Hex(text);
}

void AddProgress(const Case& from, const refund::RefundProgress& progress, v1::Case& to) {
  to.set_variant(static_cast<v1::RefundVariant>(progress.variant));
  to.set_quantity(progress.quantity);
  SetMoney(from.currency, progress.amount_asked, *to.mutable_amount_asked());
  if (progress.approved_how != refund::ApprovedBy::kNobody) {
    SetMoney(from.currency, progress.approved_amount, *to.mutable_amount_approved());
  }
  if (progress.settled_by != refund::SettledBy::kNobody) {
    SetMoney(from.currency, progress.settled_amount + progress.shortfall,
             *to.mutable_amount_settled());
  }
  to.set_platform_refund_id(from.platform_refund_id);
  to.set_return_carrier(from.return_carrier);
  to.set_return_tracking_number(from.return_tracking);
  to.set_replacement(static_cast<v1::ReplacementProgress>(progress.replacement));
  to.set_replacement_carrier(from.replacement_carrier);
  to.set_replacement_tracking_number(from.replacement_tracking);
  to.set_interception(static_cast<v1::InterceptionProgress>(progress.interception));
}

void AddProgress(const Case& from, const dispute::DisputeProgress& progress, v1::Case& to) {
  v1::Dispute& own = *to.mutable_dispute();
  own.set_channel(static_cast<v1::DisputeChannel>(progress.channel));
  SetTime(from.resolve_by_at, *own.mutable_resolve_by_time());
  own.set_currency_code(from.currency);
  own.set_evidence(progress.evidence);
  own.set_rounds_declined(progress.rounds_declined);
  own.set_most_rounds(dispute::kMostRounds);
  if (progress.options.Count() > 0) {
    v1::DisputeOptions& options = *own.mutable_options();
    options.set_refund_minor(progress.options.refund);
    options.set_compensation_minor(progress.options.compensation);
    options.set_replacement(progress.options.replacement);
    options.set_other(progress.options.other);
  }
  own.set_verdict(static_cast<v1::DisputeVerdict>(progress.verdict));
  own.set_ruled_by_platform(progress.ruled_by_platform);
  own.set_remedy(static_cast<v1::DisputeOption>(progress.remedy.kind));
  if (progress.remedy.amount > 0) {
    SetMoney(from.currency, progress.remedy.amount, *own.mutable_remedy_amount());
  }
  own.set_executed(progress.executed);
  own.set_root_cause(progress.root_cause);
  own.set_measure(progress.measure);
  if (from.platform_refund_id.starts_with(kComplaintPrefix)) {
    own.set_platform_complaint_id(from.platform_refund_id.substr(kComplaintPrefix.size()));
  }
}

void AddProgress(const Case& from, const review::ReviewProgress& progress, v1::Case& to) {
  v1::Review& own = *to.mutable_review();
  own.set_stars(progress.stars);
  own.set_rating(static_cast<v1::ReviewRating>(progress.rating));
  own.set_rating_now(static_cast<v1::ReviewRating>(progress.rating_now));
  SetTime(progress.reviewed_at, *own.mutable_review_time());
  own.set_revision_possible(progress.revision_possible);
  own.set_judgement(static_cast<v1::ReviewJudgement>(progress.judgement));
  own.set_attempts_chat(progress.attempts.chat);
  own.set_attempts_phone(progress.attempts.phone);
  own.set_attempts_sms(progress.attempts.sms);
  own.set_most_attempts(review::kMostAttempts);
  own.set_contact_refused(progress.contact_refused);
  own.set_offer(static_cast<v1::ReviewOffer>(progress.offer.kind));
  if (progress.offer.amount > 0) {
    SetMoney(from.currency, progress.offer.amount, *own.mutable_offer_amount());
  }
  own.set_agreed(progress.agreed);
  own.set_fulfilled(progress.fulfilled);
  own.set_evidence(progress.evidence);
  own.set_malice_confirmed(progress.malice_confirmed);
  own.set_reply_reason(static_cast<v1::ReviewReplyReason>(progress.reply_reason));
  own.set_replied(progress.replied);
  own.set_change(static_cast<v1::ReviewChange>(progress.change));
  own.set_fault(static_cast<v1::ReviewFault>(progress.fault));
  own.set_currency_code(from.currency);
  if (from.platform_refund_id.starts_with(kReviewPrefix)) {
    own.set_platform_review_id(from.platform_refund_id.substr(kReviewPrefix.size()));
  }
}

}  // namespace

void SetMoney(const std::string& currency, std::int64_t minor, common::v1::Money& to) {
  to.set_currency_code(currency);
  to.set_minor_units(minor);
}

void SetTime(std::int64_t at_us, google::protobuf::Timestamp& to) {
  to.set_seconds(at_us / 1'000'000);
  to.set_nanos(static_cast<std::int32_t>(at_us % 1'000'000) * 1000);
}

std::int64_t TimeOf(const google::protobuf::Timestamp& from) {
  return from.seconds() * 1'000'000 + from.nanos() / 1000;
}

void ToProto(const Case& from, v1::Case& to) {
  to.set_case_id(platform::ToString(from.id));
  to.set_case_number(from.number);
  to.set_kind(std::string(KindOf(from)));
  to.set_state(from.state);
  to.set_final(from.final);
  to.set_version(from.version);
  to.set_order_id(platform::ToString(from.order));
  to.set_line_id(platform::ToString(from.line));
  to.set_customer_id(platform::ToString(from.customer));
  to.set_assignee_id(platform::ToString(from.assignee));
  to.set_priority(from.priority);
  to.set_needs_person(from.needs_person);
  if (from.due_at != 0) {
    v1::Deadline& deadline = *to.mutable_deadline();
    deadline.set_rule(from.Armed().deadline_rule);
    deadline.set_number(static_cast<std::uint32_t>(from.Armed().deadline_number));
    SetTime(from.due_at, *deadline.mutable_due_time());
    if (from.warn_at != 0) SetTime(from.warn_at, *deadline.mutable_warn_time());
  }
  SetTime(from.opened_at, *to.mutable_open_time());
  SetTime(from.updated_at, *to.mutable_update_time());
  to.set_reason(from.reason);
  to.set_not_returnable(from.not_returnable);
  to.set_workflow_version(from.workflow_version);
  to.set_imported(from.IsImported());
  std::visit([&](const auto& own) { AddProgress(from, own, to); }, from.progress);
  if (!from.needs_person.empty()) {
    to.set_person_queue(static_cast<v1::PersonQueue>(from.queue));
  }
}

void ToProto(const LinkedCase& from, v1::LinkedCase& to) {
  to.set_relation(static_cast<v1::CaseRelation>(from.relation));
  to.set_kind(std::string(KindOf(from.of)));
  to.set_case_number(from.of.number);
  to.set_state(from.of.state);
  to.set_final(from.of.final);
  to.set_case_id(platform::ToString(from.of.id));
}

void ToProto(const CaseAsk& from, v1::CaseAsk& to) {
  to.set_event(from.event);
  to.set_state(static_cast<v1::CaseAskState>(from.state));
  to.set_refusal(from.refusal);
  to.set_attempts(from.attempts);
  SetTime(from.asked_at, *to.mutable_ask_time());
  to.set_case_id(platform::ToString(from.target));
}

void ToProto(const PriorityReason& from, v1::PriorityReason& to) {
  to.set_code(std::string(from.code));
  to.set_points(from.points);
  to.set_explanation(std::string(from.explanation));
}

void ToProto(const Step& from, const Hash& previous, v1::Step& to) {
  to.set_sequence(from.sequence);
  to.set_event(from.event);
  to.set_from_state(from.from_state);
  to.set_to_state(from.to_state);
  SetTime(from.applied_at, *to.mutable_apply_time());
  to.set_actor_kind(std::string(NameOf(from.actor_kind)));
  to.set_actor_id(platform::ToString(from.actor));
  to.set_client(from.client);
  to.set_workflow_version(from.workflow_version);
  to.set_event_json(from.event_json);
  to.set_deadline_rule(from.deadline_rule);
  to.set_hash(platform::Hex(from.hash));
  to.set_previous_hash(platform::Hex(previous));
}

void ToProto(const HistoryReport& from, v1::CaseVerification& to) {
  to.set_case_id(platform::ToString(from.id));
  to.set_case_number(from.number);
  to.set_intact(from.intact());
  to.set_steps(from.steps);
  to.set_steps_replayed(from.steps_replayed);
  to.set_texts_checked(from.texts_checked);
  to.set_texts_unreadable(from.texts_unreadable);
  for (const Finding& finding : from.findings) {
    v1::HistoryFinding& added = *to.add_findings();
    added.set_sequence(finding.sequence);
    added.set_field(finding.field);
    added.set_expected(ValidUtf8(finding.expected));
    added.set_found(ValidUtf8(finding.found));
  }
  to.set_more_findings(from.more_findings);
  for (const std::string& field : from.unproved) to.add_unproved_fields(field);
  to.set_last_hash(platform::Hex(from.last_hash));
}

void ToProto(const WarehouseTask& from, v1::WarehouseTask& to) {
  to.set_task_id(platform::ToString(from.id));
  to.set_case_id(platform::ToString(from.case_id));
  to.set_kind(static_cast<v1::TaskKind>(from.kind));
  to.set_state(static_cast<v1::TaskState>(from.state));
  to.set_version(from.version);
  to.set_order_id(platform::ToString(from.order));
  to.set_line_id(platform::ToString(from.line));
  to.set_sku(from.sku);
  to.set_title(from.title);
  to.set_quantity(from.quantity);
  to.set_carrier(from.carrier);
  to.set_tracking_number(from.tracking);
  to.set_claimed_by(platform::ToString(from.claimed_by));
  if (from.lease_until != 0) SetTime(from.lease_until, *to.mutable_lease_expire_time());
  to.set_quantity_received(from.quantity_received);
  to.set_quantity_good(from.quantity_good);
  SetTime(from.created_at, *to.mutable_create_time());
  SetTime(from.updated_at, *to.mutable_update_time());
  to.set_case_state(from.case_state);
  to.set_intercept_outcome(static_cast<v1::InterceptOutcome>(from.intercepted));
}

void ToProto(const UnexpectedGoods& from, v1::UnexpectedGoods& to) {
  to.set_record_id(std::to_string(from.record_id));
  to.set_wms_reference(from.wms_reference);
  to.set_carrier(from.carrier);
  to.set_tracking_number(from.tracking);
  to.set_sku(from.sku);
  to.set_quantity(from.quantity);
  SetTime(from.created_at, *to.mutable_create_time());
}

void ToProto(const Settlement& from, v1::Settlement& to) {
  to.set_case_id(platform::ToString(from.case_id));
  SetMoney(from.currency, from.amount, *to.mutable_amount());
  to.set_state(static_cast<v1::SettlementState>(from.state));
  to.set_payment_reference(from.payment_reference);
  to.set_attempts(from.attempts);
  to.set_customer_id(platform::ToString(from.customer));
  to.set_order_id(platform::ToString(from.order));
  SetTime(from.created_at, *to.mutable_create_time());
  SetTime(from.updated_at, *to.mutable_update_time());
  to.set_case_number(from.case_number);
}

void ToProto(const workflows::Workflow& from, v1::Workflow& to) {
  to.set_kind(std::string(from.kind));
  to.set_version(static_cast<std::uint32_t>(from.version));
  to.set_initial_state(std::string(from.initial_state));
  for (const workflows::StateInfo& state : from.states) {
    v1::WorkflowState& added = *to.add_states();
    added.set_name(std::string(state.name));
    added.set_final(state.final);
    added.set_deadline_rule(std::string(state.deadline_rule));
    added.set_platform_status(std::string(state.platform_status));
  }
  for (const workflows::EventInfo& event : from.events) to.add_events(std::string(event.name));
  for (const workflows::EdgeInfo& edge : from.edges) {
    v1::WorkflowEdge& added = *to.add_edges();
    added.set_source(std::string(edge.source));
    added.set_event(std::string(edge.event));
    added.set_target(std::string(edge.target));
    added.set_guard(edge.Guard());
  }
  for (const workflows::DeadlineRule& rule : from.deadlines) {
    v1::WorkflowDeadline& added = *to.add_deadlines();
    added.set_rule(std::string(rule.rule));
    added.set_condition(std::string(rule.condition));
    added.set_duration_seconds(rule.duration_s);
    added.set_repeat_seconds(rule.repeat_s);
    added.set_warn_seconds(rule.warn_s);
  }
}

std::string DescribeMachines() {
  v1::WorkflowSet all;
  for (const workflows::Workflow* workflow : Workflows()) {
    ToProto(*workflow, *all.add_workflows());
  }
  google::protobuf::util::JsonPrintOptions options;
  options.preserve_proto_field_names = true;
  std::string json;
  if (!google::protobuf::util::MessageToJsonString(all, &json, options).ok()) {
    throw std::runtime_error("the machines cannot be written as JSON");
  }
  return json;
}

TaskReport ToReport(const v1::ReportTaskRequest& from) {
  switch (from.report_case()) {
    case v1::ReportTaskRequest::kReceived:
      return GoodsReceived{from.received().quantity()};
    case v1::ReportTaskRequest::kInspected:
      return GoodsInspected{from.inspected().quantity_good(), from.inspected().reason()};
    case v1::ReportTaskRequest::kFailed:
      return WorkFailed{from.failed().reason()};
    case v1::ReportTaskRequest::kShipped:
      return GoodsShipped{from.shipped().carrier(), from.shipped().tracking_number()};
    case v1::ReportTaskRequest::kPacked:
      return GoodsPacked{};
    case v1::ReportTaskRequest::kIntercepted:
      return InterceptionOf(from.intercepted());
    case v1::ReportTaskRequest::REPORT_NOT_SET:
      break;
  }
  throw platform::InvalidField("report", "is missing; say what happened to the goods");
}

}  // namespace redress::aftersales
