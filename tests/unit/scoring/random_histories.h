#pragma once

// Histories of orders, adjustments and cases as the sources could have written them, from a seed.

#include <cstdint>
#include <random>
#include <vector>

#include "services/scoring/domain/calendar.h"
#include "services/scoring/domain/facts.h"

namespace redress::scoring::test {

inline constexpr std::int64_t kSecond = 1'000'000;
inline constexpr std::int64_t kHour = 3'600 * kSecond;
inline constexpr std::int64_t kDay = 24 * kHour;

// Every shop is in UTC+8, without summer time.
class EightHoursAhead final : public Calendar {
 public:
  bool Knows(platform::ShopId) const override { return true; }
  std::int64_t DayOf(platform::ShopId, std::int64_t at_us) const override {
    const std::int64_t local = at_us + 8 * kHour;
    return local / kDay - (local % kDay < 0 ? 1 : 0);
  }
  std::int64_t DayStart(platform::ShopId, std::int64_t day) const override {
    return day * kDay - 8 * kHour;
  }
};

struct HistoryShape {
  std::uint32_t shops = 2;
  int orders = 20;
  int adjustments = 6;
  int cases = 25;
};

// In order within each aggregate, without gaps.
std::vector<Fact> RandomHistory(std::mt19937& random, const HistoryShape& shape = {});

// The same facts in any order, some of them several times.
std::vector<Fact> ShuffledAndRepeated(std::vector<Fact> facts, std::mt19937& random);

}  // namespace redress::scoring::test
