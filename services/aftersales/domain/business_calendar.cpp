#include "services/aftersales/domain/business_calendar.h"

#include <algorithm>
#include <set>

#include "services/platform/base/clock.h"
#include "services/platform/base/errors.h"

namespace redress::aftersales {
namespace {

constexpr std::int32_t kMinutesOfDay = 24 * 60;

// 1970-01-01 was a Thursday.
std::size_t WeekdayOf(std::int64_t day) {
  const std::int64_t since_monday = (day + 3) % 7;
  return static_cast<std::size_t>(since_monday < 0 ? since_monday + 7 : since_monday);
}

void CheckHours(const std::vector<OpenHours>& hours, const std::string& field) {
  if (hours.size() > kMostShifts) {
    throw platform::InvalidField(
        field, "has more than " + std::to_string(kMostShifts) + " shifts; join those that touch");
  }
  std::int32_t end = 0;
  for (const OpenHours& shift : hours) {
    if (shift.from_minute < 0 || shift.to_minute > kMinutesOfDay) {
      throw platform::InvalidField(field, "lies outside the day; use 00:00 to 24:00");
    }
    if (shift.from_minute >= shift.to_minute) {
      throw platform::InvalidField(
          field, "has a shift that ends before it begins; one over midnight is two shifts");
    }
    if (shift.from_minute < end) {
      throw platform::InvalidField(field, "has shifts that overlap or are not in order");
    }
    end = shift.to_minute;
  }
}

}  // namespace

void CheckCalendar(const BusinessCalendar& calendar) {
  bool opens = false;
  for (const auto& hours : calendar.week) {
    CheckHours(hours, "week");
    opens = opens || !hours.empty();
  }
  if (!opens) {
    throw platform::InvalidField(
        "week", "has no open hours at all, so that no working time ever passes; open one weekday");
  }
  if (calendar.days.size() > kMostSpecialDays) {
    throw platform::InvalidField(
        "special_days",
        "are more than " + std::to_string(kMostSpecialDays) + "; leave out past ones");
  }
  std::set<std::int64_t> seen;
  for (const SpecialDay& day : calendar.days) {
    CheckHours(day.hours, "special_days");
    if (!seen.insert(day.day).second) {
      throw platform::InvalidField(
          "special_days", "name " + platform::DayText(day.day) + " twice; say once what it is");
    }
  }
}

OpenTime::Day OpenTime::DayOf(std::int64_t day) const {
  const auto special = std::ranges::lower_bound(calendar_.days, day, {}, &SpecialDay::day);
  if (special != calendar_.days.end() && special->day == day) return {special->hours, &*special};
  return {calendar_.week[WeekdayOf(day)], nullptr};
}

template <class Visit>
bool OpenTime::ForEachOpen(std::int64_t from_at, const Visit& visit) const {
  const std::int64_t first = zone_.DayOf(from_at);
  for (std::int64_t day = first; day < first + kMostDays; ++day) {
    for (const OpenHours& shift : DayOf(day).hours) {
      const std::int64_t opens = zone_.InstantOf(day, std::int64_t{shift.from_minute} * 60);
      const std::int64_t closes = zone_.InstantOf(day, std::int64_t{shift.to_minute} * 60);
      const std::int64_t begin = std::max(opens, from_at);
      // Clocks that jump over a whole shift leave nothing of it.
      if (begin < closes && !visit(begin, closes)) return true;
    }
  }
  return false;
}

std::optional<std::int64_t> OpenTime::Add(std::int64_t from_at, std::int64_t amount_us) const {
  if (amount_us <= 0) return from_at;
  std::int64_t left = amount_us;
  std::optional<std::int64_t> reached;
  ForEachOpen(from_at, [&](std::int64_t begin, std::int64_t end) {
    if (left <= end - begin) {
      reached = begin + left;
      return false;
    }
    left -= end - begin;
    return true;
  });
  return reached;
}

std::int64_t OpenTime::Between(std::int64_t from_at, std::int64_t to_at) const {
  std::int64_t open = 0;
  if (to_at <= from_at) return open;
  ForEachOpen(from_at, [&](std::int64_t begin, std::int64_t end) {
    if (begin >= to_at) return false;
    open += std::min(end, to_at) - begin;
    return end < to_at;
  });
  return open;
}

std::vector<TimeSpan> OpenTime::Spans(std::int64_t from_at, std::int64_t to_at,
                                      std::size_t most) const {
  std::vector<TimeSpan> spans;
  std::int64_t at = from_at;
  const auto add = [&](std::int64_t until, bool counts) {
    if (until <= at || spans.size() == most) return;
    TimeSpan& span = spans.emplace_back(TimeSpan{at, until, counts, {}});
    const SpecialDay* special = counts ? nullptr : DayOf(zone_.DayOf(at)).special;
    if (special != nullptr) span.holiday = special->name;
    at = until;
  };
  // A closed stretch is told day by day, so that each holiday is named.
  const auto close = [&](std::int64_t until) {
    while (at < until && spans.size() < most) {
      add(std::min(until, zone_.DayStart(zone_.DayOf(at) + 1)), false);
    }
  };
  ForEachOpen(from_at, [&](std::int64_t begin, std::int64_t end) {
    if (begin >= to_at || spans.size() == most) return false;
    close(begin);
    add(std::min(end, to_at), true);
    return end < to_at;
  });
  close(to_at);
  return spans;
}

}  // namespace redress::aftersales
