// A refund and the dispute that decides about it: what the refund asks, what it is told, and that
// it is disputed once.

#include <gtest/gtest.h>

#include "tests/unit/workflows/walk.h"

namespace redress::workflows::refund {
namespace {

constexpr std::uint64_t kDispute = 99;  // what Case has ready
const Actor kLink{ActorKind::kLink, 0, false, false, 0};

TEST(RefundDispute, AnEscalationOpensADispute) {
  const Case c = InDispute();
  ASSERT_TRUE(c.Has<OpenDispute>());
  EXPECT_EQ(c.Effects<OpenDispute>().front().dispute, kDispute);
  EXPECT_EQ(c.facts.progress.dispute, kDispute);
  EXPECT_EQ(c.facts.progress.deadline_rule, "dispute_partner");
}

TEST(RefundDispute, SilenceAfterARefusalEscalatesToo) {
  Case c = InDisagreed();
  c.TimeOut("InDispute");
  EXPECT_TRUE(c.Has<OpenDispute>());
}

TEST(RefundDispute, APlatformThatStepsInOpensNoneOfOurs) {
  Case c = InDisagreed();
  c.As(Platform()).Take(PlatformIntervened{}, "InDispute");
  EXPECT_FALSE(c.Has<OpenDispute>());
}

// Ruled for the buyer, sent back, found wanting: the same dispute has decided already.
Case DisagreedAfterARuling() {
  Case c = InDispute(Variant::kReturnAndRefund);
  c.As(kLink).Take(RuleForBuyer{kAsked}, "AwaitingReturn");
  c.As(Agent()).Take(ShipReturn{"SF", "SF1", Shipping::kExpress}, "Returning");
  c.As(Warehouse()).Take(ReceiveGoods{}, "Inspecting").Take(FailInspection{}, "Disagreed");
  return c.As(Agent());
}

TEST(RefundDispute, ALaterEscalationIsRefused) {
  EXPECT_EQ(DisagreedAfterARuling().Try(EscalateToPlatform{}).refusal.code, "DISPUTED_ALREADY");
}

TEST(RefundDispute, ALaterSilenceIsASupervisorsMatter) {
  Case c = DisagreedAfterARuling();
  c.TimeOut("Disagreed");
  EXPECT_TRUE(c.HasQueued(PersonQueue::kSupervisors, "DEADLINE_PASSED"));
}

TEST(RefundDispute, WhatWasGivenIsTold) {
  Case c = InDispute();
  c.As(kLink).Take(RuleForBuyer{kAsked}, "Settling");
  EXPECT_FALSE(c.Has<TellDispute>());
  c.Take(RecordSettled{}, "FollowingUp");
  ASSERT_TRUE(c.Has<TellDispute>());
  EXPECT_EQ(c.Effects<TellDispute>().front().news, DisputeNews::kGiven);
  EXPECT_EQ(c.Effects<TellDispute>().front().amount, kAsked);
}

TEST(RefundDispute, ThePlatformsClosingIsTold) {
  Case c = InDispute();
  c.As(Platform()).Take(PlatformClosed{}, "Closed");
  ASSERT_TRUE(c.Has<TellDispute>());
  EXPECT_EQ(c.Effects<TellDispute>().front().news, DisputeNews::kEnded);
}

TEST(RefundDispute, WhatTheDisputeEndedItIsNotTold) {
  Case c = InDispute();
  c.As(kLink).Take(RuleForShop{}, "Closed");
  EXPECT_FALSE(c.Has<TellDispute>());
}

TEST(RefundDispute, OneWithoutADisputeTellsNobody) {
  Case c = InSettling();
  c.Take(RecordSettled{}, "FollowingUp");
  EXPECT_FALSE(c.Has<TellDispute>());
}

TEST(RefundDispute, ADisputeThatEndsClosesIt) {
  Case c = InDispute();
  c.As(kLink).Take(EndDispute{}, "Closed");
  EXPECT_TRUE(c.Has<DisarmDeadline>());
}

TEST(RefundDispute, ADisputeThatEndsSendsTheBuyersGoodsBack) {
  Case c = InDisagreed();
  c.Take(EscalateToPlatform{}, "InDispute").As(kLink).Take(EndDispute{}, "SendingBack");
  EXPECT_TRUE(c.Has<CreateWarehouseTask>());
}

TEST(RefundDispute, ADisputesRefundIsPaidWhereverNothingWasGranted) {
  for (Case c : {Case(), InRejected(), InDisagreed(), InPendingApproval(), InSendingBack()}) {
    c.facts.progress.dispute = 0;
    c.As(kLink).Take(JoinDispute{kAsked, kDispute}, "Settling");
    EXPECT_EQ(c.facts.progress.approved_how, ApprovedBy::kRuling);
    EXPECT_EQ(c.facts.progress.reserved_amount, kAsked);
    EXPECT_EQ(c.facts.progress.dispute, kDispute);
  }
}

TEST(RefundDispute, WhatWasGrantedGoesItsWay) {
  Case c = InReturning();
  c.As(kLink).Take(JoinDispute{1, kDispute}, "Returning");
  EXPECT_EQ(c.facts.progress.approved_amount, kAsked);
  EXPECT_EQ(c.facts.progress.dispute, kDispute);
  EXPECT_TRUE(c.Has<KeepDeadline>());
}

TEST(RefundDispute, TheReturnStillComesFirst) {
  Case c(Variant::kReturnAndRefund);
  c.As(kLink).Take(JoinDispute{kAsked, kDispute}, "AwaitingReturn");
}

TEST(RefundDispute, AReplacementThatHasLeftIsNotPaidBesides) {
  Case c = InReplacementUnderWay();
  EXPECT_EQ(c.As(kLink).Try(JoinDispute{kAsked, kDispute}).refusal.code, "REPLACEMENT_SHIPPED");
}

TEST(RefundDispute, AnotherDisputeDoesNotJoinIt) {
  Case c = InDispute();
  EXPECT_EQ(c.As(kLink).Try(JoinDispute{kAsked, kDispute + 1}).refusal.code, "DISPUTED_ALREADY");
}

TEST(RefundDispute, TheLineHoldsForADisputeToo) {
  Case c;
  EXPECT_EQ(c.As(kLink).Try(JoinDispute{50'001, kDispute}).refusal.code, "ABOVE_LINE_CEILING");
}

}  // namespace
}  // namespace redress::workflows::refund
