#pragma once

// Brings the events of other services to a handler, at least once and in any order, whatever the
// bus loses. Events come from a durable pull consumer per source; what is missing is read from the
// source's EventsService: gaps in an aggregate's sequence once they are older than 30 s, and –
// since a lost last event leaves no gap – every aggregate that changed since the last
// reconciliation − 5 min, compared at the start, every minute, and when the stream is new; not what
// a long queue in the stream will bring by itself.
//
// A batch that the handler cannot take is handed over once more by shop, then by aggregate. An
// aggregate that fails alone is set aside, durably: the rest is acknowledged, and its events are
// tried again from the history at every reconciliation.
//
//   Consumer consumer(pool, nats, clock, memory,
//                     {.durable = "scoring", .sources = {{"order", order_channel}}},
//                     [&](std::span<const Event> events) { …commit facts and figures… });
//   consumer.Start();

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "redress/events/v1/event.pb.h"
#include "services/platform/base/clock.h"
#include "services/platform/database/pool.h"
#include "services/platform/events/event_ref.h"
#include "services/platform/events/nats_connection.h"

namespace grpc {
class Channel;
}

namespace redress::platform {

// What the consuming service already has. Thread-safe.
class ConsumerMemory {
 public:
  virtual ~ConsumerMemory() = default;

  // For each aggregate of `source`, the first sequence that may be missing: n + 1 when 1…n are all
  // there. A consumer that needs only an aggregate's newest event says newest + 1; one that does
  // not care for the aggregate says kNotNeeded.
  virtual std::vector<std::uint32_t> FirstMissing(std::string_view source,
                                                  std::span<const AggregateKey> aggregates) = 0;
  static constexpr std::uint32_t kNotNeeded = 0xffffffff;

  // Aggregates of `source` in which a sequence is missing below one that is there, first noticed
  // before `noticed_before_us`; at most `limit`. Those that need no history have none.
  virtual std::vector<AggregateKey> Gaps(std::string_view source, std::int64_t noticed_before_us,
                                         std::size_t limit) = 0;
};

// Thrown by a handler, before it has done anything, when events of these shops cannot be taken yet
// (their zone is not known, say). They come again later; the rest of the batch comes again at once.
class NotYet : public std::runtime_error {
 public:
  NotYet(std::vector<ShopId> shops, const std::string& why)
      : std::runtime_error(why), shops_(std::move(shops)) {}
  const std::vector<ShopId>& shops() const { return shops_; }

 private:
  std::vector<ShopId> shops_;
};

struct ConsumerSource {
  std::string service = {};                // names the stream, e.g. "order"
  std::shared_ptr<grpc::Channel> channel;  // to its EventsService
};

struct ConsumerOptions {
  std::string durable = {};  // names the consumer, e.g. "scoring"
  std::vector<ConsumerSource> sources = {};
  std::uint32_t newest_schema_version = 1;  // an event above it stops the consumer of that source
  std::size_t max_batch = 512;
  std::int64_t gap_age_us = 30'000'000;
  std::int64_t gap_check_every_us = 5'000'000;
  std::int64_t reconcile_every_us = 60'000'000;
  std::int64_t reconcile_overlap_us = 300'000'000;
  std::int64_t redeliver_after_us = 30'000'000;  // what was not acknowledged comes again
  std::int64_t not_yet_delay_us = 1'000'000;
  // Called now and then with "consumer_lag_events:<source>", "consumer_applied_total:<source>",
  // "consumer_filled_total:<source>", "consumer_stopped:<source>" (1 when stopped),
  // "consumer_set_aside:<source>" (aggregates).
  std::function<void(std::string_view gauge, double value)> report = {};
};

// All events of one call are of one source. Commits before it returns. A lost or busy database, or
// a Refusal that tells to come again, makes the batch come again; any other failure is the events'
// own. May be called by several threads, one per source.
using EventHandler = std::function<void(std::span<const redress::events::v1::Event>)>;

class Consumer {
 public:
  Consumer(Pool& pool, NatsConnection& nats, const Clock& clock, ConsumerMemory& memory,
           ConsumerOptions options, EventHandler handler);
  ~Consumer();  // stops

  void Start();
  void Stop();
  // For measurements: nothing is fetched until Resume().
  void Pause();
  void Resume();

  std::uint64_t Applied() const;  // events that the handler has taken, since the start
  std::uint64_t Filled() const;   // of these, read from the source's history
  // Why a source's consumer has stopped, or empty: an event of an unknown schema version.
  std::string StoppedBecause(std::string_view source) const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace redress::platform
