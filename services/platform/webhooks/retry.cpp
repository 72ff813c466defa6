#include "services/platform/webhooks/retry.h"

#include <algorithm>

namespace redress::platform {
namespace {

constexpr std::int64_t kFirstPauseUs = 10'000'000;
constexpr std::int64_t kLongestPauseUs = std::int64_t{6} * 3600 * 1'000'000;

}  // namespace

std::optional<std::int64_t> NextAttemptAt(std::uint32_t attempts, std::int64_t created_at_us,
                                          std::int64_t now_us, double random) {
  if (attempts >= kMostAttempts) return std::nullopt;
  const std::uint32_t doublings = std::min(std::max(attempts, 1U) - 1, 20U);
  const std::int64_t pause = std::min(kFirstPauseUs << doublings, kLongestPauseUs);
  const auto shortened =
      static_cast<std::int64_t>(static_cast<double>(pause) * (1.0 - random / 2.0));
  const std::int64_t at = now_us + shortened;
  if (at - created_at_us > kOldestUs) return std::nullopt;
  return at;
}

}  // namespace redress::platform
