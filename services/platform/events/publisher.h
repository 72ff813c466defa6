#pragma once

// Publishes a batch of events and waits, within a bound, for the stream's acknowledgements.
// Internal to the relay; used by one thread.

#include <chrono>
#include <mutex>
#include <set>
#include <span>
#include <string>
#include <unordered_set>

#include "redress/events/v1/event.pb.h"
#include "services/platform/events/event_ref.h"
#include "services/platform/events/jetstream.h"

namespace redress::platform {

class Publisher {
 public:
  Publisher(NatsConnection& nats, std::string service, jetstream::StreamLimits limits,
            std::int64_t ack_wait_us);

  // Creates the stream unless it was seen; false while the bus is down.
  bool Ready();
  // Now and then, when there is nothing to publish: consumers wait for the stream, not for its
  // first event, so one whose store was wiped is made again before there is one.
  void KeepStream();

  struct Outcome {
    std::set<EventRef> unacknowledged;  // all of them while the bus is down
    std::set<EventRef> too_large;       // above the bus's largest message: it never takes them
  };
  // Creates the stream when it is missing.
  Outcome Publish(std::span<const redress::events::v1::Event> events);

 private:
  static void OnAckError(jsCtx*, jsPubAckErr* error, void* closure);

  natsStatus Send(const redress::events::v1::Event& event);
  void WaitForAcknowledgements();

  NatsConnection& nats_;
  const std::string service_;
  const jetstream::StreamLimits limits_;
  const std::int64_t ack_wait_ms_;
  jetstream::Context context_;
  bool stream_seen_ = false;
  std::chrono::steady_clock::time_point look_at_stream_at_{};

  std::mutex mutex_;  // OnAckError runs on a thread of the library
  std::unordered_set<std::string> failed_;
};

}  // namespace redress::platform
