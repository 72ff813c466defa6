// Occasions of care.
#include "services/customer/domain/care.h"

#include <gtest/gtest.h>

#include "services/platform/base/errors.h"
#include "services/platform/time_zone/time_zone.h"

namespace redress::customer {
namespace {

std::int64_t Day(const char* text) { return platform::ParseDay(text, "day"); }

CareRule Birthday(std::uint32_t days_ahead) {
  return {.code = "birthday", .occasion = Occasion::kBirthday, .days_ahead = days_ahead};
}

TEST(CareOccasions, ABirthdayComesEachYear) {
  const auto days = DaysOf(Birthday(0), "12-31", Day("2026-12-31"));
  EXPECT_EQ(days.now, Day("2026-12-31"));
  EXPECT_EQ(days.next, Day("2027-12-31"));
}

TEST(CareOccasions, DaysAheadReachAcrossTheYear) {
  const auto days = DaysOf(Birthday(5), "01-02", Day("2026-12-29"));
  EXPECT_EQ(days.now, Day("2027-01-02"));
}

TEST(CareOccasions, TheTwentyNinthOfFebruaryIsTheDayBeforeWhereThereIsNone) {
  EXPECT_EQ(DaysOf(Birthday(0), "02-29", Day("2026-02-28")).now, Day("2026-02-28"));
  EXPECT_EQ(DaysOf(Birthday(0), "02-29", Day("2028-02-29")).now, Day("2028-02-29"));
}

TEST(CareOccasions, WithoutABirthdayNothingIsDue) {
  const auto days = DaysOf(Birthday(0), "", Day("2026-02-28"));
  EXPECT_FALSE(days.now);
  EXPECT_FALSE(days.next);
}

TEST(CareOccasions, AFestivalIsEachOfItsDays) {
  CareRule rule{.code = "sale",
                .occasion = Occasion::kFestival,
                .days = {Day("2026-11-11"), Day("2026-12-12")},
                .days_ahead = 2};
  EXPECT_EQ(DaysOf(rule, "", Day("2026-11-09")).now, Day("2026-11-11"));
  EXPECT_FALSE(DaysOf(rule, "", Day("2026-11-12")).now);
  EXPECT_EQ(DaysOf(rule, "", Day("2026-11-12")).next, Day("2026-12-10"));
}

TEST(CareWishes, ABirthdayIsADayOfSomeYear) {
  for (const char* good : {"", "02-29", "12-31"}) EXPECT_NO_THROW(CheckBirthday(good, "birthday"));
  for (const char* bad : {"02-30", "13-01", "00-10", "1-1"}) {
    EXPECT_THROW(CheckBirthday(bad, "birthday"), platform::Refusal) << bad;
  }
}

}  // namespace
}  // namespace redress::customer
