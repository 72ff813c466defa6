#include "services/customer/domain/care.h"

#include <algorithm>
#include <charconv>
#include <chrono>

#include "services/platform/base/clock.h"
#include "services/platform/base/errors.h"

namespace redress::customer {
namespace {

using std::chrono::day;
using std::chrono::month;
using std::chrono::sys_days;
using std::chrono::year;
using std::chrono::year_month_day;

struct MonthDay {
  unsigned month = 0;
  unsigned day = 0;
};

std::optional<MonthDay> ParseMonthDay(const std::string& text) {
  if (text.size() != 5 || text[2] != '-') return std::nullopt;
  MonthDay parsed;
  const char* start = text.data();
  if (std::from_chars(start, start + 2, parsed.month).ptr != start + 2) return std::nullopt;
  if (std::from_chars(start + 3, start + 5, parsed.day).ptr != start + 5) return std::nullopt;
  constexpr int kLeapYear = 2024;
  const year_month_day in_leap_year(year(kLeapYear), month(parsed.month), day(parsed.day));
  return in_leap_year.ok() ? std::optional(parsed) : std::nullopt;
}

// The birthday in that year; of 29 February the 28th where there is none.
std::int64_t BirthdayIn(year in, const MonthDay& birthday) {
  year_month_day date(in, month(birthday.month), day(birthday.day));
  if (!date.ok()) date = year_month_day(in, month(birthday.month), day(birthday.day - 1));
  return sys_days(date).time_since_epoch().count();
}

std::vector<std::int64_t> BirthdaysAround(const std::string& birthday, std::int64_t today) {
  const auto parsed = ParseMonthDay(birthday);
  if (!parsed) return {};
  const year this_year = year_month_day(sys_days(std::chrono::days(today))).year();
  return {BirthdayIn(this_year, *parsed), BirthdayIn(this_year + std::chrono::years(1), *parsed),
          BirthdayIn(this_year + std::chrono::years(2), *parsed)};
}

}  // namespace

OccasionDays DaysOf(const CareRule& rule, const std::string& birthday, std::int64_t today) {
  OccasionDays found;
  const auto days =
      rule.occasion == Occasion::kBirthday ? BirthdaysAround(birthday, today) : rule.days;
  for (const std::int64_t on : days) {
    const std::int64_t due = on - rule.days_ahead;
    if (due <= today && today <= on) found.now = on;
    if (due > today && (!found.next || due < *found.next)) found.next = due;
  }
  return found;
}

ContactVerdict VerdictOn(const PersonContacts& contacts, std::uint32_t quiet_days,
                         std::int64_t now_us) {
  if (contacts.unwanted) return ContactVerdict::kRefused;
  const std::int64_t quiet_until = contacts.contacted_at + quiet_days * platform::kDayUs;
  const bool lately = contacts.contacted_at != 0 && quiet_until > now_us;
  return lately || contacts.reserved_by ? ContactVerdict::kQuiet : ContactVerdict::kAllowed;
}

void CheckBirthday(const std::string& birthday, const std::string& field) {
  if (birthday.empty() || ParseMonthDay(birthday)) return;
  throw platform::InvalidField(field, "is no day of a year; give month and day, e.g. 08-31");
}

}  // namespace redress::customer
