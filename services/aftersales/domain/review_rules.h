#pragma once

// What a shop decides about reviews, by its settings.

#include <cstdint>
#include <string>
#include <string_view>

#include "workflows/review/facts.h"

namespace redress::aftersales {

// Platforms that let no buyer revise a review, where the shop names none; separated by commas.
inline constexpr std::string_view kUnrevisablePlatforms = "tmall";

struct ReviewRules {
  workflows::review::PartOfDay part_of_day = workflows::review::PartOfDay::kMorning;
  workflows::review::PerChannel channel_limits = {3, 2, 1};
  std::string unrevisable_platforms = std::string(kUnrevisablePlatforms);

  // Whether a buyer may revise a review on this platform.
  bool LetsRevise(std::string_view platform) const;
};

// The part of the day in a zone that is so far ahead of UTC.
workflows::review::PartOfDay PartOfDayAt(std::int64_t at_us, std::int32_t utc_offset_s);

}  // namespace redress::aftersales
