#include "services/customer/domain/reveals.h"

#include <gtest/gtest.h>

#include <vector>

namespace redress::customer {
namespace {

constexpr std::int64_t kNow = 1'700'000'000'000'000;
constexpr std::int64_t kMinuteUs = 60'000'000;

// One a minute, the newest a minute ago.
std::vector<std::int64_t> EachMinute(std::size_t count) {
  std::vector<std::int64_t> times;
  for (std::size_t i = 1; i <= count; ++i) {
    times.push_back(kNow - static_cast<std::int64_t>(i) * kMinuteUs);
  }
  return times;
}

TEST(WaitForReveal, LetsTheFirstOnesPass) {
  EXPECT_EQ(WaitForReveal({}, kNow, {.hour = 3, .day = 5}), std::nullopt);
  EXPECT_EQ(WaitForReveal(EachMinute(2), kNow, {.hour = 3, .day = 5}), std::nullopt);
}

TEST(WaitForReveal, WaitsUntilTheOldestOfTheHourIsAnHourOld) {
  EXPECT_EQ(WaitForReveal(EachMinute(3), kNow, {.hour = 3, .day = 5}),
            kRevealHourUs - 3 * kMinuteUs);
  EXPECT_EQ(WaitForReveal(EachMinute(4), kNow, {.hour = 3, .day = 5}),
            kRevealHourUs - 3 * kMinuteUs);
}

TEST(WaitForReveal, TheDayCountsToo) {
  EXPECT_EQ(WaitForReveal(EachMinute(5), kNow, {.hour = 60, .day = 5}),
            kRevealDayUs - 5 * kMinuteUs);
}

TEST(WaitForReveal, LetsPassAtTheEndOfTheHour) {
  const std::vector<std::int64_t> times(3, kNow - kRevealHourUs);
  EXPECT_EQ(WaitForReveal(times, kNow, {.hour = 3, .day = 5}), std::nullopt);
  const std::vector<std::int64_t> nearly(3, kNow - kRevealHourUs + 1);
  EXPECT_EQ(WaitForReveal(nearly, kNow, {.hour = 3, .day = 5}), 1);
}

}  // namespace
}  // namespace redress::customer
