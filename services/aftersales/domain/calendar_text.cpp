#include "services/aftersales/domain/calendar_text.h"

#include <charconv>
#include <stdexcept>

namespace redress::aftersales {
namespace {

constexpr std::string_view kClosed = "-";

std::string HoursText(const std::vector<OpenHours>& hours) {
  std::string text;
  for (const OpenHours& shift : hours) {
    if (!text.empty()) text.push_back(',');
    text += std::to_string(shift.from_minute) + "-" + std::to_string(shift.to_minute);
  }
  return text;
}

// Takes what lies before the separator, which is dropped; all of it where there is none.
std::string_view TakeUntil(std::string_view& rest, char separator) {
  const auto end = rest.find(separator);
  const std::string_view taken = rest.substr(0, end);
  rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
  return taken;
}

std::int32_t MinuteOf(std::string_view text) {
  std::int32_t minute = 0;
  const auto [stop, error] = std::from_chars(text.data(), text.data() + text.size(), minute);
  if (error != std::errc() || stop != text.data() + text.size()) {
    throw std::runtime_error("a calendar's hours cannot be read");
  }
  return minute;
}

std::vector<OpenHours> HoursOf(std::string_view text) {
  std::vector<OpenHours> hours;
  while (!text.empty()) {
    std::string_view shift = TakeUntil(text, ',');
    const std::int32_t from = MinuteOf(TakeUntil(shift, '-'));
    hours.push_back({from, MinuteOf(shift)});
  }
  return hours;
}

}  // namespace

std::string WeekText(const BusinessCalendar& calendar) {
  std::string text;
  for (const auto& hours : calendar.week) text += HoursText(hours) + ";";
  return text;
}

std::string SpecialDaysText(const BusinessCalendar& calendar) {
  std::string text;
  for (const SpecialDay& day : calendar.days) {
    const std::string hours = HoursText(day.hours);
    text += platform::DayText(day.day) + " " + (hours.empty() ? std::string(kClosed) : hours) +
            " " + day.name + "\n";
  }
  return text;
}

void ReadWeek(std::string_view text, BusinessCalendar& into) {
  for (auto& hours : into.week) hours = HoursOf(TakeUntil(text, ';'));
  if (!text.empty()) throw std::runtime_error("a calendar's week has more than seven days");
}

void ReadSpecialDays(std::string_view text, BusinessCalendar& into) {
  into.days.clear();
  while (!text.empty()) {
    std::string_view line = TakeUntil(text, '\n');
    SpecialDay& day = into.days.emplace_back();
    try {
      day.day = platform::ParseDay(TakeUntil(line, ' '), "special_days");
    } catch (const std::exception&) {
      throw std::runtime_error("a calendar's special day has no date");
    }
    const std::string_view hours = TakeUntil(line, ' ');
    if (hours != kClosed) day.hours = HoursOf(hours);
    day.name = line;
  }
}

}  // namespace redress::aftersales
