#pragma once

// When a shop works, and the arithmetic of working time. A calendar has hours for each weekday,
// split into as many shifts as the shop likes, and days that differ: holidays, extra working days.
// Hours are those of the clock on the wall in the shop's zone; instants are UTC microseconds,
// amounts microseconds of open time. Pure.
//
//   OpenTime open(calendar, *zone);
//   due_at = open.Add(armed_at, 8 * kHourUs);   // Friday 16:00 → Monday 15:00, say
//
// Add and Between are each other's inverse, Add(Add(t, a), b) is Add(t, a + b), and neither ever
// turns back in time, also where clocks are changed.

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "services/platform/time_zone/time_zone.h"

namespace redress::aftersales {

// From one minute of the day (0) to another (at most 1,440): half-open.
struct OpenHours {
  std::int32_t from_minute = 0;
  std::int32_t to_minute = 0;

  bool operator==(const OpenHours&) const = default;
};

// A day that is not as its weekday: closed without hours.
struct SpecialDay {
  std::int64_t day = 0;  // since 1970-01-01
  std::string name;      // "National Day"
  std::vector<OpenHours> hours;

  bool operator==(const SpecialDay&) const = default;
};

struct BusinessCalendar {
  std::string name;
  std::uint32_t version = 0;                   // counts what was ever set under this name, from 1
  std::int64_t effective_at = 0;               // deadlines armed from then on count by it
  std::array<std::vector<OpenHours>, 7> week;  // Monday first; ascending, apart from each other
  std::vector<SpecialDay> days;                // ascending
};

inline constexpr std::size_t kMostShifts = 8;  // of one day
inline constexpr std::size_t kMostSpecialDays = 400;

// Throws Refusal INVALID_ARGUMENT for hours that overlap, run backwards or lie outside the day, for
// a day that is named twice, and for a week without any open hour: no working time ever passes.
void CheckCalendar(const BusinessCalendar& calendar);

// A stretch of time that counts or does not.
struct TimeSpan {
  std::int64_t from_at = 0;
  std::int64_t to_at = 0;
  bool counts = false;
  std::string holiday;  // of a closed stretch: the special day that it begins on, if any
};

class OpenTime {
 public:
  // No deadline lies further away: ten years of days are looked at.
  static constexpr std::int64_t kMostDays = 3660;

  // References outlive it.
  OpenTime(const BusinessCalendar& calendar, const platform::TimeZone& zone)
      : calendar_(calendar), zone_(zone) {}

  // The earliest moment by which so much open time has passed since `from_at`; `from_at` itself for
  // 0. Nothing where kMostDays do not have so much.
  std::optional<std::int64_t> Add(std::int64_t from_at, std::int64_t amount_us) const;
  // Open time between two moments; 0 when the second is not later.
  std::int64_t Between(std::int64_t from_at, std::int64_t to_at) const;
  // What lies between two moments, in order and without gaps; at most so many stretches.
  std::vector<TimeSpan> Spans(std::int64_t from_at, std::int64_t to_at, std::size_t most) const;

 private:
  struct Day {
    const std::vector<OpenHours>& hours;
    const SpecialDay* special;
  };
  Day DayOf(std::int64_t day) const;
  // Calls `visit(from_at, to_at)` for the open stretches after `from_at` until it answers false;
  // false when the days ran out before.
  template <class Visit>
  bool ForEachOpen(std::int64_t from_at, const Visit& visit) const;

  const BusinessCalendar& calendar_;
  const platform::TimeZone& zone_;
};

}  // namespace redress::aftersales
