// Goods: taken over, judged, paid for or sent back; never kept for nothing.

#include <gtest/gtest.h>

#include "tests/unit/workflows/walk.h"

namespace redress::workflows::refund {
namespace {

TEST(RefundGoods, TheMainJob) {
  Case c{Variant::kReturnAndRefund};
  c.Take(Approve{kAsked}, "AwaitingReturn");
  EXPECT_EQ(c.facts.line.reserved, 0);
  c.Take(ShipReturn{"SF", "SF1", Shipping::kExpress}, "Returning");
  ASSERT_EQ(c.Effects<CreateWarehouseTask>().size(), 1U);
  EXPECT_EQ(c.Effects<CreateWarehouseTask>()[0].kind, WarehouseTaskKind::kInboundReturn);
  EXPECT_EQ(c.Effects<CreateWarehouseTask>()[0].tracking, "SF1");
  c.As(Warehouse()).Take(ReceiveGoods{}, "Inspecting");
  EXPECT_EQ(c.facts.progress.goods, GoodsPlace::kWithUs);
  EXPECT_TRUE(c.Has<NotifyBuyer>());
  c.Take(PassInspection{}, "Settling");
  c.As(Agent()).Take(RecordSettled{}, "FollowingUp").Take(RecordFollowUp{5}, "Completed");
  EXPECT_TRUE(c.Has<DisarmDeadline>());
  EXPECT_EQ(c.facts.line.settled, kAsked);
}

TEST(RefundGoods, WithdrawingWithTheParcelUnderWaySendsItBack) {
  Case c = InReturning();
  c.Take(Withdraw{}, "SendingBack");
  EXPECT_EQ(c.Effects<CreateWarehouseTask>()[0].kind, WarehouseTaskKind::kSendBack);
  Case refused_at_the_door = c;
  refused_at_the_door.Take(SendGoodsBack{"SF", "SF2"}, "Withdrawn");
  EXPECT_EQ(refused_at_the_door.Effects<CancelWarehouseTask>()[0].kind,
            WarehouseTaskKind::kInboundReturn);
  c.As(Warehouse())
      .Take(ReceiveGoods{}, "SendingBack")
      .Take(SendGoodsBack{"SF", "SF2"}, "Withdrawn");
  EXPECT_EQ(c.facts.progress.goods, GoodsPlace::kSentBack);
  EXPECT_FALSE(c.Has<CancelWarehouseTask>());
  EXPECT_EQ(c.Effects<SetSendBackTracking>()[0].tracking, "SF2");
}

TEST(RefundGoods, WithdrawingBeforeShippingJustEnds) {
  Case{}.Take(Withdraw{}, "Withdrawn");
  InAwaitingReturn().Take(Withdraw{}, "Withdrawn");
  InRejected().Take(Withdraw{}, "Withdrawn");
  EXPECT_EQ(InSettling().Try(Withdraw{}).outcome, Outcome::kUnhandled);
}

TEST(RefundGoods, DisagreeingEndsInMoneyGoodsOrADispute) {
  InDisagreed().Take(AcceptPartialOffer{4'000}, "Settling");
  InDisagreed().Take(AcceptRefusal{}, "SendingBack").Take(SendGoodsBack{}, "Closed");
  InDisagreed().Take(SendGoodsBack{}, "Closed");
  InDisagreed()
      .Take(EscalateToPlatform{}, "InDispute")
      .As(Supervisor())
      .Take(RuleForShop{}, "SendingBack")
      .Take(SendGoodsBack{}, "Closed");
}

TEST(RefundGoods, AFailedInspectionLeavesNoOffer) {
  Case c = InInspecting();
  c.As(Warehouse()).Take(FailInspection{}, "Disagreed");
  EXPECT_EQ(c.facts.progress.inspection, Inspection::kFailed);
  EXPECT_EQ(c.facts.progress.offered_amount, 0);
}

TEST(RefundGoods, AnInspectionIsNeverRefusedForWantOfMoney) {
  Case c = InInspecting();
  c.facts.line.settled = 45'000;
  c.As(Warehouse()).Take(PassInspection{}, "Disagreed");
  EXPECT_TRUE(c.HasQueued(PersonQueue::kSupervisors, "ABOVE_LINE_CEILING"));
  EXPECT_EQ(c.As(Agent()).Try(AcceptPartialOffer{kAsked}).refusal.code, "ABOVE_LINE_CEILING");
  c.Take(AcceptPartialOffer{5'000}, "Settling");
  EXPECT_EQ(c.facts.line.Remaining(), 0);
}

TEST(RefundGoods, ARulingForTheBuyerWhoStillHasThemAsksForThem) {
  Case c = InDispute(Variant::kReturnAndRefund);
  c.Take(RuleForBuyer{kAsked}, "AwaitingReturn");
  EXPECT_EQ(c.facts.progress.approved_how, ApprovedBy::kRuling);
  EXPECT_EQ(c.facts.line.reserved, 0);
  InDispute(Variant::kRefundOnly).Take(RuleForBuyer{kAsked}, "Settling");
}

TEST(RefundGoods, GoodsMoveOnDuringADispute) {
  Case c = InDispute(Variant::kReturnAndRefund);
  c.Take(ShipReturn{"SF", "SF1", Shipping::kExpress}, "InDispute");
  EXPECT_TRUE(c.Has<KeepDeadline>());
  EXPECT_EQ(c.Try(ShipReturn{}).refusal.code, "NO_RETURN_EXPECTED");
  Case on_the_way = c;
  on_the_way.Take(RuleForShop{}, "SendingBack");
  c.Take(ReceiveGoods{}, "InDispute").Take(RuleForBuyer{kAsked}, "Settling");
}

TEST(RefundGoods, LateGoodsAreTakenInAfterATimeout) {
  Case c = InReturning();
  c.TimeOut("Settling").Take(ReceiveGoods{}, "Settling").Take(RecordSettled{}, "FollowingUp");
  Case later = InReturning();
  later.TimeOut("Settling")
      .Take(RecordSettled{}, "FollowingUp")
      .Take(ReceiveGoods{}, "FollowingUp");
  EXPECT_EQ(later.facts.progress.goods, GoodsPlace::kWithUs);
}

TEST(RefundGoods, ThePlatformClosingSendsThemBack) {
  for (Case c : {InReturning(), InInspecting(), InDisagreed()}) {
    c.As(Platform()).Take(PlatformClosed{}, "SendingBack").Take(SendGoodsBack{}, "Closed");
  }
  for (Case c : {Case{}, InPendingApproval(), InAwaitingReturn(), InRejected(), InDispute()}) {
    c.As(Platform()).Take(PlatformClosed{}, "Closed");
  }
  Case with_goods = InDisagreed();
  with_goods.As(Platform())
      .Take(PlatformIntervened{}, "InDispute")
      .Take(PlatformClosed{}, "SendingBack");
  Case withdrawn = InSendingBack();
  withdrawn.As(Platform()).Take(PlatformClosed{}, "SendingBack").Take(SendGoodsBack{}, "Withdrawn");
}

TEST(RefundGoods, ThePlatformInterveningStopsTheSendBack) {
  Case c = InSendingBack();
  c.As(Platform()).Take(PlatformIntervened{}, "InDispute");
  EXPECT_EQ(c.Effects<CancelWarehouseTask>()[0].kind, WarehouseTaskKind::kSendBack);
  EXPECT_EQ(c.facts.progress.ending, Ending::kNone);
  c.Take(RuleForShop{}, "SendingBack");
  EXPECT_EQ(c.facts.progress.ending, Ending::kRuledForShop);
  c.Take(SendGoodsBack{}, "Closed");
}

}  // namespace
}  // namespace redress::workflows::refund
