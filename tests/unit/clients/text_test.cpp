#include "clients/cpp/text.h"

#include <gtest/gtest.h>
#include <redress/order/v1/order.pb.h>

#include "clients/cpp/enum_names.h"

namespace redress::client {
namespace {

TEST(NearestName, FindsATypingError) {
  const std::vector<std::string> known = {"approve", "reject", "withdraw"};
  EXPECT_EQ(NearestName("aprove", known), "approve");
  EXPECT_EQ(NearestName("rejekt", known), "reject");
  EXPECT_EQ(NearestName("zzzzzz", known), "");
  EXPECT_EQ(NearestName("x", {}), "");
}

TEST(Trim, TakesWhiteSpaceOffBothEnds) {
  EXPECT_EQ(Trim(" \ta b\r\n"), "a b");
  EXPECT_EQ(Trim(" "), "");
}

TEST(RandomRequestId, IsNeverTheSameAndFitsTheRule) {
  const std::string one = RandomRequestId();
  EXPECT_NE(one, RandomRequestId());
  EXPECT_EQ(one.size(), 32u);
  EXPECT_EQ(one.find_first_not_of("0123456789abcdef"), std::string::npos);
}

TEST(EnumNames, AreFoundAsPeopleWriteThem) {
  const auto& type = *redress::order::v1::OrderStatus_descriptor();
  for (const char* text : {"TRADE_CLOSED", "trade-closed", "ORDER_STATUS_TRADE_CLOSED"}) {
    ASSERT_NE(FindEnumValue(type, text), nullptr) << text;
    EXPECT_EQ(FindEnumValue(type, text)->number(), 5) << text;
  }
  for (const char* text :
       {"CLOSED", "", "UNSPECIFIED", "unspecified", "ORDER_STATUS_UNSPECIFIED"}) {
    EXPECT_EQ(FindEnumValue(type, text), nullptr) << text;
  }
  EXPECT_EQ(ShortName(*type.FindValueByNumber(5)), "trade_closed");
  EXPECT_EQ(ShortName(*type.FindValueByNumber(0)), "");
  EXPECT_EQ(ShortNames(type).size(), 6u);
}

}  // namespace
}  // namespace redress::client
