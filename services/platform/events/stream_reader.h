#pragma once

// Reads one service's stream through a durable pull consumer. Internal to the consumer; used by one
// thread.

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

  // Waits at most wait_ms for the first message; empty when none came. Throws std::runtime_error
  // when the consumer is gone: Bind again.
  std::vector<jetstream::Message> Fetch(std::int64_t wait_ms);

  // How many messages of the stream this consumer has not seen yet; 0 when nobody knows.
  std::uint64_t Pending();

 private:
  // Makes the durable consumer, or changes its settings to these.
  void PutConsumer(const std::string& stream);

  NatsConnection& nats_;
  const std::string service_;
  const std::string durable_;
  const std::int64_t redeliver_after_us_;
  const std::size_t max_batch_;
  jetstream::Context context_;
  jetstream::Subscription subscription_;
  std::int64_t stream_created_ns_ = 0;
};

}  // namespace redress::platform
