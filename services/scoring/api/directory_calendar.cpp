#include "services/scoring/api/directory_calendar.h"

#include "services/platform/base/errors.h"

namespace redress::scoring {
namespace {

// No clock is farther from UTC than this.
constexpr std::int64_t kFarthestFromUtcUs = 16 * platform::kHourUs;

}  // namespace

bool DirectoryCalendar::Knows(platform::ShopId shop) const {
  try {
    directory_.Shop(shop);
    return true;
  } catch (const platform::Refusal&) {
    return false;
  }
}

std::int64_t DirectoryCalendar::DayOf(platform::ShopId shop, std::int64_t at_us) const {
  return directory_.TimeZoneAt(shop, at_us)->DayOf(at_us);
}

std::int64_t DirectoryCalendar::DayStart(platform::ShopId shop, std::int64_t day) const {
  const auto zone = directory_.TimeZoneAt(shop, day * platform::kDayUs);
  const std::int64_t start = zone->DayStart(day);
  const bool is_its_zone =
      directory_.TimeZoneAt(shop, start) == zone && directory_.TimeZoneAt(shop, start - 1) == zone;
  if (is_its_zone) return start;
  // The shop moves around that day: the day starts where DayOf first says so.
  std::int64_t before = day * platform::kDayUs - kFarthestFromUtcUs;
  std::int64_t after = day * platform::kDayUs + kFarthestFromUtcUs;
  while (after - before > 1) {
    const std::int64_t middle = before + (after - before) / 2;
    (DayOf(shop, middle) < day ? before : after) = middle;
  }
  return after;
}

}  // namespace redress::scoring
