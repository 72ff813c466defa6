// Working time: what counts, what is skipped, and the laws that the arithmetic keeps in every zone.

#include "services/aftersales/domain/business_calendar.h"

#include <gtest/gtest.h>

#include <rapidcheck/gtest.h>

#include "services/aftersales/domain/calendar_text.h"
#include "services/platform/base/clock.h"
#include "services/platform/base/errors.h"

namespace redress::aftersales {
namespace {

using platform::kHourUs;
using platform::kMinuteUs;
using platform::ParseDay;
using platform::TimeZone;

constexpr OpenHours kMorning{9 * 60, 12 * 60};
constexpr OpenHours kAfternoon{13 * 60 + 30, 18 * 60};

// Monday to Friday 09:00–12:00 and 13:30–18:00; National Day off, the Saturday after it made up.
BusinessCalendar Office() {
  BusinessCalendar calendar;
  calendar.name = "office";
  for (std::size_t day = 0; day < 5; ++day) calendar.week[day] = {kMorning, kAfternoon};
  calendar.days = {{ParseDay("2026-10-01", "day"), "National Day", {}},
                   {ParseDay("2026-10-10", "day"), "", {kMorning}}};
  return calendar;
}

// Wall clock in the zone, for days on which no clock is changed.
std::int64_t At(const TimeZone& zone, const char* day, int hour, int minute = 0) {
  return zone.InstantOf(ParseDay(day, "day"), (hour * 60 + minute) * 60);
}

class OfficeHours : public ::testing::Test {
 protected:
  const std::shared_ptr<const TimeZone> zone_ = TimeZone::Load("Asia/Shanghai");
  const BusinessCalendar calendar_ = Office();
  const OpenTime open_{calendar_, *zone_};

  std::int64_t At(const char* day, int hour, int minute = 0) const {
    return aftersales::At(*zone_, day, hour, minute);
  }
};

TEST_F(OfficeHours, PassOverLunchNightAndWeekend) {
  // Friday 11:00: one hour before lunch, four and a half after it, the rest on Monday.
  EXPECT_EQ(open_.Add(At("2026-09-25", 11), 30 * kMinuteUs), At("2026-09-25", 11, 30));
  EXPECT_EQ(open_.Add(At("2026-09-25", 11), 2 * kHourUs), At("2026-09-25", 14, 30));
  EXPECT_EQ(open_.Add(At("2026-09-25", 11), 8 * kHourUs), At("2026-09-28", 11, 30));
}

TEST_F(OfficeHours, EndWithTheShiftAndNotWithTheNextOne) {
  EXPECT_EQ(open_.Add(At("2026-09-25", 17), kHourUs), At("2026-09-25", 18));
}

TEST_F(OfficeHours, PassOverHolidaysAndCountExtraDays) {
  EXPECT_EQ(open_.Add(At("2026-09-30", 17), 2 * kHourUs), At("2026-10-02", 10));
  EXPECT_EQ(open_.Add(At("2026-10-09", 17), 2 * kHourUs), At("2026-10-10", 10));
}

TEST_F(OfficeHours, BeginWhenTheShopOpens) {
  EXPECT_EQ(open_.Add(At("2026-09-26", 3), kHourUs), At("2026-09-28", 10));
  EXPECT_EQ(open_.Add(At("2026-09-26", 3), 0), At("2026-09-26", 3));
}

TEST_F(OfficeHours, TellsWhatCountsAndNamesTheHoliday) {
  const auto spans = open_.Spans(At("2026-09-30", 17), At("2026-10-02", 10), 10);
  ASSERT_EQ(spans.size(), 5u);
  EXPECT_TRUE(spans[0].counts);
  EXPECT_EQ(spans[0].to_at, At("2026-09-30", 18));
  EXPECT_FALSE(spans[1].counts);
  EXPECT_EQ(spans[1].holiday, "");
  EXPECT_EQ(spans[2].holiday, "National Day");
  EXPECT_EQ(spans[3].holiday, "");
  EXPECT_TRUE(spans[4].counts);
  EXPECT_EQ(spans[4].from_at, At("2026-10-02", 9));
  EXPECT_EQ(open_.Spans(At("2026-09-30", 17), At("2026-10-02", 10), 2).size(), 2u);
}

TEST(WorkingTime, GoesByTheClockOnTheWallWhereClocksAreChanged) {
  const auto london = TimeZone::Load("Europe/London");
  BusinessCalendar nights;
  for (auto& hours : nights.week) hours = {{0, 4 * 60}};
  const OpenTime open(nights, *london);
  const auto hours_of = [&](const char* text) {
    const std::int64_t day = ParseDay(text, "day");
    return open.Between(london->DayStart(day), london->DayStart(day + 1)) / kHourUs;
  };
  // From 01:00 clocks show 02:00 at once: three hours only; in autumn five.
  EXPECT_EQ(hours_of("2026-03-29"), 3);
  EXPECT_EQ(hours_of("2026-10-25"), 5);
}

TEST(WorkingTime, IsNotReachedWhereTenYearsDoNotHaveIt) {
  BusinessCalendar minutes;
  minutes.week[0] = {{0, 1}};
  const OpenTime open(minutes, *TimeZone::Load("UTC"));
  EXPECT_TRUE(open.Add(0, 500 * kMinuteUs));
  EXPECT_FALSE(open.Add(0, 600 * kMinuteUs));
}

std::string Refused(const BusinessCalendar& calendar) {
  try {
    CheckCalendar(calendar);
  } catch (const platform::Refusal& refusal) {
    return refusal.violations().at(0).field;
  }
  return "";
}

TEST(Calendars, AreRefusedWithoutAnyOpenHour) {
  BusinessCalendar closed;
  closed.days = {{ParseDay("2026-10-10", "day"), "", {kMorning}}};
  EXPECT_EQ(Refused(closed), "week");
  EXPECT_EQ(Refused(Office()), "");
}

TEST(Calendars, AreRefusedWithHoursThatOverlapRunBackwardsOrLeaveTheDay) {
  for (const std::vector<OpenHours>& hours : {std::vector<OpenHours>{{540, 720}, {700, 800}},
                                              {{720, 540}},
                                              {{-1, 60}},
                                              {{60, 1441}},
                                              {{600, 600}},
                                              {{800, 900}, {540, 600}},
                                              std::vector<OpenHours>(9, OpenHours{0, 1})}) {
    BusinessCalendar calendar = Office();
    calendar.week[2] = hours;
    EXPECT_EQ(Refused(calendar), "week");
    calendar = Office();
    calendar.days[1].hours = hours;
    EXPECT_EQ(Refused(calendar), "special_days");
  }
}

TEST(Calendars, AreRefusedWithADayThatIsNamedTwice) {
  BusinessCalendar calendar = Office();
  calendar.days.push_back(calendar.days.front());
  EXPECT_EQ(Refused(calendar), "special_days");
}

TEST(Calendars, AreReadAsTheyWereWritten) {
  const BusinessCalendar office = Office();
  BusinessCalendar read;
  ReadWeek(WeekText(office), read);
  ReadSpecialDays(SpecialDaysText(office), read);
  EXPECT_EQ(read.week, office.week);
  EXPECT_EQ(read.days, office.days);
  EXPECT_THROW(ReadWeek("540-x;;;;;;;", read), std::runtime_error);
  EXPECT_THROW(ReadWeek(";;;;;;;;", read), std::runtime_error);
  EXPECT_THROW(ReadSpecialDays("2026-13-01 - x\n", read), std::runtime_error);
}

// ---- laws ---------------------------------------------------------------------------------------

std::vector<OpenHours> AnyHours() {
  std::vector<OpenHours> hours;
  std::int32_t at = 0;
  const int shifts = *rc::gen::inRange(0, 4);
  for (int i = 0; i < shifts && at < 1400; ++i) {
    const std::int32_t from = at + *rc::gen::inRange(0, 400);
    const std::int32_t to = from + *rc::gen::inRange(1, 400);
    if (to > 1440) break;
    hours.push_back({from, to});
    at = to;
  }
  return hours;
}

struct AnyOpen {
  AnyOpen() {
    for (auto& hours : calendar.week) hours = AnyHours();
    const std::size_t open_day = *rc::gen::inRange<std::size_t>(0, 7);
    if (calendar.week[open_day].empty()) calendar.week[open_day] = {{600, 660}};
    std::int64_t day = ParseDay("2026-01-01", "day");
    const int days = *rc::gen::inRange(0, 6);
    for (int i = 0; i < days; ++i) {
      day += *rc::gen::inRange(1, 120);
      calendar.days.push_back({day, "", AnyHours()});
    }
    CheckCalendar(calendar);
    // Ordinary ones, one that jumps at midnight, one that jumps by half an hour, one that skipped a
    // date.
    zone = TimeZone::Load(*rc::gen::element<std::string>(
        "Asia/Shanghai", "Europe/London", "America/New_York", "America/Santiago",
        "Australia/Lord_Howe", "Pacific/Apia", "UTC"));
    const std::int64_t begin = ParseDay("2026-01-01", "day") * 24 * kHourUs;
    from = begin + *rc::gen::inRange<std::int64_t>(0, 500LL * 24 * 3600) * 1'000'000 +
           *rc::gen::inRange(0, 1'000'000);
  }
  std::int64_t Amount() const { return *rc::gen::inRange<std::int64_t>(0, 300'000) * 1'000'003; }

  BusinessCalendar calendar;
  std::shared_ptr<const TimeZone> zone;
  std::int64_t from = 0;
};

RC_GTEST_PROP(WorkingTimeLaws, CountingBackGivesWhatWasAdded, ()) {
  const AnyOpen any;
  const OpenTime open(any.calendar, *any.zone);
  const std::int64_t amount = any.Amount();
  const auto due = open.Add(any.from, amount);
  RC_PRE(due.has_value());
  RC_ASSERT(*due >= any.from + amount);
  RC_ASSERT(open.Between(any.from, *due) == amount);
  // The earliest such moment: a microsecond before, something is missing.
  if (amount > 0) RC_ASSERT(open.Between(any.from, *due - 1) == amount - 1);
}

RC_GTEST_PROP(WorkingTimeLaws, AddingTwiceIsAddingTheSum, ()) {
  const AnyOpen any;
  const OpenTime open(any.calendar, *any.zone);
  const std::int64_t first = any.Amount();
  const std::int64_t second = any.Amount();
  const auto sum = open.Add(any.from, first + second);
  RC_PRE(sum.has_value());
  RC_ASSERT(open.Add(open.Add(any.from, first).value(), second) == sum);
}

RC_GTEST_PROP(WorkingTimeLaws, MoreTimeOrALaterStartIsNeverDueEarlier, ()) {
  const AnyOpen any;
  const OpenTime open(any.calendar, *any.zone);
  const std::int64_t amount = any.Amount();
  const std::int64_t more = amount + any.Amount();
  const std::int64_t later = any.from + any.Amount();
  const auto due = open.Add(any.from, amount);
  const auto due_of_more = open.Add(any.from, more);
  const auto due_of_later = open.Add(later, amount);
  RC_PRE(due_of_more.has_value() && due_of_later.has_value());
  RC_ASSERT(due.value() <= *due_of_more);
  RC_ASSERT(due.value() <= *due_of_later);
}

RC_GTEST_PROP(WorkingTimeLaws, TheStretchesFillTheTimeAndCountTheAmount, ()) {
  const AnyOpen any;
  const OpenTime open(any.calendar, *any.zone);
  const std::int64_t amount = *rc::gen::inRange<std::int64_t>(0, 100'000) * 1'000'000;
  const auto due = open.Add(any.from, amount);
  RC_PRE(due.has_value());
  std::int64_t at = any.from;
  std::int64_t counted = 0;
  for (const TimeSpan& span : open.Spans(any.from, *due, 100'000)) {
    RC_ASSERT(span.from_at == at);
    RC_ASSERT(span.to_at > span.from_at);
    if (span.counts) counted += span.to_at - span.from_at;
    at = span.to_at;
  }
  RC_ASSERT(at == *due);
  RC_ASSERT(counted == amount);
}

}  // namespace
}  // namespace redress::aftersales
