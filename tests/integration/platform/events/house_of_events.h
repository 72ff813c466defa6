#pragma once

// What the tests of events share: a service with an event log, a real bus, and a way to make
// events.

#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "redress/events/v1/event.pb.h"
#include "services/platform/base/clock.h"
#include "services/platform/database/pool.h"
#include "services/platform/events/consumer.h"
#include "services/platform/events/event_log.h"
#include "services/platform/events/event_source.h"
#include "services/platform/events/nats_connection.h"
#include "services/platform/events/relay.h"
#include "tests/support/private_nats.h"

namespace redress::test {

// A fresh schema with the platform's tables.
std::unique_ptr<platform::Pool> NewSchema(const std::string& name);

// An event of an order.
platform::NewEvent OrderEvent(std::uint32_t shop, std::uint64_t order, std::uint32_t sequence,
                              std::int64_t occurred_at_us = 1'700'000'000'000'000);

// The service that the events come from.
class SourceService {
 public:
  SourceService();

  // One transaction per call.
  void Append(std::vector<platform::NewEvent> events);
  std::int64_t OutboxRows();
  platform::RelayOptions RelayOptions() const;

  platform::SystemClock clock;
  platform::TimeOrderedIds ids{clock, 1};
  std::unique_ptr<platform::Pool> pool;
  platform::EventLog log{ids, clock};
  platform::EventsTableSource source;
};

// A consumer's side that remembers keys in memory.
class RememberedEvents final : public platform::ConsumerMemory {
 public:
  void Take(std::span<const redress::events::v1::Event> events);

  std::size_t Count() const;                                  // different keys
  std::size_t Deliveries() const;                             // calls count repeats, too
  std::map<std::uint64_t, std::size_t> PerAggregate() const;  // different keys

  std::vector<std::uint32_t> FirstMissing(
      std::string_view source, std::span<const platform::AggregateKey> aggregates) override;
  std::vector<platform::AggregateKey> Gaps(std::string_view source, std::int64_t noticed_before_us,
                                           std::size_t limit) override;

 private:
  mutable std::mutex mutex_;
  std::map<platform::AggregateKey, std::map<std::uint32_t, int>> known_;
  std::size_t deliveries_ = 0;
};

}  // namespace redress::test
