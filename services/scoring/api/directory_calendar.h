#pragma once

#include "services/platform/access/directory.h"
#include "services/scoring/domain/calendar.h"

namespace redress::scoring {

// The shops' zones as identity's directory tells them, each in force at the moment asked about.
class DirectoryCalendar final : public Calendar {
 public:
  explicit DirectoryCalendar(const platform::Directory& directory) : directory_(directory) {}

  bool Knows(platform::ShopId shop) const override;
  std::int64_t DayOf(platform::ShopId shop, std::int64_t at_us) const override;
  std::int64_t DayStart(platform::ShopId shop, std::int64_t day) const override;

 private:
  const platform::Directory& directory_;
};

}  // namespace redress::scoring
