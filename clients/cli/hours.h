#pragma once

// A calendar's hours as people write them.

#include <redress/aftersales/v1/deadline_service.pb.h>

#include <string>

namespace redress::cli {

// "09:00-12:00,13:30-18:00"; "closed" for none. Throws UsageError.
void ReadHours(const std::string& text,
               google::protobuf::RepeatedPtrField<aftersales::v1::OpenHours>& into);
std::string HoursText(const google::protobuf::RepeatedPtrField<aftersales::v1::OpenHours>& hours);

// "mon-fri=09:00-18:00" or "sat=09:00-12:00": adds the weekdays. Throws UsageError.
void ReadWeekdays(const std::string& text, aftersales::v1::SetCalendarRequest& into);
// "2026-10-01=National Day" for a holiday. Throws UsageError.
void ReadHoliday(const std::string& text, aftersales::v1::SetCalendarRequest& into);
// "2026-10-10=09:00-18:00" for a day that is open after all. Throws UsageError.
void ReadExtraDay(const std::string& text, aftersales::v1::SetCalendarRequest& into);

// "mon 09:00-12:00,13:30-18:00; …".
std::string WeekText(const aftersales::v1::BusinessCalendar& calendar);
std::string SpecialDaysText(const aftersales::v1::BusinessCalendar& calendar);

// "2 d 3 h 30 min" of seconds.
std::string SpanText(std::int64_t seconds);

}  // namespace redress::cli
