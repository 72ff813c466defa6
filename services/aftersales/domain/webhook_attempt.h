#pragma once

// What one attempt to send something comes to: for the delivery, and for everything else that waits
// for the same address. Pure.
//
// After the third failure in a row nothing is sent to an address for a while, for longer each time
// and five minutes at most, so that not each event runs against the wall for itself. One that has
// taken nothing for a day, or says that it is gone, is paused.

#include <cstdint>
#include <string>

#include "services/aftersales/domain/webhook.h"
#include "services/platform/webhooks/post.h"

namespace redress::aftersales {

struct WebhookAttempt {
  platform::PostOutcome outcome = {};
  std::uint32_t duration_ms = 0;
  std::int64_t ended_at = 0;
  double random = 0;  // from 0 to below 1, see platform/webhooks/retry.h
};

WebhookDelivery AfterAttempt(const WebhookDelivery& before, const WebhookAttempt& attempt);

struct HealthVerdict {
  WebhookHealth health = {};
  PauseReason pause = PauseReason::kNone;  // it has to be paused, and why
};
HealthVerdict AfterAttempt(const WebhookHealth& before, const WebhookAttempt& attempt);

// What the address answered, in words: "HTTP 503", or why there was no answer.
std::string AnswerText(const platform::PostOutcome& outcome);

}  // namespace redress::aftersales
