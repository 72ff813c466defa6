#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace redress::platform {

// A civil time zone, read from the system's TZif files (/usr/share/zoneinfo). Instants are UTC
// microseconds since 1970; days are numbered from 1970-01-01 = 0. Immutable and shared.
//
// A day starts at the first instant that carries its date: where clocks jump over midnight, at
// 01:00; where midnight comes twice, at the first. Days may thus have 23 or 25 hours; a zone that
// skipped a whole date gives that day no length, and nothing ever falls into it. Days never
// overlap: DayStart(d) <= t < DayStart(d + 1) holds exactly when DayOf(t) == d.
class TimeZone {
 public:
  // Loads an IANA zone, e.g. "Asia/Shanghai"; loaded zones are kept. Throws Refusal
  // kInvalidArgument (field `time_zone`) when the system does not know the name.
  static std::shared_ptr<const TimeZone> Load(std::string_view name);
  // Whether Load would succeed.
  static bool Exists(std::string_view name);

  // The day on whose date the instant falls.
  std::int64_t DayOf(std::int64_t at_us) const;
  // The first instant of the day; the day ends where the next one starts.
  std::int64_t DayStart(std::int64_t day) const;
  // The first instant of the day whose clock shows `second_of_day` (0 to 86,400) or later: of a
  // time that clocks show twice the first, of one that they skip the moment of the jump.
  std::int64_t InstantOf(std::int64_t day, std::int64_t second_of_day) const;
  // How far local time is ahead of UTC at the instant, seconds.
  std::int32_t OffsetSeconds(std::int64_t at_us) const;

  const std::string& name() const { return name_; }

 private:
  struct Transition {
    std::int64_t at_s;      // from this instant on …
    std::int32_t offset_s;  // … local time is this far ahead of UTC
  };

  static std::shared_ptr<const TimeZone> Find(std::string_view name);  // null: unknown
  static std::shared_ptr<const TimeZone> Read(const std::filesystem::path& file, std::string name);
  // Appends the changes that the file's footer rule brings after the last transition.
  void Unroll(std::string_view footer);
  std::int32_t OffsetAt(std::int64_t at_s) const;

  std::string name_;
  std::int32_t first_offset_s_ = 0;      // before the first transition
  std::vector<Transition> transitions_;  // ascending; the rule of the last years is unrolled
};

// "2026-03-01" for a day number, and back; the way figures show days. ParseDay throws Refusal
// kInvalidArgument naming `field`.
std::string DayText(std::int64_t day);
std::int64_t ParseDay(std::string_view text, std::string_view field);

}  // namespace redress::platform
