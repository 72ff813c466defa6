#include "services/identity/domain/log_in_throttle.h"

#include <algorithm>

namespace redress::identity {

std::int64_t WaitUs(const LogInFailures& failures, std::int64_t now_us) {
  if (failures.count < kFreeFailures) return 0;
  constexpr std::uint32_t kMostDoublings = 10;
  const auto doublings = std::min(failures.count - kFreeFailures, kMostDoublings);
  const std::int64_t wait = std::min(kFirstWaitUs << doublings, kLongestWaitUs);
  // A clock that was set back must not lock anybody out for longer than the wait itself.
  return std::clamp<std::int64_t>(failures.last_at + wait - now_us, 0, wait);
}

LogInFailures AfterFailure(const LogInFailures& failures, std::int64_t now_us) {
  const bool forgotten = now_us - failures.last_at >= kForgetFailuresUs;
  constexpr std::uint32_t kMostCounted = 1'000'000;
  return {forgotten ? 1 : std::min(failures.count + 1, kMostCounted), now_us};
}

std::int64_t PeerThrottle::PerFailureUs() const {
  return platform::kMinuteUs / std::max<std::uint32_t>(options_.failures_per_minute, 1);
}

void PeerThrottle::WorkOff(Bucket& bucket, std::int64_t now_us) const {
  bucket.used_us =
      std::max<std::int64_t>(0, bucket.used_us - std::max<std::int64_t>(0, now_us - bucket.at));
  bucket.at = now_us;
}

std::int64_t PeerThrottle::WaitUs(const std::string& peer, std::int64_t now_us) {
  const std::lock_guard lock(mutex_);
  const auto found = by_peer_.find(peer);
  if (found == by_peer_.end()) return 0;
  WorkOff(*found->second, now_us);
  const std::int64_t full = PerFailureUs() * options_.burst;
  return std::max<std::int64_t>(0, found->second->used_us + PerFailureUs() - full);
}

void PeerThrottle::Failed(const std::string& peer, std::int64_t now_us) {
  const std::lock_guard lock(mutex_);
  const auto found = by_peer_.find(peer);
  if (found == by_peer_.end()) {
    buckets_.push_front({peer, 0, now_us});
    by_peer_[peer] = buckets_.begin();
  } else {
    buckets_.splice(buckets_.begin(), buckets_, found->second);
  }
  WorkOff(buckets_.front(), now_us);
  buckets_.front().used_us =
      std::min(buckets_.front().used_us + PerFailureUs(), PerFailureUs() * options_.burst);
  if (buckets_.size() > options_.most_peers) {
    by_peer_.erase(buckets_.back().peer);
    buckets_.pop_back();
  }
}

}  // namespace redress::identity
