#pragma once

// Sends what is due, at least once: claimed, sent, recorded. A process that dies in between leaves
// a lease that runs out, and the event goes once more. Thread-safe.

#include <cstdint>
#include <functional>
#include <string_view>

#include "services/aftersales/domain/webhook_lanes.h"
#include "services/aftersales/domain/webhook_repository.h"
#include "services/platform/base/clock.h"

namespace redress::aftersales {

class WebhookSender {
 public:
  using Post = std::function<platform::PostOutcome(const platform::PostRequest&)>;
  struct Options {
    std::int64_t lease_us = platform::kMinuteUs;  // well above what Post may take
    std::uint32_t slow_ms = 2000;                 // an address that takes longer is suspect
    std::function<double()> random;               // from 0 to below 1; absent: real chance
    // Called with what became of it after each attempt.
    std::function<void(const WebhookDelivery&)> on_attempt;
  };
  struct Uses {
    WebhookDeliveryRepository& deliveries;
    WebhookLanes& lanes;
    Post post;
    const platform::Clock& clock;
  };
  WebhookSender(Options options, Uses uses);

  // Puts what is due into its turn; called by one thread.
  struct Looked {
    bool found_some = false;
    bool has_more = false;
  };
  Looked Look();
  // Sends one event of the lane. False when there is none.
  bool Round(WebhookLane lane);
  // Sends what was claimed or is a test, and records what it came to.
  WebhookDelivery Send(const WebhookJob& job);

 private:
  platform::PostRequest RequestOf(const WebhookJob& job) const;

  const Options options_;
  const Uses uses_;
  WebhookAddress looked_at_{};
};

}  // namespace redress::aftersales
