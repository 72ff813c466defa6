#include "services/aftersales/api/webhook_mapping.h"

#include "services/aftersales/api/mapping.h"
#include "services/aftersales/domain/webhook_events.h"

namespace redress::aftersales {
namespace {

static_assert(static_cast<int>(WebhookState::kPaused) == v1::WebhookState_MAX);
static_assert(static_cast<int>(PauseReason::kGone) == v1::WebhookPauseReason_MAX);
static_assert(static_cast<int>(DeliveryState::kTestFailed) == v1::WebhookDeliveryState_MAX);

void SetTimeUnlessNone(std::int64_t at_us, auto mutable_time) {
  if (at_us != 0) SetTime(at_us, *mutable_time());
}

}  // namespace

void ToProto(const Webhook& from, v1::Webhook& to) {
  to.set_webhook_id(platform::ToString(from.id));
  to.set_title(from.settings.title);
  to.set_url(from.settings.url);
  for (const std::string& type : from.settings.event_types) to.add_event_types(type);
  to.set_state(static_cast<v1::WebhookState>(from.state));
  to.set_pause_reason(static_cast<v1::WebhookPauseReason>(from.pause_reason));
  to.set_pause_detail(from.pause_detail);
  SetTimeUnlessNone(from.paused_at, [&] { return to.mutable_pause_time(); });
  to.set_failures(from.health.failures);
  SetTimeUnlessNone(from.health.failing_since_at, [&] { return to.mutable_failing_since_time(); });
  SetTimeUnlessNone(from.previous_until_at,
                    [&] { return to.mutable_previous_secret_until_time(); });
  to.set_waiting(from.waiting);
  to.set_dead_letters(from.dead_letters);
  to.set_version(from.version);
  to.set_created_by(platform::ToString(from.created_by));
  SetTime(from.created_at, *to.mutable_create_time());
  SetTime(from.updated_at, *to.mutable_update_time());
}

void ToProto(const WebhookDelivery& from, v1::WebhookDelivery& to) {
  to.set_delivery_id(platform::ToString(from.id));
  to.set_webhook_id(platform::ToString(from.webhook));
  to.set_event_id(from.IsTest() ? TestEventId(from.id) : WebhookEventId(from.event));
  to.set_event_type(from.event_type);
  to.set_case_id(platform::ToString(from.event.case_id));
  to.set_sequence(from.event.sequence);
  to.set_state(static_cast<v1::WebhookDeliveryState>(from.state));
  to.set_attempts(from.attempts);
  if (from.state == DeliveryState::kWaiting) SetTime(from.next_at, *to.mutable_next_attempt_time());
  to.set_status(from.status);
  to.set_error(from.error);
  to.set_duration_ms(from.duration_ms);
  SetTime(from.queued_at, *to.mutable_queue_time());
  SetTimeUnlessNone(from.attempted_at, [&] { return to.mutable_attempt_time(); });
  SetTimeUnlessNone(from.ended_at, [&] { return to.mutable_end_time(); });
}

}  // namespace redress::aftersales
