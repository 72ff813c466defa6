// How long somebody who keeps failing to log in has to wait.
//
// Per account name (known or not, so that waiting betrays nothing): five failures are free, then
// 30 s, doubling up to 15 minutes; an hour without a failure forgets them. These are stored and
// survive a restart. Per peer: a bucket of failures in memory, for somebody who tries many names.
#pragma once

#include <cstddef>
#include <cstdint>
#include <list>
#include <mutex>
#include <string>
#include <unordered_map>

#include "services/platform/base/clock.h"

namespace redress::identity {

struct LogInFailures {
  std::uint32_t count = 0;
  std::int64_t last_at = 0;
};

inline constexpr std::uint32_t kFreeFailures = 5;
inline constexpr std::int64_t kFirstWaitUs = 30 * platform::kSecondUs;
inline constexpr std::int64_t kLongestWaitUs = 15 * platform::kMinuteUs;
inline constexpr std::int64_t kForgetFailuresUs = platform::kHourUs;

// 0: may try now.
std::int64_t WaitUs(const LogInFailures& failures, std::int64_t now_us);
LogInFailures AfterFailure(const LogInFailures& failures, std::int64_t now_us);

// Thread-safe; knows at most `most_peers`, the longest quiet ones are forgotten first.
class PeerThrottle {
 public:
  struct Options {
    std::uint32_t burst = 30;                // failures at once
    std::uint32_t failures_per_minute = 30;  // afterwards
    std::size_t most_peers = 10'000;
  };
  explicit PeerThrottle(Options options) : options_(options) {}

  std::int64_t WaitUs(const std::string& peer, std::int64_t now_us);
  void Failed(const std::string& peer, std::int64_t now_us);

 private:
  struct Bucket {
    std::string peer;
    std::int64_t used_us = 0;  // failures still to be worked off, as time
    std::int64_t at = 0;
  };

  std::int64_t PerFailureUs() const;
  void WorkOff(Bucket& bucket, std::int64_t now_us) const;

  const Options options_;
  std::mutex mutex_;
  std::list<Bucket> buckets_;  // the last to fail first
  std::unordered_map<std::string, std::list<Bucket>::iterator> by_peer_;
};

}  // namespace redress::identity
