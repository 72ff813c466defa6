#include "services/customer/domain/place.h"

#include <gtest/gtest.h>

namespace redress::customer {
namespace {

TEST(Place, IsTheSameInWhateverSpelling) {
  const std::string place =
      NormalisedPlace({.name = "张三", .phone = "", .address = "杭州市文一路12号 A座3-501"});
  EXPECT_EQ(place,
            NormalisedPlace(
                {.name = " 张三 ", .phone = "1", .address = "杭州市，文一路１２号（Ａ座）3－501"}));
  EXPECT_EQ(place,
            NormalisedPlace({.name = "张三", .phone = "", .address = "杭州市文一路12号a座 3501"}));
}

TEST(Place, DiffersByHouseAndName) {
  const Contact here{.name = "Ann Lee", .phone = "", .address = "1 High St"};
  EXPECT_NE(NormalisedPlace(here),
            NormalisedPlace({.name = "Ann Lee", .phone = "", .address = "2 High St"}));
  EXPECT_NE(NormalisedPlace(here),
            NormalisedPlace({.name = "Bob Lee", .phone = "", .address = "1 High St"}));
}

TEST(Place, IsNoneWithoutNameOrAddress) {
  EXPECT_EQ(NormalisedPlace({.name = "", .phone = "", .address = "1 High St"}), "");
  EXPECT_EQ(NormalisedPlace({.name = "Ann", .phone = "", .address = " - "}), "");
}

}  // namespace
}  // namespace redress::customer
