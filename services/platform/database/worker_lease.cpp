#include "services/platform/database/worker_lease.h"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <bitset>
#include <chrono>
#include <cstdlib>
#include <utility>

#include "services/platform/base/errors.h"
#include "services/platform/base/text.h"
#include "services/platform/database/transact.h"

namespace redress::platform {

namespace {

constexpr std::string_view kSelectNumbers =
    "SELECT worker_number, leased_until FROM id_workers FOR UPDATE";
constexpr std::string_view kInsertNumber =
    "INSERT INTO id_workers (worker_number, holder, leased_until) VALUES (?, ?, ?)";
constexpr std::string_view kTakeOver =
    "UPDATE id_workers SET holder = ?, leased_until = ? WHERE worker_number = ?";
// Never earlier than before: ids may have been made until then.
constexpr std::string_view kRenew =
    "UPDATE id_workers SET leased_until = GREATEST(leased_until, ?)"
    " WHERE worker_number = ? AND holder = ?";
// The end of the lease stays: until then ids may have been made.
constexpr std::string_view kGiveBack =
    "UPDATE id_workers SET holder = '' WHERE worker_number = ? AND holder = ?";

void EndProcess() {
  spdlog::critical("another process was given this one's worker number: ids would repeat");
  std::abort();
}

// A number that nobody ever had, else the one whose lease ended first.
struct Choice {
  std::uint16_t number = 0;
  bool unused = false;
};

Choice Choose(Result numbers, std::int64_t now_us) {
  std::bitset<TimeOrderedIds::kWorkers> known;
  std::optional<std::uint16_t> ended;
  std::int64_t ended_at = now_us;
  while (numbers.Next()) {
    const auto number = static_cast<std::uint16_t>(numbers.Uint64(0));
    known.set(number);
    if (const std::int64_t until = numbers.Int64(1); until < ended_at) {
      ended = number;
      ended_at = until;
    }
  }
  for (std::uint16_t number = 0; number < TimeOrderedIds::kWorkers; ++number) {
    if (!known.test(number)) return {number, true};
  }
  if (!ended) {
    throw Refusal(Code::kResourceExhausted, "NO_WORKER_NUMBER",
                  "All 1024 worker numbers are held; stop processes that are not needed.");
  }
  return {*ended, false};
}

}  // namespace

WorkerLease::WorkerLease(Pool& pool, const Clock& clock, Options options)
    : pool_(pool), clock_(clock), options_(std::move(options)), holder_(RandomHex(16)) {
  number_ = Take();
  renewal_ = std::thread([this] { RenewUntilStopped(); });
}

WorkerLease::~WorkerLease() {
  {
    const std::lock_guard lock(mutex_);
    stop_ = true;
  }
  stopping_.notify_one();
  renewal_.join();
  try {
    Transact(pool_, [&](Connection& db) { db.Execute(kGiveBack, {number_, holder_}); });
  } catch (const std::exception& error) {
    spdlog::warn("worker number {} is not given back but left to expire: {}", number_,
                 error.what());
  }
}

std::uint16_t WorkerLease::Take() {
  return Transact(pool_, [&](Connection& db) {
    const std::int64_t now_us = clock_.NowUs();
    const Choice choice = Choose(db.Query(kSelectNumbers), now_us);
    const std::int64_t until = now_us + options_.length_us;
    if (!choice.unused) {
      db.Execute(kTakeOver, {holder_, until, choice.number});
      return choice.number;
    }
    try {
      db.Execute(kInsertNumber, {choice.number, holder_, until});
    } catch (const DatabaseError& error) {
      if (error.kind() != DatabaseError::Kind::kDuplicateKey) throw;
      // Another process took it at the same moment: choose again.
      throw DatabaseError(DatabaseError::Kind::kConflict, error.code(), error.key(), error.what());
    }
    return choice.number;
  });
}

bool WorkerLease::Renew() {
  return Transact(pool_, [&](Connection& db) {
    return db.Execute(kRenew, {clock_.NowUs() + options_.length_us, number_, holder_}) == 1;
  });
}

void WorkerLease::RenewUntilStopped() {
  const std::chrono::microseconds pause(options_.renew_every_us);
  std::unique_lock lock(mutex_);
  while (!stopping_.wait_for(lock, pause, [this] { return stop_; })) {
    lock.unlock();
    try {
      if (!Renew()) {
        options_.on_lost ? options_.on_lost() : EndProcess();
        return;
      }
    } catch (const std::exception& error) {
      // Without its database the process writes no id either; the next renewal decides.
      spdlog::warn("worker number {} was not renewed: {}", number_, error.what());
    }
    lock.lock();
  }
}

std::unique_ptr<WorkerLease> LeaseWorkerNumber(Pool& pool, const Clock& clock) {
  return std::make_unique<WorkerLease>(pool, clock, WorkerLease::Options{});
}

}  // namespace redress::platform
