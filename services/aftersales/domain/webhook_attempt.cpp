#include "services/aftersales/domain/webhook_attempt.h"

#include <algorithm>

#include "services/platform/base/clock.h"
#include "services/platform/webhooks/retry.h"

namespace redress::aftersales {
namespace {

constexpr std::uint32_t kFailuresUnpunished = 2;
constexpr std::int64_t kFirstHoldUs = platform::kSecondUs;
constexpr std::int64_t kLongestHoldUs = 5 * platform::kMinuteUs;
constexpr std::int64_t kPauseAfterUs = platform::kDayUs;
// Where hardly anything happens, a day without success may be one attempt or two.
constexpr std::uint32_t kPauseAfterFailures = 8;
constexpr int kGoneStatus = 410;
constexpr std::size_t kMostErrorBytes = 200;

std::int64_t HoldAfter(std::uint32_t failures) {
  if (failures <= kFailuresUnpunished) return 0;
  const std::uint32_t doublings = std::min(failures - kFailuresUnpunished - 1, 20U);
  return std::min(kFirstHoldUs << doublings, kLongestHoldUs);
}

void End(WebhookDelivery& delivery, DeliveryState state, std::int64_t at_us) {
  delivery.state = state;
  delivery.next_at = 0;
  delivery.ended_at = at_us;
}

}  // namespace

WebhookDelivery AfterAttempt(const WebhookDelivery& before, const WebhookAttempt& attempt) {
  WebhookDelivery after = before;
  after.status = static_cast<std::uint16_t>(attempt.outcome.status);
  after.error = attempt.outcome.error.substr(0, kMostErrorBytes);
  after.duration_ms = attempt.duration_ms;
  if (attempt.outcome.IsTaken()) {
    End(after, DeliveryState::kDelivered, attempt.ended_at);
  } else if (before.IsTest()) {
    End(after, DeliveryState::kTestFailed, attempt.ended_at);
  } else if (const auto next = platform::NextAttemptAt(before.attempts, before.first_tried_at,
                                                       attempt.ended_at, attempt.random)) {
    after.state = DeliveryState::kWaiting;
    after.next_at = *next;
  } else {
    End(after, DeliveryState::kDeadLetter, attempt.ended_at);
  }
  return after;
}

HealthVerdict AfterAttempt(const WebhookHealth& before, const WebhookAttempt& attempt) {
  if (attempt.outcome.IsTaken()) return {};
  const std::int64_t now_us = attempt.ended_at;
  HealthVerdict after;
  after.health.failures = before.failures + 1;
  after.health.failing_since_at = before.failures == 0 ? now_us : before.failing_since_at;
  const std::int64_t hold = HoldAfter(after.health.failures);
  after.health.held_until_at = hold == 0 ? 0 : now_us + hold;
  if (attempt.outcome.status == kGoneStatus) {
    after.pause = PauseReason::kGone;
  } else if (after.health.failures >= kPauseAfterFailures &&
             now_us - after.health.failing_since_at >= kPauseAfterUs) {
    after.pause = PauseReason::kFailing;
  }
  return after;
}

std::string AnswerText(const platform::PostOutcome& outcome) {
  if (outcome.status != 0) return "HTTP " + std::to_string(outcome.status);
  return outcome.error.substr(0, kMostErrorBytes);
}

}  // namespace redress::aftersales
