#include "services/customer/domain/risk.h"

#include <gtest/gtest.h>

namespace redress::customer {
namespace {

TEST(Risk, IsLowForSomebodyUnknown) {
  EXPECT_EQ(RiskOf({}).level, RiskLevel::kLow);
  EXPECT_TRUE(RiskOf({}).signs.empty());
}

TEST(Risk, SaysNothingOfAShareOfTwoOrders) {
  CustomerFigures figures;
  figures.paid_orders = 2;
  figures.refunded_orders = 2;
  EXPECT_EQ(RiskOf(figures).points, 0u);
}

TEST(Risk, IsRaisedByARefundOfEverySecondOrder) {
  CustomerFigures figures;
  figures.paid_orders = 4;
  figures.refunded_orders = 2;
  const Risk risk = RiskOf(figures);
  EXPECT_EQ(risk.level, RiskLevel::kRaised);
  EXPECT_EQ(risk.signs.at(0).explanation, "2 of 4 paid orders were refunded");
}

TEST(Risk, IsHighAfterTwoMaliciousReviews) {
  CustomerFigures figures;
  figures.malicious_reviews = 2;
  EXPECT_EQ(RiskOf(figures).level, RiskLevel::kHigh);
}

TEST(Risk, ForgivesRevisedReviews) {
  CustomerFigures figures;
  figures.bad_reviews = 3;
  EXPECT_EQ(RiskOf(figures).signs.size(), 1u);
  figures.revised_reviews = 1;
  EXPECT_TRUE(RiskOf(figures).signs.empty());
}

}  // namespace
}  // namespace redress::customer
