#include "services/platform/webhooks/retry.h"

#include <gtest/gtest.h>

#include "services/platform/base/clock.h"

namespace redress::platform {
namespace {

constexpr std::int64_t kNow = 1'000 * kHourUs;

std::int64_t PauseSeconds(std::uint32_t attempts, double random = 0.0) {
  return (NextAttemptAt(attempts, kNow, kNow, random).value_or(0) - kNow) / kSecondUs;
}

TEST(Retry, DoublesItsPausesUpToABound) {
  EXPECT_EQ(PauseSeconds(1), 10);
  EXPECT_EQ(PauseSeconds(2), 20);
  EXPECT_EQ(PauseSeconds(11), 10'240);
  EXPECT_EQ(PauseSeconds(12), 20'480);
  EXPECT_EQ(PauseSeconds(13), 21'600);
  EXPECT_EQ(PauseSeconds(15), 21'600);
}

TEST(Retry, ShortensAPauseByHalfAtMost) {
  EXPECT_EQ(PauseSeconds(3, 0.5), 30);
  EXPECT_GT(PauseSeconds(3, 0.999), 19);
}

TEST(Retry, EndsAfterSoManyAttempts) {
  EXPECT_TRUE(NextAttemptAt(kMostAttempts - 1, kNow, kNow, 0));
  EXPECT_FALSE(NextAttemptAt(kMostAttempts, kNow, kNow, 0));
}

TEST(Retry, EndsAtACertainAge) {
  const std::int64_t first_pause = 10 * kSecondUs;
  EXPECT_TRUE(NextAttemptAt(1, kNow, kNow + kOldestUs - first_pause, 0));
  EXPECT_FALSE(NextAttemptAt(1, kNow, kNow + kOldestUs - first_pause + 1, 0));
}

}  // namespace
}  // namespace redress::platform
