#pragma once

// Reads one service's stream through a durable pull consumer. Internal to the consumer; used by one
// thread.
//
// It asks for messages by JetStream's own protocol ("Requesting Next Message" in NATS' reference of
// JetStream's API) instead of natsSubscription_Fetch: in libnats 3.4.1, Debian 12's, that function
// writes behind the end of its list when more than half a batch is waiting as it begins, which
// happens whenever messages come after the caller has given up.

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "services/platform/events/jetstream.h"

namespace redress::platform {

class StreamReader {
 public:
  StreamReader(NatsConnection& nats, std::string service, std::string durable,
               std::int64_t redeliver_after_us, std::size_t max_batch);

  // Binds to the stream. Answers whether it is another stream than last time (or the first): what
  // the old one held may be lost. Throws std::runtime_error while the bus or the stream is away.
  bool Bind();

  // Waits at most wait_ms for the first message, and a moment for those behind it; a batch at most.
  // Empty when none came. Throws std::runtime_error when the consumer is gone: Bind again.
  std::vector<jetstream::Message> Fetch(std::int64_t wait_ms);

  // What became of a message: taken; not taken, to be brought again after a while; never to be
  // brought again. Lost on the way, they leave the message to be brought again.
  void Acknowledge(const jetstream::Message& message);
  void Return(const jetstream::Message& message, std::int64_t after_us);
  void Drop(const jetstream::Message& message);

  // How many messages of the stream this consumer has not seen yet; 0 when nobody knows.
  std::uint64_t Pending();

 private:
  using SteadyTime = std::chrono::steady_clock::time_point;

  // Asks the server for a batch, to be sent as messages come, for so long.
  void Ask(std::int64_t wait_ms);
  // Adds the next message if one comes in time; answers whether one did.
  bool Take(std::vector<jetstream::Message>& messages, std::chrono::milliseconds wait);
  // What the server says of a request instead of a message.
  void HearStatus(natsMsg& status);
  [[noreturn]] void GiveUp(const std::string& problem);
  void Reply(const jetstream::Message& message, const std::string& answer);
  // Makes the durable consumer, or changes its settings to these.
  void PutConsumer(const std::string& stream);

  NatsConnection& nats_;
  const std::string service_;
  const std::string durable_;
  const std::int64_t redeliver_after_us_;
  const std::size_t max_batch_;
  jetstream::Context context_;
  std::string stream_name_;
  jetstream::Subscription subscription_;  // of all answers to requests
  std::string inbox_;
  // The request that is open: where its answers go, how many may still come, and until when.
  std::uint64_t requests_ = 0;
  std::string reply_to_;
  std::size_t asked_for_ = 0;
  SteadyTime asked_until_;
  std::int64_t stream_created_ns_ = 0;
};

}  // namespace redress::platform
