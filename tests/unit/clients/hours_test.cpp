// A calendar's hours as people write and read them.

#include "clients/cli/hours.h"

#include <gtest/gtest.h>

#include "clients/cli/fields.h"

namespace redress::cli {
namespace {

using aftersales::v1::BusinessCalendar;
using aftersales::v1::SetCalendarRequest;

TEST(Hours, OfARangeOfWeekdaysAreThoseOfEach) {
  SetCalendarRequest request;
  ReadWeekdays("mon-wed=09:00-12:00,13:30-24:00", request);
  ReadWeekdays("sun=closed", request);
  ASSERT_EQ(request.week_size(), 4);
  EXPECT_EQ(request.week(2).weekday(), 3u);
  EXPECT_EQ(request.week(2).hours(1).from_minute(), 810);
  EXPECT_EQ(request.week(2).hours(1).to_minute(), 1440);
  EXPECT_EQ(request.week(3).weekday(), 7u);
  EXPECT_EQ(request.week(3).hours_size(), 0);
}

TEST(Hours, AreShownAsTheyAreWritten) {
  SetCalendarRequest request;
  ReadWeekdays("tue=09:00-12:00,13:30-18:00", request);
  ReadHoliday("2026-10-01=National Day", request);
  ReadExtraDay("2026-10-10=09:00-12:00", request);
  BusinessCalendar calendar;
  *calendar.mutable_week() = request.week();
  *calendar.mutable_special_days() = request.special_days();
  EXPECT_EQ(WeekText(calendar), "tue 09:00-12:00,13:30-18:00");
  EXPECT_EQ(SpecialDaysText(calendar), "2026-10-01 closed National Day; 2026-10-10 09:00-12:00");
}

TEST(Hours, ThatAreNoneAreRefusedWithAnExample) {
  SetCalendarRequest request;
  for (const char* text :
       {"mon", "mon=", "=09:00-10:00", "monday=09:00-10:00", "fri-mon=09:00-10:00", "mon=9-10",
        "mon=09:00", "mon=09:60-10:00", "mon=24:01-24:02"}) {
    EXPECT_THROW(ReadWeekdays(text, request), UsageError) << text;
  }
  EXPECT_THROW(ReadExtraDay("2026-10-10", request), UsageError);
}

TEST(Spans, AreToldInTheUnitsOfPeople) {
  EXPECT_EQ(SpanText(0), "0 s");
  EXPECT_EQ(SpanText(90'061), "1 d 1 h 1 min 1 s");
  EXPECT_EQ(SpanText(7'200), "2 h");
}

}  // namespace
}  // namespace redress::cli
