// A condition that cannot be read says where, what was found and what to write.
#include <gtest/gtest.h>

#include <string>

#include "services/customer/domain/rules/expression.h"
#include "services/customer/domain/rules/type_check.h"
#include "services/platform/base/errors.h"

namespace redress::customer::rules {
namespace {

std::string ErrorOf(const std::string& condition) {
  try {
    ReadCondition(condition, "expression");
  } catch (const platform::Refusal& refusal) {
    EXPECT_EQ(refusal.code(), platform::Code::kInvalidArgument);
    EXPECT_EQ(refusal.violations().size(), 1u);
    EXPECT_EQ(refusal.violations().at(0).field, "expression");
    return refusal.violations().at(0).description;
  }
  ADD_FAILURE() << "was read: " << condition;
  return "";
}

TEST(ConditionErrors, AnUnknownFactNamesTheNearest) {
  EXPECT_EQ(ErrorOf("paid_ordrs >= 2"),
            "at character 1 there is `paid_ordrs`, which is no fact; write e.g. `paid_orders`");
}

TEST(ConditionErrors, PositionsCountCharactersNotBytes) {
  EXPECT_EQ(ErrorOf("bought(\"尺码:L\") >= x").substr(0, 15), "at character 19");
}

TEST(ConditionErrors, UnlikeTypesSayWhatIsExpected) {
  EXPECT_EQ(ErrorOf("refund_share > 30"),
            "at character 16 there is `30`, a number; write a share, e.g. 30% to compare with"
            " `refund_share`");
  EXPECT_NE(ErrorOf("lifetime_value > 30").find("an amount with its currency"), std::string::npos);
  EXPECT_NE(ErrorOf("last_order_at > 30").find("days_since"), std::string::npos);
  EXPECT_NE(ErrorOf("lifetime_value > lifetime_paid").find("currency"), std::string::npos);
  EXPECT_NE(ErrorOf("paid_orders = 2.5").find("a whole number"), std::string::npos);
}

TEST(ConditionErrors, AnOperandAloneIsNoCondition) {
  EXPECT_NE(ErrorOf("paid_orders").find("a comparison of it"), std::string::npos);
  EXPECT_NE(ErrorOf("tag(\"x\") = true").find("`not`"), std::string::npos);
  EXPECT_NE(ErrorOf("1 = 1").find("a fact on one side"), std::string::npos);
}

TEST(ConditionErrors, WhatIsMissingIsNamed) {
  EXPECT_EQ(ErrorOf("paid_orders >="),
            "at character 15 there is the end; write a fact, a number, a text in \"quotes\" or a"
            " date");
  EXPECT_NE(ErrorOf("(paid_orders = 1").find("write `)`"), std::string::npos);
  EXPECT_NE(ErrorOf("tag = 1").find("`tag(\"…\")`"), std::string::npos);
  EXPECT_NE(ErrorOf("tag(\"x").find("closing"), std::string::npos);
  EXPECT_NE(ErrorOf("paid_orders = 1 paid_orders = 2").find("and, or"), std::string::npos);
  EXPECT_NE(ErrorOf("").find("the end"), std::string::npos);
  EXPECT_NE(ErrorOf("paid_orders # 1").find("`#`"), std::string::npos);
  EXPECT_NE(ErrorOf("last_order_at > 2026-02-31").find("a day such as"), std::string::npos);
}

TEST(ConditionErrors, LengthAndDepthAreBounded) {
  EXPECT_NE(ErrorOf(std::string(kMostBytes + 1, ' ')).find("bytes"), std::string::npos);
  EXPECT_NE(ErrorOf(std::string(kMostDepth + 1, '(')).find("flatter"), std::string::npos);
  std::string many = "true";
  for (std::size_t i = 0; i < kMostWords / 2; ++i) many += " or true";
  EXPECT_NE(ErrorOf(many).find("words"), std::string::npos);
}

}  // namespace
}  // namespace redress::customer::rules
