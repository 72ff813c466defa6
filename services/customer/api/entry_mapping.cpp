#include <type_traits>
#include <variant>

#include "services/customer/api/person_mapping.h"
#include "services/customer/api/tag_mapping.h"
#include "services/platform/privacy/timestamps.h"

namespace redress::customer {

using platform::SetTime;

namespace {

void ToProto(const OrderFact& fact, v1::OrderEntry& out) {
  out.set_order_id(platform::ToString(fact.id));
  out.set_platform(fact.platform);
  out.set_order_number(fact.number);
  out.set_status(fact.status);
  out.set_currency_code(fact.currency);
  if (fact.paid_at != 0) SetTime(fact.paid_at, *out.mutable_paid_time());
  out.set_paid_minor(fact.paid_minor);
  out.set_refunded_minor(fact.refunded_minor);
  out.set_line_count(fact.line_count);
  for (const BoughtArticle& one : fact.articles) {
    v1::Article& added = *out.add_articles();
    added.set_sku(one.sku);
    added.set_properties(one.properties);
    added.set_quantity(one.quantity);
    added.set_paid_minor(one.paid_minor);
  }
}

void ToProto(const CaseFact& fact, v1::CaseEntry& out) {
  out.set_case_id(platform::ToString(fact.id));
  out.set_case_number(fact.number);
  out.set_kind(fact.kind);
  out.set_variant(fact.variant);
  out.set_state(fact.state);
  out.set_final(fact.is_final);
  out.set_outcome(fact.outcome);
  out.set_order_id(platform::ToString(fact.order));
  out.set_currency_code(fact.currency);
  out.set_asked_minor(fact.asked_minor);
  out.set_settled_minor(fact.settled_minor);
  SetTime(fact.last_step_at, *out.mutable_last_step_time());
  out.set_review_stars(fact.review_stars);
  out.set_review_change(fact.review_change);
  out.set_review_judgement(fact.review_judgement);
  out.set_verdict(fact.verdict);
  out.set_platform_intervened(fact.platform_intervened);
}

void ToProto(const ConversationFact& fact, v1::ConversationEntry& out) {
  out.set_conversation_id(platform::ToString(fact.id));
  out.set_channel(fact.channel);
  out.set_agent_id(platform::ToString(fact.agent));
  SetTime(fact.last_message_at, *out.mutable_last_message_time());
  out.set_customer_messages(fact.customer_messages);
  out.set_shop_messages(fact.shop_messages);
  out.set_ended(fact.ended);
}

void ToProto(const AdjustmentFact& fact, v1::AdjustmentEntry& out) {
  out.set_adjustment_id(platform::ToString(fact.id));
  out.set_refund(fact.is_refund);
  out.set_order_id(platform::ToString(fact.order));
  out.set_currency_code(fact.currency);
  out.set_amount_minor(fact.amount_minor);
}

void ToProto(const Note& note, v1::NoteEntry& out) {
  out.set_note_id(platform::ToString(note.id));
  out.set_text(note.text);
  out.set_pinned(note.pinned);
  out.set_author_id(platform::ToString(note.author));
}

void ToProto(const CouponFact& coupon, v1::CouponEntry& out) {
  out.set_case_id(platform::ToString(coupon.id));
  out.set_case_number(coupon.case_number);
  out.set_compensation_number(coupon.given.number);
  out.set_currency_code(coupon.given.currency);
  out.set_amount_minor(coupon.given.amount_minor);
}

}  // namespace

void ToProto(const TimelineEntry& entry, v1::TimelineEntry& out) {
  out.set_kind(static_cast<v1::TimelineKind>(entry.kind));
  SetTime(entry.happened_at, *out.mutable_happen_time());
  out.set_customer_id(platform::ToString(entry.customer));
  if (const auto* order = std::get_if<OrderFact>(&entry.what)) {
    ToProto(*order, *out.mutable_order());
  } else if (const auto* one = std::get_if<CaseFact>(&entry.what)) {
    ToProto(*one, *out.mutable_case_());
  } else if (const auto* talk = std::get_if<ConversationFact>(&entry.what)) {
    ToProto(*talk, *out.mutable_conversation());
  } else if (const auto* adjustment = std::get_if<AdjustmentFact>(&entry.what)) {
    ToProto(*adjustment, *out.mutable_adjustment());
  } else if (const auto* note = std::get_if<Note>(&entry.what)) {
    ToProto(*note, *out.mutable_note());
  } else if (const auto* care = std::get_if<CareTask>(&entry.what)) {
    ToProto(*care, *out.mutable_care());
  } else if (const auto* coupon = std::get_if<CouponFact>(&entry.what)) {
    ToProto(*coupon, *out.mutable_coupon());
  }
}

}  // namespace redress::customer
