// Days of shops that move from one zone to another: each begins where the one before ends.

#include "services/scoring/api/directory_calendar.h"

#include <gtest/gtest.h>

namespace redress::scoring {
namespace {

using identity::v1::DirectoryChange;
using platform::ShopId;

constexpr ShopId kShop{1};
constexpr std::int64_t kDayOfMove = 20'000;

class Moving : public ::testing::Test {
 protected:
  // A shop that lives in one zone and, as that day begins there, moves to the other.
  void Move(const std::string& from, const std::string& to) {
    DirectoryChange shop;
    shop.mutable_shop()->set_shop_id(kShop.value);
    shop.mutable_shop()->set_time_zone(from);
    shop.mutable_shop()->set_currency_code("CNY");
    Apply(shop);
    DirectoryChange setting;
    setting.mutable_setting()->set_shop_id(kShop.value);
    setting.mutable_setting()->set_name("time_zone");
    setting.mutable_setting()->set_value(to);
    setting.mutable_setting()->set_effective_at_us(
        platform::TimeZone::Load(from)->DayStart(kDayOfMove));
    Apply(setting);
  }
  void ExpectWholeDays() {
    for (std::int64_t day = kDayOfMove - 3; day <= kDayOfMove + 3; ++day) {
      const std::int64_t start = calendar_.DayStart(kShop, day);
      EXPECT_GE(calendar_.DayOf(kShop, start), day);
      EXPECT_LT(calendar_.DayOf(kShop, start - 1), day);
    }
  }

  platform::Directory directory_;
  DirectoryCalendar calendar_{directory_};

 private:
  void Apply(DirectoryChange change) {
    change.set_version(directory_.version() + 1);
    const DirectoryChange* const changes[] = {&change};
    directory_.Apply(changes);
  }
};

TEST_F(Moving, ADayThatBeginsAtOneBeginsWhenTheShopMoves) {
  Move("Asia/Shanghai", "Asia/Tokyo");
  EXPECT_EQ(calendar_.DayStart(kShop, kDayOfMove),
            platform::TimeZone::Load("Asia/Shanghai")->DayStart(kDayOfMove));
  ExpectWholeDays();
}

TEST_F(Moving, WestwardADayIsLonger) {
  Move("Asia/Shanghai", "Europe/London");
  EXPECT_EQ(calendar_.DayStart(kShop, kDayOfMove),
            platform::TimeZone::Load("Europe/London")->DayStart(kDayOfMove));
  ExpectWholeDays();
}

TEST_F(Moving, AcrossTheWorldDaysStillFollowEachOther) {
  Move("America/New_York", "Asia/Shanghai");
  ExpectWholeDays();
}

}  // namespace
}  // namespace redress::scoring
