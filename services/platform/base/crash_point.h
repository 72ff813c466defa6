#pragma once

// CrashPoint(kBeforeCommit) kills the process with SIGKILL when that point is armed. A deployment
// of kind `test` arms one by writing `process:name` or `process:name:n` (die at the n-th passing)
// to the file that WatchCrashPoints was told; the file is removed before the process dies, so that
// the restarted process lives. Unarmed, a crash point costs one relaxed atomic load.

#include <atomic>
#include <string>

#include "services/platform/base/crash_points.h"

namespace redress::platform {

namespace internal {
extern std::atomic<bool> crash_point_armed;
void PassArmedCrashPoint(const char* name);
}  // namespace internal

inline void CrashPoint(const char* name) {
  if (internal::crash_point_armed.load(std::memory_order_relaxed)) {
    internal::PassArmedCrashPoint(name);
  }
}

// Looks at the file now and then every 20 ms from a thread of its own, until it is destroyed. One
// per process.
class CrashPointWatch {
 public:
  CrashPointWatch(std::string process, std::string file);
  ~CrashPointWatch();
  CrashPointWatch(const CrashPointWatch&) = delete;

 private:
  struct State;
  State* state_;
};

}  // namespace redress::platform
