#include "services/platform/events/source_consumer.h"

#include <algorithm>
#include <optional>
#include <stdexcept>
#include <thread>
#include <utility>

#include "services/platform/base/crash_point.h"
#include "services/platform/base/errors.h"
#include "services/platform/database/error.h"
#include "services/platform/database/transact.h"
#include "services/platform/events/event_sql.h"
#include "services/platform/telemetry/log.h"

namespace redress::platform {
namespace {

using redress::events::v1::Event;
using std::chrono::microseconds;
using std::chrono::steady_clock;

constexpr auto kLookAtStreamEvery = std::chrono::seconds(2);
constexpr auto kLookForStreamEvery = std::chrono::milliseconds(250);
constexpr auto kRetryReconciliationAfter = std::chrono::seconds(2);
constexpr auto kLongestPostponement = std::chrono::minutes(30);
// What was recorded is in the stream by then, unless the relay is behind.
constexpr std::int64_t kUsualRelayLagUs = 10'000'000;
constexpr std::int64_t kFetchWaitMs = 200;
constexpr std::int64_t kRetryBatchAfterUs = 500'000;
constexpr std::size_t kGapsAtOnce = 500;
constexpr std::size_t kFilledAtOnce = 2'000;
constexpr std::size_t kRetriesAtOnce = 200;

ShopId ShopOf(const Event& event) { return ShopId{event.shop_id()}; }
AggregateKey AggregateOf(const Event& event) { return {ShopOf(event), event.aggregate_id()}; }

// A failure that says nothing about the events: something that the handler needs is away or busy.
bool IsPassing(const std::exception& problem) {
  if (dynamic_cast<const NotYet*>(&problem) != nullptr) return true;
  if (const auto* error = dynamic_cast<const DatabaseError*>(&problem)) {
    return error->kind() == DatabaseError::Kind::kConflict ||
           error->kind() == DatabaseError::Kind::kConnectionLost;
  }
  const auto* refusal = dynamic_cast<const Refusal*>(&problem);
  return refusal != nullptr &&
         (refusal->code() == Code::kUnavailable || refusal->code() == Code::kDeadlineExceeded ||
          refusal->code() == Code::kResourceExhausted || refusal->code() == Code::kAborted);
}

// The events by what `key_of` says of them, each group in its order.
template <class KeyOf>
auto GroupBy(std::span<const Event> events, KeyOf key_of) {
  std::map<decltype(key_of(events[0])), std::vector<Event>> groups;
  for (const Event& event : events) groups[key_of(event)].push_back(event);
  return groups;
}

}  // namespace

SourceConsumer::SourceConsumer(Pool& pool, NatsConnection& nats, const Clock& clock,
                               ConsumerMemory& memory, const ConsumerOptions& options,
                               const ConsumerSource& source, const EventHandler& handler)
    : pool_(pool),
      clock_(clock),
      memory_(memory),
      options_(options),
      service_(source.service),
      handler_(handler),
      history_(source.channel),
      stream_(nats, source.service, options.durable, options.redeliver_after_us, options.max_batch),
      set_aside_(pool, options.durable, source.service) {}

std::string SourceConsumer::StoppedBecause() const {
  const std::lock_guard lock(mutex_);
  return stopped_because_;
}

void SourceConsumer::Round() {
  const auto now = steady_clock::now();
  if (now >= retry_set_aside_at_) RetrySetAside();
  if (now >= look_at_stream_at_) LookAtStream();
  if (now >= reconcile_at_) {
    if (const auto until_us = PassedUntil(now)) Reconcile(*until_us);
  }
  if (now >= fill_gaps_at_) FillGaps();
  if (bound_) {
    ConsumeBatch();
  } else {
    std::this_thread::sleep_for(std::chrono::milliseconds(kFetchWaitMs));
  }
}

void SourceConsumer::LookAtStream() {
  look_at_stream_at_ = steady_clock::now() + kLookForStreamEvery;
  const bool was_bound = bound_;
  bound_ = false;
  try {
    if (stream_.Bind()) {
      // At the start, or the bus lost its store: what the old stream still held is in the history.
      reconcile_at_ = steady_clock::time_point{};
      mark_.reset();
      LogInfo("consuming a new stream", {{"source", service_}});
    }
    bound_ = true;
    look_at_stream_at_ = steady_clock::now() + kLookAtStreamEvery;
    pending_ = stream_.Pending();
  } catch (const std::runtime_error& problem) {
    if (was_bound) {
      LogWarning("cannot consume the stream", {{"source", service_}, {"problem", problem.what()}});
    }
  }
}

// Behind a long queue nearly every head is ahead of us, and the stream brings it sooner than the
// history would. So a long queue is marked, and compared is what was recorded before the mark, once
// the mark has come by.
std::optional<std::int64_t> SourceConsumer::PassedUntil(SteadyTime now) {
  if (!mark_ && bound_) pending_ = stream_.Pending();
  if (!bound_ || pending_ <= options_.max_batch) {
    mark_.reset();
    return clock_.NowUs();
  }
  if (!mark_) mark_ = Mark{clock_.NowUs() - kUsualRelayLagUs, fetched_ + pending_, now};
  if (fetched_ < mark_->fetched && now < mark_->set_at + kLongestPostponement) return std::nullopt;
  const std::int64_t until_us = mark_->recorded_us;
  mark_.reset();
  return until_us;
}

// One that does not come to its end rests as long as it took: the history does not keep the stream
// waiting.
void SourceConsumer::Reconcile(std::int64_t until_us) {
  const auto begun = steady_clock::now();
  const auto rest = [&] {
    const auto now = steady_clock::now();
    reconcile_at_ = now + std::max<steady_clock::duration>(kRetryReconciliationAfter, now - begun);
  };
  try {
    if (!Compare(until_us)) rest();
  } catch (...) {
    rest();
    throw;
  }
}

bool SourceConsumer::Compare(std::int64_t until_us) {
  const auto last_us = Read(pool_, [&](Connection& connection) {
    Result row = connection.Query(kFindReconciliation, {options_.durable, service_});
    return row.Next() ? std::optional(row.Int64(0)) : std::nullopt;
  });
  all_taken_ = true;
  if (last_us) {
    history_.ReadHeads(*last_us - options_.reconcile_overlap_us, until_us + 1,
                       [&](std::span<const EventRef> heads) { FillBehind(heads); });
  } else {
    history_.ReadAll(ShopId{}, [&](std::span<const Event> page) { ApplyFromHistory(page); });
  }
  if (!all_taken_ || !StoppedBecause().empty()) return false;
  CrashPoint(kAfterFillingBeforeRecord);
  Read(pool_, [&](Connection& connection) {
    connection.Execute(kRecordReconciliation, {options_.durable, service_, until_us});
  });
  reconcile_at_ = steady_clock::now() + microseconds(options_.reconcile_every_us);
  return true;
}

void SourceConsumer::FillBehind(std::span<const EventRef> heads) {
  std::map<AggregateKey, std::uint32_t> last;
  for (const EventRef& head : heads) {
    std::uint32_t& sequence = last[head.aggregate()];
    sequence = std::max(sequence, head.sequence);
  }
  std::vector<AggregateKey> keys;
  keys.reserve(last.size());
  for (const auto& [key, sequence] : last) keys.push_back(key);
  const std::vector<std::uint32_t> first_missing = memory_.FirstMissing(service_, keys);
  std::vector<EventRef> missing;
  const auto fill = [&] {
    history_.ReadMany(missing, [&](std::span<const Event> part) { ApplyFromHistory(part); });
    missing.clear();
  };
  for (std::size_t i = 0; i < keys.size(); ++i) {
    if (first_missing[i] > last[keys[i]] || set_aside_.Has(keys[i])) continue;
    for (std::uint32_t sequence = std::max(first_missing[i], 1u); sequence <= last[keys[i]];
         ++sequence) {
      missing.push_back({keys[i].shop, keys[i].aggregate_id, sequence});
      if (missing.size() == kFilledAtOnce) fill();
    }
  }
  if (!missing.empty()) fill();
}

void SourceConsumer::FillGaps() {
  fill_gaps_at_ = steady_clock::now() + microseconds(options_.gap_check_every_us);
  // What is set aside keeps its gaps: it must not keep others from their turn.
  auto gaps =
      memory_.Gaps(service_, clock_.NowUs() - options_.gap_age_us, kGapsAtOnce + set_aside_.size());
  std::erase_if(gaps, [this](AggregateKey key) { return set_aside_.Has(key); });
  if (gaps.empty()) return;
  LogInfo("filling gaps from the history", {{"source", service_}, {"aggregates", gaps.size()}});
  const std::vector<std::uint32_t> first_missing = memory_.FirstMissing(service_, gaps);
  for (std::size_t i = 0; i < gaps.size(); ++i) {
    history_.ReadAggregate(gaps[i], first_missing[i],
                           [&](std::span<const Event> page) { ApplyFromHistory(page); });
  }
}

void SourceConsumer::RetrySetAside() {
  retry_set_aside_at_ = steady_clock::now() + microseconds(options_.reconcile_every_us);
  const std::vector<SetAside::Entry> entries = set_aside_.Load(kRetriesAtOnce);
  if (entries.empty()) return;
  std::vector<AggregateKey> keys;
  keys.reserve(entries.size());
  for (const SetAside::Entry& entry : entries) keys.push_back(entry.aggregate);
  const std::vector<std::uint32_t> first_missing = memory_.FirstMissing(service_, keys);
  std::size_t taken = 0;
  for (std::size_t i = 0; i < entries.size(); ++i) {
    if (Retry(entries[i], first_missing[i])) ++taken;
  }
  LogInfo("tried again what was set aside",
          {{"source", service_}, {"aggregates", entries.size()}, {"taken", taken}});
  // There may be more that wait, and whatever was wrong with all of them is not any more.
  if (taken == kRetriesAtOnce) retry_set_aside_at_ = SteadyTime{};
}

bool SourceConsumer::Retry(const SetAside::Entry& entry, std::uint32_t from_sequence) {
  std::set<ShopId> later;
  try {
    if (from_sequence != ConsumerMemory::kNotNeeded) {
      const std::uint64_t before = applied_;
      history_.ReadAggregate(entry.aggregate, from_sequence, [&](std::span<const Event> page) {
        CheckVersions(page);
        HandOver(page, later);
      });
      filled_ += applied_ - before;
    }
  } catch (const std::exception& problem) {
    if (IsPassing(problem) || !StoppedBecause().empty()) throw;
    LogWarning("an aggregate stays set aside", {{"source", service_},
                                                {"shop", entry.aggregate.shop.value},
                                                {"aggregate", entry.aggregate.aggregate_id},
                                                {"problem", problem.what()}});
    set_aside_.Add({entry.aggregate}, clock_.NowUs());
    return false;
  }
  if (!later.empty()) return false;
  set_aside_.Remove(entry);
  return true;
}

void SourceConsumer::CheckVersions(std::span<const Event> events) {
  for (const Event& event : events) {
    if (StopsAt(event)) throw std::runtime_error(StoppedBecause());
  }
}

void SourceConsumer::ApplyFromHistory(std::span<const Event> events) {
  CheckVersions(events);
  for (std::size_t from = 0; from < events.size(); from += options_.max_batch) {
    const auto batch = events.subspan(from, std::min(options_.max_batch, events.size() - from));
    const std::uint64_t before = applied_;
    if (!Apply(batch).empty()) all_taken_ = false;
    filled_ += applied_ - before;
  }
}

std::set<ShopId> SourceConsumer::Apply(std::span<const Event> events) {
  std::set<ShopId> later;
  std::set<AggregateKey> failed;
  Events rest;  // used where some are set aside already: their time comes with RetrySetAside
  if (set_aside_.size() > 0) {
    for (const Event& event : events) {
      if (set_aside_.Has(AggregateOf(event))) {
        failed.insert(AggregateOf(event));
      } else {
        rest.push_back(event);
      }
    }
    events = rest;
  }
  try {
    HandOver(events, later);
  } catch (const std::exception& problem) {
    if (IsPassing(problem)) throw;
    LogWarning("a batch cannot be taken as a whole; it is taken by parts",
               {{"source", service_}, {"problem", problem.what()}});
    failed.merge(HandOverApart(events, later));
  }
  set_aside_.Add(failed, clock_.NowUs());
  return later;
}

std::set<AggregateKey> SourceConsumer::HandOverApart(std::span<const Event> events,
                                                     std::set<ShopId>& later) {
  std::set<AggregateKey> failed;
  // What was wrong with the part; nothing when it was taken.
  const auto problem_of = [&](const Events& part) -> std::optional<std::string> {
    try {
      HandOver(part, later);
      return std::nullopt;
    } catch (const std::exception& problem) {
      if (IsPassing(problem)) throw;
      return problem.what();
    }
  };
  for (const auto& of_shop : GroupBy(events, ShopOf)) {
    if (!problem_of(of_shop.second)) continue;
    for (const auto& of_aggregate : GroupBy(of_shop.second, AggregateOf)) {
      const AggregateKey aggregate = of_aggregate.first;
      const auto problem = problem_of(of_aggregate.second);
      if (!problem) continue;
      LogError("an aggregate's events cannot be taken; it is set aside",
               {{"source", service_},
                {"shop", aggregate.shop.value},
                {"aggregate", aggregate.aggregate_id},
                {"problem", *problem}});
      failed.insert(aggregate);
    }
  }
  return failed;
}

void SourceConsumer::HandOver(std::span<const Event> events, std::set<ShopId>& later) {
  Events rest;  // used once some shop's events have to wait
  auto batch = events;
  const auto leave_out = [&] {
    rest.clear();
    std::copy_if(events.begin(), events.end(), std::back_inserter(rest),
                 [&](const Event& event) { return later.count(ShopOf(event)) == 0; });
    batch = rest;
  };
  if (!later.empty()) leave_out();
  while (!batch.empty()) {
    try {
      handler_(batch);
      applied_ += batch.size();
      break;
    } catch (const NotYet& problem) {
      const std::size_t known = later.size();
      later.insert(problem.shops().begin(), problem.shops().end());
      if (later.size() == known) throw;  // it named nobody new: trying again would not end
      LogInfo("some shops' events have to wait",
              {{"source", service_}, {"shops", later.size()}, {"why", problem.what()}});
      leave_out();
    }
  }
}

bool SourceConsumer::StopsAt(const Event& event) {
  if (event.schema_version() <= options_.newest_schema_version &&
      event.payload_case() != Event::PAYLOAD_NOT_SET) {
    return false;
  }
  const std::string why = "an event of schema version " + std::to_string(event.schema_version()) +
                          " (aggregate " + std::to_string(event.aggregate_id()) + ", sequence " +
                          std::to_string(event.sequence()) + ") came from " + service_ +
                          ", and this program does not know it: deploy a newer one";
  LogError("the consumer stops", {{"source", service_}, {"problem", why}});
  const std::lock_guard lock(mutex_);
  stopped_because_ = why;
  return true;
}

void SourceConsumer::ConsumeBatch() {
  std::vector<jetstream::Message> messages;
  try {
    messages = stream_.Fetch(kFetchWaitMs);
  } catch (const std::runtime_error&) {
    look_at_stream_at_ = steady_clock::time_point{};
    throw;
  }
  if (messages.empty()) return;
  fetched_ += messages.size();
  Events events(messages.size());
  std::vector<jetstream::Message> readable;
  std::size_t parsed = 0;
  for (auto& message : messages) {
    if (events[parsed].ParseFromArray(natsMsg_GetData(message.get()),
                                      natsMsg_GetDataLength(message.get()))) {
      readable.push_back(std::move(message));
      ++parsed;
    } else {
      // The history has it whole: the reconciliation brings it.
      LogError("a message of the stream is not an event", {{"source", service_}});
      stream_.Drop(message);
    }
  }
  events.resize(parsed);
  if (std::any_of(events.begin(), events.end(),
                  [this](const Event& event) { return StopsAt(event); })) {
    for (const auto& message : readable) stream_.Return(message, 0);  // for a newer program
    return;
  }
  try {
    const std::set<ShopId> later = Apply(events);
    CrashPoint(kAfterApplyBeforeAck);
    Acknowledge(readable, events, later);
  } catch (const std::exception&) {
    for (const auto& message : readable) stream_.Return(message, kRetryBatchAfterUs);
    throw;
  }
}

void SourceConsumer::Acknowledge(const std::vector<jetstream::Message>& messages,
                                 const Events& events, const std::set<ShopId>& later) {
  for (std::size_t i = 0; i < messages.size(); ++i) {
    if (later.count(ShopOf(events[i])) != 0) {
      stream_.Return(messages[i], options_.not_yet_delay_us);
    } else {
      stream_.Acknowledge(messages[i]);
    }
  }
}

}  // namespace redress::platform
