#pragma once

// The consumer of one source: fetches, hands over, acknowledges; fills gaps; reconciles; tries
// again what was set aside. Internal to the consumer; runs on one thread, the counters may be read
// by any.

#include <atomic>
#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <vector>

#include "services/platform/base/clock.h"
#include "services/platform/database/pool.h"
#include "services/platform/events/consumer.h"
#include "services/platform/events/history_reader.h"
#include "services/platform/events/set_aside.h"
#include "services/platform/events/stream_reader.h"

namespace redress::platform {

class SourceConsumer {
 public:
  SourceConsumer(Pool& pool, NatsConnection& nats, const Clock& clock, ConsumerMemory& memory,
                 const ConsumerOptions& options, const ConsumerSource& source,
                 const EventHandler& handler);

  // One round: whatever is due, then at most one batch of the stream. Throws when something does
  // not answer; the next round goes on from there. Waits a fraction of a second at most when idle.
  void Round();

  const std::string& service() const { return service_; }
  std::uint64_t applied() const { return applied_; }
  std::uint64_t filled() const { return filled_; }
  std::uint64_t pending() const { return pending_; }
  std::size_t set_aside() const { return set_aside_.size(); }
  // Not empty once an event of an unknown schema version was met.
  std::string StoppedBecause() const;

 private:
  using Events = std::vector<redress::events::v1::Event>;
  using SteadyTime = std::chrono::steady_clock::time_point;

  void LookAtStream();
  // Up to when whatever was recorded has left the stream, or never was in it; nothing while that is
  // not known.
  std::optional<std::int64_t> PassedUntil(SteadyTime now);
  // Compares what was recorded since the last reconciliation, up to that time.
  void Reconcile(std::int64_t until_us);
  // Whether everything recorded until then is here.
  bool Compare(std::int64_t until_us);
  void FillGaps();
  void RetrySetAside();
  // Whether all of it could be taken; else it stays set aside.
  bool Retry(const SetAside::Entry& entry, std::uint32_t from_sequence);
  void FillBehind(std::span<const EventRef> heads);
  void ConsumeBatch();
  void Acknowledge(const std::vector<jetstream::Message>& messages, const Events& events,
                   const std::set<ShopId>& later);
  // Hands the events over, and sets aside the aggregates whose events cannot be taken; answers the
  // shops whose events have to come again.
  std::set<ShopId> Apply(std::span<const redress::events::v1::Event> events);
  // In one go, but for the shops that have to wait: they are in `later`, or get there.
  void HandOver(std::span<const redress::events::v1::Event> events, std::set<ShopId>& later);
  // One shop after the other, then one aggregate after the other; answers those that failed.
  std::set<AggregateKey> HandOverApart(std::span<const redress::events::v1::Event> events,
                                       std::set<ShopId>& later);
  void ApplyFromHistory(std::span<const redress::events::v1::Event> events);
  void CheckVersions(std::span<const redress::events::v1::Event> events);
  bool StopsAt(const redress::events::v1::Event& event);

  Pool& pool_;
  const Clock& clock_;
  ConsumerMemory& memory_;
  const ConsumerOptions& options_;
  const std::string service_;
  const EventHandler& handler_;
  HistoryReader history_;
  StreamReader stream_;
  SetAside set_aside_;

  // A place in a long queue: what was recorded before, and how much is fetched when it has come by.
  struct Mark {
    std::int64_t recorded_us = 0;
    std::uint64_t fetched = 0;
    SteadyTime set_at{};
  };

  std::optional<Mark> mark_;
  std::uint64_t fetched_ = 0;  // messages of the stream
  SteadyTime look_at_stream_at_{};
  SteadyTime reconcile_at_{};
  SteadyTime fill_gaps_at_{};
  SteadyTime retry_set_aside_at_{};
  bool bound_ = false;
  bool all_taken_ = true;  // of what the history gave since the reconciliation began
  std::atomic<std::uint64_t> applied_{0};
  std::atomic<std::uint64_t> filled_{0};
  std::atomic<std::uint64_t> pending_{0};
  mutable std::mutex mutex_;
  std::string stopped_because_;
};

}  // namespace redress::platform
