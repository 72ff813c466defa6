#pragma once

#include <algorithm>
#include <cstdint>

namespace redress::customer {

// The earlier of two moments where 0 means never.
inline std::int64_t Earlier(std::int64_t a, std::int64_t b) {
  return a == 0 || b == 0 ? std::max(a, b) : std::min(a, b);
}

}  // namespace redress::customer
