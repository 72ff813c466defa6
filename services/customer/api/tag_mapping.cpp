#include "services/customer/api/tag_mapping.h"

#include "services/platform/privacy/timestamps.h"
#include "services/platform/time_zone/time_zone.h"

namespace redress::customer {

using platform::SetTime;

namespace {

constexpr std::int64_t kNanosOfUs = 1000;

void SetReasons(const std::vector<rules::Reason>& from,
                google::protobuf::RepeatedPtrField<v1::RuleReason>& to) {
  for (const rules::Reason& reason : from) {
    v1::RuleReason& added = *to.Add();
    added.set_fact(reason.fact);
    added.set_value(reason.value);
  }
}

}  // namespace

std::int64_t TimeOf(const google::protobuf::Timestamp& from) {
  return from.seconds() * platform::kSecondUs + from.nanos() / kNanosOfUs;
}

void ToProto(const Tag& from, v1::Tag& to) {
  to.set_tag_code(from.code);
  to.set_group(from.group);
  to.set_colour(from.colour);
  to.set_name_zh(from.name_zh);
  to.set_name_en(from.name_en);
  to.set_meaning_zh(from.meaning_zh);
  to.set_meaning_en(from.meaning_en);
  to.set_expiry_days(from.expiry_days);
  to.set_by_hand(from.by_hand);
  to.set_by_rule(from.by_rule);
  to.set_archived(from.archived);
  to.set_version(from.version);
}

void ToProto(const CustomerTag& from, v1::CustomerTag& to) {
  to.set_tag_code(from.tag);
  to.set_origin(static_cast<v1::TagOrigin>(from.origin));
  to.set_customer_id(platform::ToString(from.customer));
  to.set_account_id(platform::ToString(from.account));
  to.set_rule_version(from.rule_version);
  SetTime(from.since, *to.mutable_set_time());
  if (from.expires_at != 0) SetTime(from.expires_at, *to.mutable_expire_time());
}

void ToProto(const TagChange& from, v1::TagChange& to) {
  to.set_tag_code(from.tag);
  to.set_action(static_cast<v1::TagAction>(from.action));
  to.set_origin(static_cast<v1::TagOrigin>(from.origin));
  to.set_customer_id(platform::ToString(from.customer));
  to.set_account_id(platform::ToString(from.account));
  to.set_rule_version(from.rule_version);
  SetReasons(from.why, *to.mutable_reasons());
  SetTime(from.changed_at, *to.mutable_change_time());
  if (from.expires_at != 0) SetTime(from.expires_at, *to.mutable_expire_time());
}

void ToProto(const TagExplanation& from, v1::TagExplanation& to) {
  to.set_has_tag(from.has_tag);
  to.set_origin(static_cast<v1::TagOrigin>(from.origin));
  to.set_denied(from.denied);
  to.set_account_id(platform::ToString(from.account));
  if (from.decided_at != 0) SetTime(from.decided_at, *to.mutable_decide_time());
  if (from.expires_at != 0) SetTime(from.expires_at, *to.mutable_expire_time());
  to.set_rule_version(from.rule_version);
  to.set_expression(from.expression);
  to.set_rule_matches(from.rule_matches);
  SetReasons(from.why, *to.mutable_reasons());
  if (from.next_change_at != 0) SetTime(from.next_change_at, *to.mutable_next_change_time());
}

void ToProto(const TagRule& from, v1::TagRule& to) {
  to.set_tag_code(from.tag);
  to.set_version(from.version);
  to.set_expression(from.expression);
  to.set_state(static_cast<v1::TagRuleState>(from.state));
  to.set_on_version(from.on_version);
  to.set_on_expression(from.on_expression);
  to.set_author_id(platform::ToString(from.author));
  SetTime(from.written_at, *to.mutable_write_time());
  SetTime(from.changed_at, *to.mutable_change_time());
}

void ToProto(const TagRule& from, v1::TagRuleVersion& to) {
  to.set_version(from.version);
  to.set_expression(from.expression);
  to.set_author_id(platform::ToString(from.author));
  SetTime(from.written_at, *to.mutable_write_time());
}

void ToProto(const Segment& from, v1::Segment& to) {
  to.set_segment_code(from.code);
  to.set_name_zh(from.name_zh);
  to.set_name_en(from.name_en);
  to.set_expression(from.expression);
  to.set_archived(from.archived);
  to.set_version(from.version);
  to.set_members(from.members);
  if (from.counted_at != 0) SetTime(from.counted_at, *to.mutable_count_time());
  to.set_settled(from.settled);
}

void ToProto(const SegmentMember& from, v1::SegmentMember& to) {
  to.set_customer_id(platform::ToString(from.customer));
  to.set_platform(from.platform);
  to.set_nick(from.nick);
  SetTime(from.joined_at, *to.mutable_join_time());
}

void ToProto(const CareRule& from, v1::CareRule& to) {
  to.set_rule_code(from.code);
  to.set_name_zh(from.name_zh);
  to.set_name_en(from.name_en);
  to.set_expression(from.expression);
  to.set_occasion(static_cast<v1::CareOccasion>(from.occasion));
  for (const std::int64_t day : from.days) to.add_days(platform::DayText(day));
  to.set_days_ahead(from.days_ahead);
  to.set_quiet_days(from.quiet_days);
  to.set_coupon(from.coupon);
  to.set_enabled(from.enabled);
  to.set_version(from.version);
}

void ToProto(const CareWishes& from, v1::CareWishes& to) {
  to.set_customer_id(platform::ToString(from.customer));
  to.set_birthday(from.birthday);
  to.set_no_contact(from.no_contact);
  to.set_version(from.version);
}

void ToProto(const CareTask& from, v1::CareTask& to) {
  to.set_task_id(platform::ToString(from.id));
  to.set_rule_code(from.rule);
  to.set_customer_id(platform::ToString(from.customer));
  to.set_occasion(static_cast<v1::CareOccasion>(from.occasion));
  to.set_occasion_day(platform::DayText(from.occasion_day));
  to.set_state(static_cast<v1::CareTaskState>(from.state));
  SetTime(from.due_at, *to.mutable_due_time());
  to.set_worker_id(platform::ToString(from.worker));
  to.set_result(from.result);
  to.set_coupon_code(from.coupon);
  if (from.finished_at != 0) SetTime(from.finished_at, *to.mutable_finish_time());
  to.set_version(from.version);
}

Tag TagOf(const v1::SetTagRequest& from) {
  return {.code = from.tag_code(),
          .group = from.group(),
          .colour = from.colour(),
          .name_zh = from.name_zh(),
          .name_en = from.name_en(),
          .meaning_zh = from.meaning_zh(),
          .meaning_en = from.meaning_en(),
          .expiry_days = from.expiry_days(),
          .by_hand = from.by_hand(),
          .version = from.version()};
}

}  // namespace redress::customer
