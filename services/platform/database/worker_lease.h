#pragma once

// The worker number in a process's ids, held by a lease in the table id_workers and renewed by a
// thread. A number whose lease ended is given out again, the longest-ended one first; as a lease
// never ends before the newest id made under it, the next holder's ids are all larger.
//
//   auto lease = LeaseWorkerNumber(pool, clock);
//   TimeOrderedIds ids(clock, lease->number());

#include <condition_variable>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <thread>

#include "services/platform/base/clock.h"
#include "services/platform/database/pool.h"

namespace redress::platform {

class WorkerLease {
 public:
  struct Options {
    std::int64_t length_us = 60 * kSecondUs;
    std::int64_t renew_every_us = 10 * kSecondUs;  // real time
    // Called once when another process was given the number. Ids would no longer be unique: the
    // default ends the process.
    std::function<void()> on_lost = {};
  };

  WorkerLease(Pool& pool, const Clock& clock, Options options);
  ~WorkerLease();  // gives the number back
  WorkerLease(const WorkerLease&) = delete;
  WorkerLease& operator=(const WorkerLease&) = delete;

  std::uint16_t number() const { return number_; }

 private:
  std::uint16_t Take();
  bool Renew();
  void RenewUntilStopped();

  Pool& pool_;
  const Clock& clock_;
  const Options options_;
  const std::string holder_;
  std::uint16_t number_;
  std::mutex mutex_;
  std::condition_variable stopping_;
  bool stop_ = false;
  std::thread renewal_;
};

// Throws Refusal RESOURCE_EXHAUSTED when all 1024 numbers are held.
std::unique_ptr<WorkerLease> LeaseWorkerNumber(Pool& pool, const Clock& clock);

}  // namespace redress::platform
