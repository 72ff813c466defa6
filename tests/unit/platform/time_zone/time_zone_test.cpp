#include "services/platform/time_zone/time_zone.h"

#include <gtest/gtest.h>

#include <rapidcheck/gtest.h>

#include <chrono>
#include <cstdlib>
#include <ctime>

#include "services/platform/base/errors.h"
#include "services/platform/time_zone/posix_rule.h"

namespace redress::platform {
namespace {

constexpr std::int64_t kHour_us = 3'600'000'000;

std::int64_t Utc(int year, int month, int day, int hour = 0, int minute = 0) {
  const auto date = std::chrono::sys_days(std::chrono::year(year) / month / day);
  return (date.time_since_epoch().count() * 24LL + hour) * kHour_us + minute * 60'000'000LL;
}
std::int64_t Day(const char* text) { return ParseDay(text, "day"); }
std::int64_t HoursOf(const TimeZone& zone, const char* day) {
  return (zone.DayStart(Day(day) + 1) - zone.DayStart(Day(day))) / kHour_us;
}

TEST(TimeZone, ShanghaiIsEightHoursAhead) {
  const auto zone = TimeZone::Load("Asia/Shanghai");
  EXPECT_EQ(zone->DayStart(Day("2026-03-01")), Utc(2026, 2, 28, 16));
  EXPECT_EQ(zone->DayOf(Utc(2026, 2, 28, 15, 59)), Day("2026-02-28"));
  EXPECT_EQ(zone->DayOf(Utc(2026, 2, 28, 16)), Day("2026-03-01"));
}

TEST(TimeZone, UtcHasNoTransitions) {
  const auto zone = TimeZone::Load("UTC");
  EXPECT_EQ(zone->DayOf(-1), -1);
  EXPECT_EQ(zone->DayOf(0), 0);
  EXPECT_EQ(zone->DayStart(1), 24 * kHour_us);
}

TEST(TimeZone, DaysOfClockChangesAreShorterAndLonger) {
  const auto london = TimeZone::Load("Europe/London");
  EXPECT_EQ(HoursOf(*london, "2011-03-27"), 23);
  EXPECT_EQ(HoursOf(*london, "2011-10-30"), 25);
  EXPECT_EQ(HoursOf(*london, "2011-10-31"), 24);
  const auto new_york = TimeZone::Load("America/New_York");
  EXPECT_EQ(HoursOf(*new_york, "2026-03-08"), 23);
  EXPECT_EQ(HoursOf(*new_york, "2026-11-01"), 25);
}

TEST(TimeZone, DayWithoutMidnightStartsAtOne) {
  // São Paulo went from 23:59:59 on 3 November 2018 to 01:00 on the 4th.
  const auto zone = TimeZone::Load("America/Sao_Paulo");
  EXPECT_EQ(zone->DayStart(Day("2018-11-04")), Utc(2018, 11, 4, 3));
  EXPECT_EQ(HoursOf(*zone, "2018-11-04"), 23);
  EXPECT_EQ(zone->DayOf(Utc(2018, 11, 4, 2, 59)), Day("2018-11-03"));
}

TEST(TimeZone, MidnightThatComesTwiceCountsOnce) {
  // St. John's set clocks back at 00:01 until 2011: one minute of 7 November 2010, then 23:01
  // again.
  const auto zone = TimeZone::Load("America/St_Johns");
  const auto start = zone->DayStart(Day("2010-11-07"));
  EXPECT_EQ(start, Utc(2010, 11, 7, 2, 30));
  EXPECT_EQ(zone->DayOf(start - 1), Day("2010-11-06"));
  EXPECT_EQ(zone->DayOf(start + 30 * 60'000'000LL), Day("2010-11-07"));
  EXPECT_EQ(HoursOf(*zone, "2010-11-07"), 25);
}

TEST(TimeZone, SkippedDateHasNoLength) {
  // Samoa had no 30 December 2011.
  const auto zone = TimeZone::Load("Pacific/Apia");
  EXPECT_EQ(HoursOf(*zone, "2011-12-30"), 0);
  EXPECT_EQ(HoursOf(*zone, "2011-12-29"), 24);
  EXPECT_EQ(zone->DayOf(zone->DayStart(Day("2011-12-31")) - 1), Day("2011-12-29"));
}

TEST(TimeZone, FooterRuleGoesOnAfterTheLastTransition) {
  const auto zone = TimeZone::Load("Europe/Berlin");
  EXPECT_EQ(zone->OffsetSeconds(Utc(2150, 7, 1)), 7200);
  EXPECT_EQ(zone->OffsetSeconds(Utc(2150, 1, 1)), 3600);
}

TEST(TimeZone, UnknownNamesAreRefused) {
  for (const char* name : {"", "Mars/Olympus", "../zoneinfo/UTC", "/etc/localtime", "zone.tab",
                           "right/UTC", "Asia", "tzdata.zi"}) {
    EXPECT_FALSE(TimeZone::Exists(name)) << name;
    EXPECT_THROW(TimeZone::Load(name), Refusal) << name;
  }
}

// The C library reads the same files; its answers are the measure.
TEST(TimeZone, AgreesWithTheSystemForEveryHourOfManyYears) {
  for (const char* name : {"Asia/Shanghai", "Europe/London", "America/New_York", "Asia/Kathmandu",
                           "Australia/Lord_Howe", "Africa/Casablanca", "America/Sao_Paulo"}) {
    setenv("TZ", name, 1);
    tzset();
    const auto zone = TimeZone::Load(name);
    for (std::int64_t at_s = Utc(1995, 1, 1) / 1'000'000; at_s < Utc(2060, 1, 1) / 1'000'000;
         at_s += 7 * 3600 + 1) {
      const std::time_t time = at_s;
      std::tm local{};
      localtime_r(&time, &local);
      ASSERT_EQ(zone->OffsetSeconds(at_s * 1'000'000), local.tm_gmtoff) << name << " " << at_s;
    }
  }
  unsetenv("TZ");
  tzset();
}

RC_GTEST_PROP(TimeZone, DaysNeverOverlap, ()) {
  const auto name = *rc::gen::elementOf(std::vector<std::string>{
      "Asia/Shanghai", "Europe/London", "America/Sao_Paulo", "America/St_Johns", "Pacific/Apia",
      "Asia/Gaza", "America/Havana", "Africa/Cairo"});
  const auto zone = TimeZone::Load(name);
  const auto at_us = *rc::gen::inRange<std::int64_t>(Utc(1970, 1, 1), Utc(2100, 1, 1));
  const auto day = zone->DayOf(at_us);
  RC_ASSERT(zone->DayStart(day) <= at_us);
  RC_ASSERT(at_us < zone->DayStart(day + 1));
}

TEST(Days, TextAndBack) {
  EXPECT_EQ(DayText(0), "1970-01-01");
  EXPECT_EQ(DayText(-1), "1969-12-31");
  EXPECT_EQ(ParseDay("2024-02-29", "day"), 19782);
  EXPECT_EQ(DayText(19782), "2024-02-29");
  for (const char* bad : {"", "2023-02-29", "2024-2-9", "2024-13-01", "2024/01/01", "20240101xx"}) {
    EXPECT_THROW(ParseDay(bad, "day"), Refusal) << bad;
  }
}

TEST(PosixRule, ReadsTheFormsThatZonesUse) {
  EXPECT_EQ(ParsePosixRule("CST-8")->standard_offset_s, 8 * 3600);
  EXPECT_EQ(ParsePosixRule("<+0545>-5:45")->standard_offset_s, 5 * 3600 + 45 * 60);
  const auto greenland = ParsePosixRule("<-02>2<-01>,M3.5.0/-1,M10.5.0/0");
  ASSERT_TRUE(greenland);
  EXPECT_EQ(greenland->to_summer.time_s, -3600);
  EXPECT_EQ(greenland->summer_offset_s, -3600);
  EXPECT_TRUE(ParsePosixRule("AAA3BBB,J60/2,J300/2"));
  for (const char* bad : {"", "X", "CET", "CET-1CEST", "CET-1CEST,M3.5.0", "CST-8x"}) {
    EXPECT_FALSE(ParsePosixRule(bad)) << bad;
  }
}

}  // namespace
}  // namespace redress::platform
