#pragma once

#include <cstdint>

#include "services/platform/base/ids.h"

namespace redress::scoring {

// The days of shops, each in its own time zone. Thread-safe.
class Calendar {
 public:
  virtual ~Calendar() = default;

  // Whether the shop's zone is known yet; a shop can be younger here than its first event.
  virtual bool Knows(platform::ShopId shop) const = 0;
  // The day on whose date the instant falls, counted from 1970-01-01 = 0. The shop must be known.
  virtual std::int64_t DayOf(platform::ShopId shop, std::int64_t at_us) const = 0;
  // The first instant of that day. The shop must be known.
  virtual std::int64_t DayStart(platform::ShopId shop, std::int64_t day) const = 0;
};

}  // namespace redress::scoring
