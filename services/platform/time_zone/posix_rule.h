#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace redress::platform {

// The footer of a TZif file: how local time goes on after its last transition, as a POSIX TZ text
// such as "CET-1CEST,M3.5.0,M10.5.0/3".
struct PosixRule {
  // When, in a year, clocks change: on a weekday of a month (M), or a day of the year (J without,
  // N with 29 February), at a local time that may lie outside of the day.
  struct Change {
    enum class Kind { kMonthWeekday, kJulian, kDayOfYear } kind = Kind::kMonthWeekday;
    int month = 0, week = 0, weekday = 0;  // kMonthWeekday
    int day = 0;                           // the others
    std::int32_t time_s = 2 * 3600;

    // Local seconds since 1970 at which it happens in the year, by the clock before the change.
    std::int64_t LocalSecondsIn(int year) const;
  };

  std::int32_t standard_offset_s = 0;  // ahead of UTC
  bool has_summer = false;
  std::int32_t summer_offset_s = 0;
  Change to_summer;
  Change to_standard;
};

// nullopt for a text that is no such rule.
std::optional<PosixRule> ParsePosixRule(std::string_view text);

}  // namespace redress::platform
