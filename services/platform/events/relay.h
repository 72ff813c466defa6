#pragma once

// Moves what the outbox lists to JetStream, at least once: reads the oldest rows of the shards that
// this process holds, publishes their events to `redress.events.<service>.<shop>` with Nats-Msg-Id
// and CloudEvents headers, and deletes the rows whose every event was acknowledged. No transaction
// is open while it waits. While the bus is down, rows stay where they are. An event larger than the
// bus's largest message is logged, counted and left out: consumers find it in the history.

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "services/platform/base/clock.h"
#include "services/platform/database/pool.h"
#include "services/platform/events/event_source.h"
#include "services/platform/events/nats_connection.h"

namespace redress::platform {

struct RelayOptions {
  std::string service = {};           // e.g. "order": names the stream and the subjects
  std::string owner = {};             // unique among the running processes; empty: made up
  std::int64_t lease_us = 3'000'000;  // a shard of a dead process is taken over after this
  std::int64_t idle_us = 20'000;      // pause after finding nothing
  std::int64_t ack_wait_us = 2'000'000;
  std::size_t max_rows = 512;     // rows per round over all shards
  std::size_t max_events = 4096;  // events in flight
  std::int64_t stream_max_bytes = std::int64_t{1} << 30;
  std::int64_t stream_max_age_us = std::int64_t{7} * 24 * 3600 * 1'000'000;
  std::int64_t duplicate_window_us = 120'000'000;
  // Called now and then with "outbox_lag_seconds", "outbox_rows", "relay_published_total",
  // "relay_failures_total", "relay_dropped_total" (events larger than the bus takes).
  std::function<void(std::string_view gauge, double value)> report = {};
};

class Relay {
 public:
  Relay(Pool& pool, EventSource& source, NatsConnection& nats, const Clock& clock,
        RelayOptions options);
  ~Relay();  // stops

  void Start();
  void Stop();  // finishes the round under way, gives the shards back
  // For measurements: nothing is read or published until Resume().
  void Pause();
  void Resume();

  std::uint64_t Published() const;  // acknowledged by the stream, since the start

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace redress::platform
