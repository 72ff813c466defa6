#include "services/customer/domain/contribution.h"

#include <gtest/gtest.h>

namespace redress::customer {
namespace {

OrderFact Paid(std::uint64_t customer, std::int64_t at = 100) {
  OrderFact order;
  order.shop = ShopId{7};
  order.id = OrderId{1};
  order.version = 1;
  order.customer = CustomerId{customer};
  order.currency = "CNY";
  order.ordered_at = at;
  order.paid_at = at + 5;
  order.paid_minor = 1000;
  return order;
}

CaseFact Review(std::uint32_t stars) {
  CaseFact review;
  review.shop = ShopId{7};
  review.id = CaseId{2};
  review.customer = CustomerId{1};
  review.kind = "review";
  review.review_stars = stars;
  review.review_rating = "neutral";
  return review;
}

TEST(Contribution, OfAnUnpaidOrderHasNoMoney) {
  OrderFact order = Paid(1);
  order.paid_at = 0;
  const Contribution made = ContributionOf(order);
  EXPECT_EQ(made.adds[Count::kOrders], 1);
  EXPECT_EQ(made.adds[Count::kPaidOrders], 0);
  EXPECT_TRUE(made.adds.money.empty());
}

TEST(Contribution, OfNobodysOrderIsNothing) {
  EXPECT_EQ(ContributionOf(Paid(0)).adds, FigureChange{});
}

TEST(Contribution, OfARefundedOrderNamesTheOrder) {
  OrderFact order = Paid(1);
  order.refunded_minor = 300;
  const Contribution made = ContributionOf(order);
  EXPECT_EQ(made.refunded_order, OrderId{1});
  EXPECT_EQ(made.adds.money.at("CNY").refunded_minor, 300);
}

TEST(Contribution, CountsAReviewOfTwoStarsAsBadAndOfThreeNot) {
  EXPECT_EQ(ContributionOf(Review(2)).adds[Count::kBadReviews], 1);
  EXPECT_EQ(ContributionOf(Review(3)).adds[Count::kBadReviews], 0);
}

TEST(Contribution, JudgesAReviewWithoutStarsByItsWord) {
  CaseFact review = Review(0);
  EXPECT_EQ(ContributionOf(review).adds[Count::kBadReviews], 0);
  review.review_rating = "bad";
  EXPECT_EQ(ContributionOf(review).adds[Count::kBadReviews], 1);
}

TEST(Contribution, DoesNotCountAWithdrawnReview) {
  CaseFact review = Review(1);
  review.state = "Withdrawn";
  EXPECT_EQ(ContributionOf(review).adds[Count::kReviews], 0);
  EXPECT_EQ(ContributionOf(review).adds[Count::kCases], 1);
}

TEST(Contribution, CountsAReviewAsMaliciousOnceThePlatformRemovedIt) {
  CaseFact review = Review(1);
  review.review_judgement = "malicious";
  EXPECT_EQ(ContributionOf(review).adds[Count::kMaliciousReviews], 0);
  review.review_change = "removed";
  EXPECT_EQ(ContributionOf(review).adds[Count::kMaliciousReviews], 1);
}

// Of an imported review nothing says how the shop judged it.
TEST(Contribution, DoesNotCountAReviewThatNobodyJudgedAsMalicious) {
  CaseFact review = Review(1);
  review.review_change = "removed";
  EXPECT_EQ(ContributionOf(review).adds[Count::kMaliciousReviews], 0);
}

TEST(Contribution, CountsTheCouponsOfACaseAndWhenTheLastWasGiven) {
  CaseFact one = Review(1);
  one.coupons = {{4, "CNY", 500, 90}, {7, "CNY", 500, 70}};
  const Contribution made = ContributionOf(one);
  EXPECT_EQ(made.adds[Count::kCoupons], 2);
  EXPECT_EQ(made.adds[Last::kCoupon], 90);
}

TEST(FigureChanges, LookAgainForWhomACouponIsTakenFrom) {
  CaseFact one = Review(1);
  one.coupons = {{4, "CNY", 500, 90}};
  CaseFact of_another = one;
  of_another.customer = CustomerId{2};
  FigureChanges changes;
  changes.Replace(ContributionOf(one), ContributionOf(of_another));
  const CustomerKey from{ShopId{7}, CustomerId{1}};
  const CustomerKey to{ShopId{7}, CustomerId{2}};
  EXPECT_EQ(changes.figures.at(from)[Count::kCoupons], -1);
  EXPECT_EQ(changes.figures.at(to)[Count::kCoupons], 1);
  EXPECT_TRUE(changes.look_again.contains(from));
}

TEST(FigureChanges, MoveAnOrderFromOneCustomerToAnother) {
  FigureChanges changes;
  changes.Replace(ContributionOf(Paid(1)), ContributionOf(Paid(2)));
  const FigureChange& from = changes.figures.at({ShopId{7}, CustomerId{1}});
  const FigureChange& to = changes.figures.at({ShopId{7}, CustomerId{2}});
  EXPECT_EQ(from[Count::kOrders], -1);
  EXPECT_EQ(from.money.at("CNY").paid_minor, -1000);
  EXPECT_EQ(to[Count::kOrders], 1);
  EXPECT_TRUE(changes.look_again.contains({ShopId{7}, CustomerId{1}}));
  EXPECT_FALSE(changes.look_again.contains({ShopId{7}, CustomerId{2}}));
}

TEST(FigureChanges, LookAgainOnlyWhereAMomentIsTakenBack) {
  FigureChanges earlier;
  earlier.Replace(ContributionOf(Paid(1, 100)), ContributionOf(Paid(1, 50)));
  EXPECT_FALSE(earlier.look_again.empty());
  FigureChanges paid;
  OrderFact unpaid = Paid(1);
  unpaid.paid_at = 0;
  paid.Replace(ContributionOf(unpaid), ContributionOf(Paid(1)));
  EXPECT_TRUE(paid.look_again.empty());
}

TEST(FigureChanges, AreNoneWhereTheFactAddsTheSame) {
  FigureChanges changes;
  OrderFact renamed = Paid(1);
  renamed.status = "TRADE_FINISHED";
  changes.Replace(ContributionOf(Paid(1)), ContributionOf(renamed));
  EXPECT_TRUE(changes.figures.empty());
}

}  // namespace
}  // namespace redress::customer
