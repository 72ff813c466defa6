#include "tests/integration/platform/events/house_of_events.h"

#include "services/platform/database/transact.h"
#include "services/platform/migrations/migrations.gen.h"
#include "tests/support/private_maria_db.h"

namespace redress::test {

using platform::AggregateKey;
using platform::Connection;
using platform::NewEvent;
using platform::Pool;
using platform::ShopId;

std::unique_ptr<Pool> NewSchema(const std::string& name) {
  auto pool =
      std::make_unique<Pool>(PrivateMariaDb::Instance().CreateSchema(name), InjectedFaults());
  platform::Migrate(*pool, platform::PlatformMigrations());
  return pool;
}

NewEvent OrderEvent(std::uint32_t shop, std::uint64_t order, std::uint32_t sequence,
                    std::int64_t occurred_at_us) {
  NewEvent event{ShopId{shop}, order, sequence, occurred_at_us, {}};
  auto& facts = *event.payload.mutable_order_paid()->mutable_order();
  facts.set_order_version(sequence);
  facts.set_currency_code("GBP");
  facts.set_paid_at_us(occurred_at_us);
  facts.add_lines()->set_paid_minor(1'000 + sequence);
  return event;
}

SourceService::SourceService() : pool(NewSchema("source")) {}

void SourceService::Append(std::vector<NewEvent> events) {
  platform::Transact(*pool, [&](Connection& connection) {
    // A repeat after a lost connection finds what the first run committed.
    const auto& first = events.front();
    auto known = connection.Query(
        "SELECT sequence FROM events WHERE shop_id = ? AND aggregate_id = ? AND sequence = ?"
        " FOR UPDATE",
        {first.shop, first.aggregate_id, first.sequence});
    if (!known.Next()) log.Append(connection, events);
  });
}

std::int64_t SourceService::OutboxRows() {
  return platform::Read(*pool, [](Connection& connection) {
    auto row = connection.Query("SELECT COUNT(*) FROM outbox");
    row.Next();
    return row.Int64(0);
  });
}

platform::RelayOptions SourceService::RelayOptions() const {
  platform::RelayOptions options;
  options.service = "order";
  return options;
}

void RememberedEvents::Take(std::span<const redress::events::v1::Event> events) {
  const std::lock_guard lock(mutex_);
  for (const auto& event : events) {
    ++known_[{ShopId{event.shop_id()}, event.aggregate_id()}][event.sequence()];
    ++deliveries_;
  }
}

std::size_t RememberedEvents::Count() const {
  const std::lock_guard lock(mutex_);
  std::size_t count = 0;
  for (const auto& [key, sequences] : known_) count += sequences.size();
  return count;
}

std::size_t RememberedEvents::Deliveries() const {
  const std::lock_guard lock(mutex_);
  return deliveries_;
}

std::map<std::uint64_t, std::size_t> RememberedEvents::PerAggregate() const {
  const std::lock_guard lock(mutex_);
  std::map<std::uint64_t, std::size_t> counts;
  for (const auto& [key, sequences] : known_) {
    if (!sequences.empty()) counts[key.aggregate_id] += sequences.size();
  }
  return counts;
}

std::vector<std::uint32_t> RememberedEvents::FirstMissing(
    std::string_view, std::span<const AggregateKey> aggregates) {
  const std::lock_guard lock(mutex_);
  std::vector<std::uint32_t> first_missing;
  for (const AggregateKey& key : aggregates) {
    std::uint32_t next = 1;
    for (const auto& [sequence, times] : known_[key]) {
      if (sequence == next) ++next;
    }
    first_missing.push_back(next);
  }
  return first_missing;
}

std::vector<AggregateKey> RememberedEvents::Gaps(std::string_view, std::int64_t,
                                                 std::size_t limit) {
  const std::lock_guard lock(mutex_);
  std::vector<AggregateKey> gaps;
  for (const auto& [key, sequences] : known_) {
    if (!sequences.empty() && sequences.rbegin()->first != sequences.size() &&
        gaps.size() < limit) {
      gaps.push_back(key);
    }
  }
  return gaps;
}

}  // namespace redress::test
