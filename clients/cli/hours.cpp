#include "clients/cli/hours.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>
#include <string_view>
#include <utility>

#include "clients/cli/fields.h"

namespace redress::cli {
namespace {

namespace aftersales = redress::aftersales::v1;
using HoursList = google::protobuf::RepeatedPtrField<aftersales::OpenHours>;

constexpr std::array<std::string_view, 7> kWeekdays = {"mon", "tue", "wed", "thu",
                                                       "fri", "sat", "sun"};
constexpr std::string_view kClosed = "closed";

std::pair<std::string, std::string> Split(const std::string& text, char at) {
  const auto place = text.find(at);
  if (place == std::string::npos) return {text, ""};
  return {text.substr(0, place), text.substr(place + 1)};
}

std::optional<int> TwoDigits(std::string_view text) {
  int number = 0;
  const auto [stop, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  const bool all = error == std::errc() && stop == text.data() + text.size();
  return all && text.size() == 2 && number >= 0 ? std::optional(number) : std::nullopt;
}

int MinuteOf(const std::string& text) {
  const auto [hours, minutes] = Split(text, ':');
  const auto hour = TwoDigits(hours);
  const auto minute = TwoDigits(minutes);
  if (!hour || !minute || *minute > 59 || *hour > 24 || *hour * 60 + *minute > 24 * 60) {
    throw UsageError("'" + text + "' is no time of day; write it as 09:00, up to 24:00");
  }
  return *hour * 60 + *minute;
}

std::string TimeOfDay(int minute) {
  const auto two = [](int number) { return (number < 10 ? "0" : "") + std::to_string(number); };
  return two(minute / 60) + ":" + two(minute % 60);
}

std::size_t WeekdayOf(const std::string& text) {
  const auto found = std::find(kWeekdays.begin(), kWeekdays.end(), text);
  if (found == kWeekdays.end()) {
    throw UsageError("'" + text + "' is no weekday; write mon, tue, wed, thu, fri, sat or sun");
  }
  return static_cast<std::size_t>(found - kWeekdays.begin());
}

std::pair<std::string, std::string> Assignment(const std::string& text, const char* example) {
  auto parts = Split(text, '=');
  if (parts.second.empty() || parts.first.empty()) {
    throw UsageError("'" + text + "' has no '='; write it as " + example);
  }
  return parts;
}

}  // namespace

void ReadHours(const std::string& text, HoursList& into) {
  if (text == kClosed) return;
  std::string rest = text;
  while (!rest.empty()) {
    const auto [shift, others] = Split(rest, ',');
    const auto [from, to] = Split(shift, '-');
    aftersales::OpenHours& added = *into.Add();
    added.set_from_minute(MinuteOf(from));
    added.set_to_minute(MinuteOf(to));
    rest = others;
  }
}

std::string HoursText(const HoursList& hours) {
  std::string text;
  for (const auto& shift : hours) {
    text += (text.empty() ? "" : ",") + TimeOfDay(shift.from_minute()) + "-" +
            TimeOfDay(shift.to_minute());
  }
  return text.empty() ? std::string(kClosed) : text;
}

void ReadWeekdays(const std::string& text, aftersales::SetCalendarRequest& into) {
  const auto [days, hours] = Assignment(text, "mon-fri=09:00-12:00,13:30-18:00");
  const auto [first, last] = Split(days, '-');
  const std::size_t begin = WeekdayOf(first);
  const std::size_t end = last.empty() ? begin : WeekdayOf(last);
  if (end < begin) throw UsageError("'" + days + "' runs over the week's end; name both parts");
  for (std::size_t day = begin; day <= end; ++day) {
    aftersales::WeekdayHours& added = *into.add_week();
    added.set_weekday(static_cast<std::uint32_t>(day) + 1);
    ReadHours(hours, *added.mutable_hours());
  }
}

void ReadHoliday(const std::string& text, aftersales::SetCalendarRequest& into) {
  const auto [date, name] = Split(text, '=');
  aftersales::SpecialDay& added = *into.add_special_days();
  added.set_date(date);
  added.set_name(name);
}

void ReadExtraDay(const std::string& text, aftersales::SetCalendarRequest& into) {
  const auto [date, hours] = Assignment(text, "2026-10-10=09:00-18:00");
  aftersales::SpecialDay& added = *into.add_special_days();
  added.set_date(date);
  ReadHours(hours, *added.mutable_hours());
}

std::string WeekText(const aftersales::BusinessCalendar& calendar) {
  std::string text;
  for (const auto& day : calendar.week()) {
    text += (text.empty() ? "" : "; ") +
            std::string(kWeekdays.at((day.weekday() + kWeekdays.size() - 1) % kWeekdays.size())) +
            " " + HoursText(day.hours());
  }
  return text;
}

std::string SpecialDaysText(const aftersales::BusinessCalendar& calendar) {
  std::string text;
  for (const auto& day : calendar.special_days()) {
    text += (text.empty() ? "" : "; ") + day.date() + " " + HoursText(day.hours());
    if (!day.name().empty()) text += " " + day.name();
  }
  return text;
}

std::string SpanText(std::int64_t seconds) {
  constexpr std::pair<std::int64_t, const char*> kUnits[] = {
      {86'400, " d"}, {3'600, " h"}, {60, " min"}, {1, " s"}};
  std::string text;
  for (const auto& [unit, name] : kUnits) {
    if (seconds / unit == 0) continue;
    text += (text.empty() ? "" : " ") + std::to_string(seconds / unit) + name;
    seconds %= unit;
  }
  return text.empty() ? "0 s" : text;
}

}  // namespace redress::cli
