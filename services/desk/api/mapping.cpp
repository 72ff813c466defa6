#include "services/desk/api/mapping.h"

#include "services/platform/base/errors.h"

namespace redress::desk {
namespace {

void SetTime(std::int64_t at_us, google::protobuf::Timestamp& to) {
  to.set_seconds(at_us / platform::kSecondUs);
  to.set_nanos(static_cast<std::int32_t>(at_us % platform::kSecondUs * 1000));
}

v1::ChannelKind ToProto(ChannelKind from) {
  return from == ChannelKind::kManual ? v1::CHANNEL_KIND_MANUAL : v1::CHANNEL_KIND_HTTP;
}

}  // namespace

void ToProto(const Phrase& from, v1::Phrase& to) {
  to.set_phrase_id(platform::ToString(from.id));
  to.set_name(from.name);
  to.set_language(from.language);
  to.set_text(from.text);
  to.set_version(from.version);
  to.set_archived(from.archived);
  SetTime(from.created_at, *to.mutable_create_time());
  SetTime(from.revised_at, *to.mutable_revise_time());
  to.set_reviser_id(platform::ToString(from.reviser));
}

void ToProto(const Message& from, bool shows_content, v1::Message& to) {
  to.set_message_id(platform::ToString(from.id));
  to.set_case_id(platform::ToString(from.case_id));
  to.set_case_number(from.case_number);
  to.set_order_id(platform::ToString(from.order));
  to.set_customer_id(platform::ToString(from.customer));
  to.set_rule_code(from.rule_code);
  if (!from.rule_code.empty()) to.set_case_step(static_cast<std::uint32_t>(from.occasion));
  to.set_phrase_id(platform::ToString(from.phrase));
  to.set_phrase_version(from.phrase_version);
  to.set_channel(ToProto(from.channel));
  // Both count the same states in the same order.
  to.set_state(static_cast<v1::MessageState>(from.state));
  to.set_reason(from.reason);
  if (shows_content && from.content) {
    v1::MessageContent& content = *to.mutable_content();
    content.set_text(from.content->text);
    content.set_customer_nick(from.content->customer_nick);
    content.set_platform(from.content->platform);
    content.set_order_number(from.content->order_number);
  }
  to.set_attempts(from.attempts);
  to.set_version(from.version);
  SetTime(from.created_at, *to.mutable_create_time());
  if (from.due_at != 0) SetTime(from.due_at, *to.mutable_due_time());
  if (from.sent_at != 0) SetTime(from.sent_at, *to.mutable_send_time());
  to.set_sender_id(platform::ToString(from.sender));
  SetTime(from.updated_at, *to.mutable_update_time());
}

void ToProto(const NotificationRule& from, v1::NotificationRule& to) {
  to.set_rule_code(from.code);
  to.set_case_kind(from.case_kind);
  to.set_event(from.event);
  to.set_state(from.state);
  to.set_outcome(from.outcome);
  to.set_phrase_id(platform::ToString(from.phrase));
  to.set_channel(ToProto(from.channel));
  to.set_delay_seconds(static_cast<std::uint32_t>(from.delay_us / platform::kSecondUs));
  to.set_quiet_days(from.quiet_days);
  to.set_minimum_score(from.minimum_score);
  to.set_invites_review(from.invites_review);
  to.set_enabled(from.enabled);
  to.set_version(from.version);
  if (from.enabled) SetTime(from.enabled_at, *to.mutable_enable_time());
}

void ToProto(const HttpChannelSettings& from, v1::HttpChannel& to) {
  to.set_url(from.url);
  to.set_version(from.version);
  SetTime(from.updated_at, *to.mutable_update_time());
}

NotificationRule RuleOf(const v1::SetNotificationRuleRequest& from) {
  NotificationRule rule;
  rule.code = from.rule_code();
  rule.version = from.version();
  rule.case_kind = from.case_kind();
  rule.event = from.event();
  rule.state = from.state();
  rule.outcome = from.outcome();
  rule.phrase = platform::ParseId<PhraseId>(from.phrase_id(), "phrase_id");
  rule.channel = ChannelOf(from.channel(), "channel");
  rule.delay_us = from.delay_seconds() * platform::kSecondUs;
  rule.quiet_days = from.quiet_days();
  rule.minimum_score = from.minimum_score();
  rule.invites_review = from.invites_review();
  rule.enabled = from.enabled();
  return rule;
}

ChannelKind ChannelOf(v1::ChannelKind from, const std::string& field) {
  if (from == v1::CHANNEL_KIND_MANUAL) return ChannelKind::kManual;
  if (from == v1::CHANNEL_KIND_HTTP) return ChannelKind::kHttp;
  throw platform::InvalidField(field, "is no channel that there is; say MANUAL or HTTP");
}

bool MaySeeContent(const platform::Caller& caller) {
  return caller.has(common::v1::ROLE_AGENT) || caller.has(common::v1::ROLE_SUPERVISOR);
}

Write MakeWrite(const platform::Call& call, const std::string& request_id,
                const google::protobuf::Message& request) {
  const std::string actor =
      platform::ToString(call.caller.account) + "|" + call.caller.service + "|";
  return {
      .shop = call.caller.shop,
      .request_id = request_id,
      .digest = platform::Sha256(actor + request.GetTypeName() + "|" + request.SerializeAsString()),
      .account = call.caller.account,
      .now_us = call.clock.NowUs()};
}

}  // namespace redress::desk
