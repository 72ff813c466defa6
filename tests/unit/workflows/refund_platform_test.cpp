// What a platform decided where it could still be decided here.

#include <gtest/gtest.h>

#include "tests/unit/workflows/walk.h"

namespace redress::workflows::refund {
namespace {

TEST(RefundOnPlatform, AgreedThereTheGoodsAreWaitedForHere) {
  Case c(Variant::kReturnAndRefund);
  c.As(Platform()).Take(PlatformAgreed{9'000}, "AwaitingReturn");
  EXPECT_EQ(c.facts.progress.approved_how, ApprovedBy::kPlatform);
  EXPECT_EQ(c.facts.progress.approved_amount, 9'000);
  EXPECT_EQ(c.facts.line.reserved, 0);
}

TEST(RefundOnPlatform, WhatWaitsForASecondPersonIsDecidedThere) {
  Case c = InPendingApproval(Variant::kReturnAndRefund);
  c.As(Platform()).Take(PlatformAgreed{kAsked}, "AwaitingReturn");
  EXPECT_EQ(c.facts.progress.proposed_amount, 0);
  Case refused = InPendingApproval();
  refused.As(Platform()).Take(PlatformRefused{}, "Rejected");
  EXPECT_EQ(refused.facts.progress.proposed_amount, 0);
}

TEST(RefundOnPlatform, AReturnAgreedThereIsAReturnHere) {
  Case c(Variant::kRefundOnly);
  c.As(Platform()).Take(PlatformAgreed{kAsked}, "AwaitingReturn");
  EXPECT_EQ(c.facts.progress.variant, Variant::kReturnAndRefund);
  c.As(Agent()).Take(ShipReturn{"SF", "SF1", Shipping::kExpress}, "Returning");
  Case rejected = InRejected();
  rejected.As(Platform()).Take(PlatformAgreed{kAsked}, "AwaitingReturn");
}

TEST(RefundOnPlatform, GoodsRefusedThereAreDisagreedOverWhereverTheyAre) {
  Case on_the_way = InReturning();
  on_the_way.As(Platform()).Take(PlatformRefused{}, "Disagreed");
  on_the_way.As(Warehouse()).Take(ReceiveGoods{}, "Disagreed");
  EXPECT_EQ(on_the_way.facts.progress.goods, GoodsPlace::kWithUs);
  EXPECT_EQ(on_the_way.Try(ReceiveGoods{}).refusal.code, "GOODS_NOT_EXPECTED");
  InInspecting().As(Platform()).Take(PlatformRefused{}, "Disagreed");
}

TEST(RefundOnPlatform, WhatIsDecidedHereStaysWhereItIs) {
  for (Case c : {InSettling(), InSendingBack(), InFollowingUp(), InDispute(), InReshipping()}) {
    const std::string state = c.state;
    c.As(Platform()).Take(PlatformAgreed{kAsked}, state).Take(PlatformRefused{}, state);
    EXPECT_TRUE(c.Has<KeepDeadline>()) << state;
  }
}

}  // namespace
}  // namespace redress::workflows::refund
