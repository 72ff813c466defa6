#include "services/customer/domain/reveals.h"

#include <algorithm>

namespace redress::customer {
namespace {

// The reveal that has to become older than `span` before another one fits.
std::int64_t WaitWithin(std::span<const std::int64_t> times, std::int64_t now_us,
                        std::int64_t span_us, std::size_t most) {
  if (most == 0) return span_us;
  if (times.size() < most) return 0;
  return std::max<std::int64_t>(0, times[most - 1] + span_us - now_us);
}

}  // namespace

std::optional<std::int64_t> WaitForReveal(std::span<const std::int64_t> times, std::int64_t now_us,
                                          const RevealLimits& limits) {
  const std::int64_t wait = std::max(WaitWithin(times, now_us, kRevealHourUs, limits.hour),
                                     WaitWithin(times, now_us, kRevealDayUs, limits.day));
  return wait > 0 ? std::optional(wait) : std::nullopt;
}

}  // namespace redress::customer
