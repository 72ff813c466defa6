#include "services/platform/events/relay.h"

#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <random>
#include <set>
#include <thread>
#include <utility>
#include <vector>

#include "services/platform/base/crash_point.h"
#include "services/platform/database/rows.h"
#include "services/platform/events/event_sql.h"
#include "services/platform/events/outbox.h"
#include "services/platform/events/publisher.h"
#include "services/platform/events/relay_shards.h"
#include "services/platform/telemetry/log.h"

namespace redress::platform {
namespace {

using redress::events::v1::Event;
using std::chrono::microseconds;
using std::chrono::steady_clock;

constexpr std::int64_t kPauseAfterFailureUs = 200'000;
constexpr std::int64_t kReportEveryUs = 1'000'000;
constexpr std::uint32_t kNoShard = 255;

struct OutboxRow {
  std::uint32_t shard = 0;
  std::uint64_t transaction_id = 0;
  std::int64_t recorded_at_us = 0;
  std::vector<EventRef> refs;
};

// The oldest rows of all held shards in one round trip; the statement never changes its shape.
const std::string& OldestRowsSql() {
  static const std::string sql = [] {
    std::string text = kOldestOfShard;
    for (std::uint32_t shard = 1; shard < kOutboxShards; ++shard) {
      text += " UNION ALL ";
      text += kOldestOfShard;
    }
    return text;
  }();
  return sql;
}

std::vector<OutboxRow> ReadOldest(Connection& connection, const std::vector<std::uint32_t>& shards,
                                  std::size_t max_rows, std::size_t max_events) {
  // The relay looks many times a second, mostly at nothing.
  if (!connection.Query(kAnyOutboxRow).Next()) return {};
  std::vector<Value> values(kOutboxShards, Value(kNoShard));
  std::copy(shards.begin(), shards.end(), values.begin());
  Result result = connection.Query(OldestRowsSql(), values);
  std::vector<OutboxRow> rows;
  std::size_t events = 0;
  while (rows.size() < max_rows && events < max_events && result.Next()) {
    rows.push_back({static_cast<std::uint32_t>(result.Uint64(0)), result.Uint64(1), result.Int64(2),
                    UnpackRefs(result.String(3))});
    events += rows.back().refs.size();
  }
  return rows;
}

std::string MadeUpOwner() {
  std::random_device random;
  return std::to_string(getpid()) + "-" + std::to_string(random()) + std::to_string(random());
}

}  // namespace

struct Relay::State {
  State(Pool& pool, EventSource& source, NatsConnection& nats, const Clock& clock,
        RelayOptions options)
      : pool(pool),
        source(source),
        clock(clock),
        options(std::move(options)),
        shards(pool, this->options.owner.empty() ? MadeUpOwner() : this->options.owner,
               this->options.lease_us),
        publisher(nats, this->options.service,
                  {this->options.stream_max_bytes, this->options.stream_max_age_us,
                   this->options.duplicate_window_us},
                  this->options.ack_wait_us) {}

  void Run();
  // Rows that left the outbox, and whether any stayed because the bus did not take it.
  std::pair<std::size_t, bool> Round();
  void DeleteAcknowledged(const std::vector<OutboxRow>& rows,
                          const std::set<EventRef>& unacknowledged, std::size_t& deleted);
  void RefreshShards();
  void Report();
  void Wait(std::int64_t for_us);

  Pool& pool;
  EventSource& source;
  const Clock& clock;
  const RelayOptions options;
  RelayShards shards;
  Publisher publisher;
  steady_clock::time_point refresh_at{};
  steady_clock::time_point report_at{};
  std::int64_t oldest_recorded_at_us = 0;  // of the last round; 0 when the outbox was empty
  std::atomic<std::uint64_t> published{0};
  std::uint64_t failures = 0;
  std::uint64_t dropped = 0;

  std::mutex mutex;
  std::condition_variable changed;
  bool stop = false;
  bool paused = false;
  std::thread thread;
};

void Relay::State::RefreshShards() {
  const auto now = steady_clock::now();
  if (now < refresh_at) return;
  shards.Refresh(clock.NowUs());
  refresh_at = now + microseconds(options.lease_us / 3);
}

std::pair<std::size_t, bool> Relay::State::Round() {
  RefreshShards();
  std::vector<OutboxRow> rows;
  std::vector<Event> events;
  {
    Pool::Lease connection = pool.Acquire();
    rows = ReadOldest(*connection, shards.held(), options.max_rows, options.max_events);
    std::vector<EventRef> refs;
    for (const OutboxRow& row : rows) refs.insert(refs.end(), row.refs.begin(), row.refs.end());
    if (!refs.empty()) events = source.Load(*connection, refs);
  }
  oldest_recorded_at_us = 0;
  for (const OutboxRow& row : rows) {
    if (oldest_recorded_at_us == 0 || row.recorded_at_us < oldest_recorded_at_us) {
      oldest_recorded_at_us = row.recorded_at_us;
    }
  }
  if (rows.empty()) {
    publisher.KeepStream();
    return {0, false};
  }
  const auto [unacknowledged, too_large] = publisher.Publish(events);
  published += events.size() - unacknowledged.size() - too_large.size();
  failures += unacknowledged.size();
  dropped += too_large.size();
  CrashPoint(kAfterPublishBeforeMark);
  std::size_t deleted = 0;
  DeleteAcknowledged(rows, unacknowledged, deleted);
  return {deleted, !unacknowledged.empty()};
}

void Relay::State::DeleteAcknowledged(const std::vector<OutboxRow>& rows,
                                      const std::set<EventRef>& unacknowledged,
                                      std::size_t& deleted) {
  static const MultiRow kDelete(kDeleteOutboxRows, 2, ")");
  std::vector<Value> keys;
  for (const OutboxRow& row : rows) {
    const bool whole = std::none_of(row.refs.begin(), row.refs.end(), [&](const EventRef& ref) {
      return unacknowledged.count(ref) != 0;
    });
    if (whole) keys.insert(keys.end(), {row.shard, row.transaction_id});
  }
  if (keys.empty()) return;
  Pool::Lease connection = pool.Acquire();
  deleted = kDelete.Execute(*connection, keys);
}

void Relay::State::Report() {
  const auto now = steady_clock::now();
  if (!options.report || now < report_at) return;
  report_at = now + microseconds(kReportEveryUs);
  Pool::Lease connection = pool.Acquire();
  Result rows = connection->Query(kCountOutboxRows);
  rows.Next();
  options.report("outbox_rows", static_cast<double>(rows.Int64(0)));
  const std::int64_t lag_us =
      oldest_recorded_at_us == 0 ? 0
                                 : std::max<std::int64_t>(0, clock.NowUs() - oldest_recorded_at_us);
  options.report("outbox_lag_seconds", static_cast<double>(lag_us) / 1e6);
  options.report("relay_published_total", static_cast<double>(published.load()));
  options.report("relay_failures_total", static_cast<double>(failures));
  options.report("relay_dropped_total", static_cast<double>(dropped));
}

void Relay::State::Wait(std::int64_t for_us) {
  std::unique_lock lock(mutex);
  changed.wait_for(lock, microseconds(for_us), [this] { return stop; });
}

void Relay::State::Run() {
  for (;;) {
    {
      std::unique_lock lock(mutex);
      changed.wait(lock, [this] { return stop || !paused; });
      if (stop) return;
    }
    std::int64_t pause_us = 0;
    try {
      const auto [deleted, refused] = Round();
      if (refused) {
        pause_us = kPauseAfterFailureUs;
      } else if (deleted == 0) {
        pause_us = options.idle_us;
      }
      Report();
    } catch (const std::exception& problem) {
      LogWarning("the relay could not work; it tries again", {{"problem", problem.what()}});
      pause_us = kPauseAfterFailureUs;
    }
    if (pause_us > 0) Wait(pause_us);
  }
}

Relay::Relay(Pool& pool, EventSource& source, NatsConnection& nats, const Clock& clock,
             RelayOptions options)
    : state_(std::make_unique<State>(pool, source, nats, clock, std::move(options))) {}

Relay::~Relay() { Stop(); }

void Relay::Start() {
  if (!state_->thread.joinable()) state_->thread = std::thread([this] { state_->Run(); });
}

void Relay::Stop() {
  {
    const std::lock_guard lock(state_->mutex);
    state_->stop = true;
  }
  state_->changed.notify_all();
  if (!state_->thread.joinable()) return;
  state_->thread.join();
  try {
    state_->shards.GiveBack();
  } catch (const std::exception& problem) {
    LogWarning("the relay's shards stay held until their lease runs out",
               {{"problem", problem.what()}});
  }
}

void Relay::Pause() {
  const std::lock_guard lock(state_->mutex);
  state_->paused = true;
}

void Relay::Resume() {
  {
    const std::lock_guard lock(state_->mutex);
    state_->paused = false;
  }
  state_->changed.notify_all();
}

std::uint64_t Relay::Published() const { return state_->published; }

}  // namespace redress::platform
