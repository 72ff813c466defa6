#include "services/platform/base/clock.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <thread>
#include <vector>

#include "tests/support/process.h"
#include "tests/support/wait_for.h"

namespace redress::platform {
namespace {

class OffsetClockTest : public testing::Test {
 protected:
  // As deploy tools do: a whole file takes the place of the old one.
  void WriteOffset(const std::string& text) {
    const auto fresh = directory_.path() / "fresh";
    std::ofstream(fresh) << text;
    std::filesystem::rename(fresh, file_);
  }
  static std::int64_t AheadUs(const Clock& clock) { return clock.NowUs() - SystemClock().NowUs(); }
  static bool IsAhead(const Clock& clock, std::int64_t by_us) {
    return std::abs(AheadUs(clock) - by_us) < kSecondUs;
  }

  test::TemporaryDirectory directory_;
  const std::filesystem::path file_ = directory_.path() / "clock_offset";
};

TEST(SystemClock, CountsMicrosecondsSince1970) {
  constexpr std::int64_t kYear2026 = 1'767'225'600'000'000;
  EXPECT_GT(SystemClock().NowUs(), kYear2026);
  EXPECT_LT(SystemClock().NowUs(), kYear2026 + 40 * 365 * kDayUs);
}

TEST_F(OffsetClockTest, IsSystemTimeWithoutAFile) {
  const OffsetClock clock(file_);
  EXPECT_TRUE(IsAhead(clock, 0));
}

TEST_F(OffsetClockTest, FollowsTheFileWhileItRuns) {
  WriteOffset(std::to_string(3 * kDayUs));
  const OffsetClock clock(file_);
  EXPECT_TRUE(IsAhead(clock, 3 * kDayUs));
  WriteOffset(std::to_string(13 * kDayUs) + "\n");
  EXPECT_TRUE(test::WaitFor([&] { return IsAhead(clock, 13 * kDayUs); }));
  WriteOffset(std::to_string(-2 * kHourUs));
  EXPECT_TRUE(test::WaitFor([&] { return IsAhead(clock, -2 * kHourUs); }));
  std::filesystem::remove(file_);
  EXPECT_TRUE(test::WaitFor([&] { return IsAhead(clock, 0); }));
}

TEST_F(OffsetClockTest, KeepsTheLastOffsetWhenTheFileIsUnreadable) {
  WriteOffset(std::to_string(5 * kDayUs));
  const OffsetClock clock(file_);
  for (const char* text : {"", "five days", "12x", "99999999999999999999999"}) {
    WriteOffset(text);
    // Long enough for the clock to look again: ten looks' worth of reads over wall time.
    const std::int64_t until = SystemClock().NowUs() + 120 * kMillisecondUs;
    while (SystemClock().NowUs() < until) ASSERT_TRUE(IsAhead(clock, 5 * kDayUs)) << text;
  }
}

TEST_F(OffsetClockTest, AnswersManyThreads) {
  const OffsetClock clock(file_);
  std::vector<std::thread> readers;
  std::atomic<bool> stop = false;
  std::atomic<int> wrong = 0;
  for (int i = 0; i < 4; ++i) {
    readers.emplace_back([&] {
      while (!stop) {
        if (AheadUs(clock) < -kSecondUs) ++wrong;
      }
    });
  }
  for (int i = 1; i <= 3; ++i) {
    WriteOffset(std::to_string(i * kDayUs));
    EXPECT_TRUE(test::WaitFor([&] { return IsAhead(clock, i * kDayUs); }));
  }
  stop = true;
  for (std::thread& reader : readers) reader.join();
  EXPECT_EQ(wrong, 0);
}

TEST(ManualClock, MovesOnlyWhenItIsMoved) {
  ManualClock clock(1000);
  EXPECT_EQ(clock.NowUs(), 1000);
  clock.Advance(5);
  EXPECT_EQ(clock.NowUs(), 1005);
  clock.Set(7);
  EXPECT_EQ(clock.NowUs(), 7);
}

}  // namespace
}  // namespace redress::platform
