#include "services/aftersales/domain/review_rules.h"

#include "services/aftersales/domain/shop_policies.h"
#include "services/platform/base/clock.h"

namespace redress::aftersales {

using workflows::review::PartOfDay;

bool ReviewRules::LetsRevise(std::string_view platform) const {
  return !IsListed(unrevisable_platforms, platform);
}

PartOfDay PartOfDayAt(std::int64_t at_us, std::int32_t utc_offset_s) {
  constexpr std::int64_t kHourS = 3600;
  const std::int64_t hour = (at_us / platform::kSecondUs + utc_offset_s) / kHourS % 24;
  if (hour < 12) return PartOfDay::kMorning;
  return hour < 18 ? PartOfDay::kAfternoon : PartOfDay::kEvening;
}

}  // namespace redress::aftersales
