#include "services/platform/base/ids.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <thread>
#include <unordered_set>
#include <vector>

#include "services/platform/base/errors.h"

namespace redress::platform {
namespace {

TEST(ParseId, ReadsWhatToStringWrote) {
  const CaseId id{18'446'744'073'709'551'615u};
  EXPECT_EQ(ParseId<CaseId>(ToString(id), "case_id"), id);
  EXPECT_EQ(ParseId<ShopId>("4294967295", "shop").value, 4'294'967'295u);
  EXPECT_EQ(ParseOptionalId<LineId>("", "line_id"), LineId{});
  EXPECT_EQ(ToString(LineId{}), "");
}

TEST(ParseId, RefusesEverythingElse) {
  for (const char* text : {"", "0", "-1", "+1", "1 ", " 1", "007", "12a", "1.0", "0x10",
                           "18446744073709551616", "99999999999999999999999"}) {
    try {
      ParseId<CaseId>(text, "case_id");
      FAIL() << text;
    } catch (const Refusal& refusal) {
      EXPECT_EQ(refusal.code(), Code::kInvalidArgument) << text;
      ASSERT_EQ(refusal.violations().size(), 1u);
      EXPECT_EQ(refusal.violations()[0].field, "case_id");
    }
  }
  EXPECT_THROW(ParseId<ShopId>("4294967296", "shop"), Refusal);
}

TEST(TimeOrderedIds, AreOrderedByTime) {
  ManualClock clock;
  TimeOrderedIds ids(clock, 1023);
  const std::uint64_t first = ids.Next();
  const std::uint64_t second = ids.Next();
  clock.Advance(kMillisecondUs);
  const std::uint64_t third = ids.Next();
  EXPECT_LT(first, second);
  EXPECT_LT(second, third);
  EXPECT_EQ(TimeOrderedIds::MadeAtUs(third), clock.NowUs());
  EXPECT_EQ(third >> 12 & 1023, 1023u);
  EXPECT_EQ(third & 4095, 0u);
}

TEST(TimeOrderedIds, OfTwoWorkersNeverMeet) {
  ManualClock clock;
  TimeOrderedIds one(clock, 1);
  TimeOrderedIds two(clock, 2);
  std::unordered_set<std::uint64_t> seen;
  for (int i = 0; i < 20'000; ++i) {
    EXPECT_TRUE(seen.insert(one.Next()).second);
    EXPECT_TRUE(seen.insert(two.Next()).second);
  }
}

TEST(TimeOrderedIds, NeitherRepeatNorShrinkWhenTheClockStepsBack) {
  ManualClock clock;
  TimeOrderedIds ids(clock, 7);
  std::uint64_t last = ids.Next();
  for (const std::int64_t step : {-kMillisecondUs, -kHourUs, -10 * kDayUs, kHourUs}) {
    clock.Advance(step);
    for (int i = 0; i < 10'000; ++i) {
      const std::uint64_t next = ids.Next();
      ASSERT_LT(last, next);
      ASSERT_EQ(next >> 12 & 1023, 7u);
      last = next;
    }
  }
}

TEST(TimeOrderedIds, SurviveAClockBeforeTheirEpoch) {
  ManualClock clock(0);
  TimeOrderedIds ids(clock, 0);
  const std::uint64_t first = ids.Next();
  EXPECT_NE(first, 0u);
  EXPECT_LT(first, ids.Next());
}

TEST(TimeOrderedIds, AreDifferentInAllThreads) {
  constexpr int kThreads = 8;
  constexpr int kEach = 50'000;
  const SystemClock clock;
  TimeOrderedIds ids(clock, 3);
  std::vector<std::vector<std::uint64_t>> made(kThreads);
  std::vector<std::thread> threads;
  for (auto& mine : made) {
    threads.emplace_back([&] {
      for (int i = 0; i < kEach; ++i) mine.push_back(ids.Next());
    });
  }
  for (std::thread& thread : threads) thread.join();
  std::vector<std::uint64_t> all;
  for (const auto& mine : made) {
    EXPECT_TRUE(std::is_sorted(mine.begin(), mine.end()));
    all.insert(all.end(), mine.begin(), mine.end());
  }
  std::sort(all.begin(), all.end());
  EXPECT_EQ(std::adjacent_find(all.begin(), all.end()), all.end());
}

TEST(TimeOrderedIds, RefuseAWorkerNumberOfMoreThanTenBits) {
  const SystemClock clock;
  EXPECT_THROW(TimeOrderedIds(clock, 1024), std::invalid_argument);
}

}  // namespace
}  // namespace redress::platform
