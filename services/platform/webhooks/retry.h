#pragma once

// When what a receiver has not taken is sent again: after 10 s, then twice as long each time, up to
// 6 h; no more once it has been tried 16 times or is 3 days old. Each pause is shortened by up to
// half at random, so that what failed together does not come back together.

#include <cstdint>
#include <optional>

namespace redress::platform {

inline constexpr std::uint32_t kMostAttempts = 16;
inline constexpr std::int64_t kOldestUs = std::int64_t{72} * 3600 * 1'000'000;

// After `attempts` (at least one) of what came into being at created_at_us; nullopt: it is given
// up. `random` is from 0 to below 1.
std::optional<std::int64_t> NextAttemptAt(std::uint32_t attempts, std::int64_t created_at_us,
                                          std::int64_t now_us, double random);

}  // namespace redress::platform
