#include "services/scoring/api/directory_calendar.h"

#include "services/platform/base/errors.h"

namespace redress::scoring {

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
  // The zone in force around that day; a shop that moves moves at the day's end.
  return directory_.TimeZoneAt(shop, day * platform::kDayUs)->DayStart(day);
}

}  // namespace redress::scoring
