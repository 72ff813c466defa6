#pragma once

#include <chrono>
#include <cstdint>
#include <string>

#include "services/platform/access/caller.h"
#include "services/platform/base/clock.h"

namespace redress::platform {

// One call that the guard let through; valid until the call is answered.
struct Call {
  Call(const Clock& clock) : clock(clock) {}

  Caller caller;
  std::string trace_id;          // 32 hex digits; on each log line of the call
  std::int64_t deadline_us = 0;  // on `clock`; calls without a deadline get a bounded one
  const Clock& clock;
  std::string language;  // the caller's `accept-language`, "" when none was sent
  std::string token;     // the caller's access token, to pass on; "" without one
  std::chrono::steady_clock::time_point expires;

  // Whether the caller has stopped waiting: then no work should be begun. Unlike deadline_us it
  // does not move with a test clock.
  bool Expired() const { return std::chrono::steady_clock::now() >= expires; }
};

}  // namespace redress::platform
