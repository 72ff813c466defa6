// Exchange and reship: other goods instead of money, never both; and parcels that are to be
// stopped.

#include <gtest/gtest.h>

#include "tests/unit/workflows/walk.h"

namespace redress::workflows::refund {
namespace {

constexpr std::int64_t kWholeLine = 50'000;

bool Asks(const Case& c, WarehouseTaskKind kind) {
  const auto asked = c.Effects<CreateWarehouseTask>();
  return asked.size() == 1 && asked[0].kind == kind;
}

bool CallsOff(const Case& c, WarehouseTaskKind kind) {
  const auto cancelled = c.Effects<CancelWarehouseTask>();
  return cancelled.size() == 1 && cancelled[0].kind == kind;
}

// A refund only of everything that was paid for a shipped line.
Case RefundedInFull() {
  Case c;
  c.facts.progress.amount_asked = kWholeLine;
  c.As(Supervisor()).Take(Approve{kWholeLine}, "Settling");
  return c;
}

TEST(RefundReplacement, AnExchangeEndsWithTheReplacementSignedFor) {
  Case c = InReshipping();
  EXPECT_TRUE(Asks(c, WarehouseTaskKind::kOutboundReplacement));
  EXPECT_EQ(c.facts.progress.deadline_rule, "reship");
  const std::int64_t armed = c.facts.progress.deadline_number;
  c.As(Warehouse()).Take(ShipReplacement{"YTO", "YT1"}, "Reshipping").As(Agent());
  EXPECT_EQ(c.facts.progress.deadline_number, armed + 1);
  EXPECT_EQ(c.Effects<SetReplacementTracking>().at(0).tracking, "YT1");
  EXPECT_EQ(c.Effects<NotifyBuyer>().at(0).notice, Notice::kReplacementSent);
  c.Take(SignForReplacement{}, "FollowingUp").Take(RecordFollowUp{5}, "Completed");
  EXPECT_EQ(c.facts.progress.replacement, Replacement::kSigned);
  EXPECT_EQ(c.facts.line.reserved + c.facts.line.settled, 0);
}

TEST(RefundReplacement, AReshipNeedsNoReturnAndReservesNothing) {
  const Case c = InReshipping(Variant::kReship);
  EXPECT_EQ(c.facts.progress.goods, GoodsPlace::kWithBuyer);
  EXPECT_EQ(c.facts.progress.approved_amount, kAsked);
  EXPECT_EQ(c.facts.line.reserved, 0);
}

TEST(RefundReplacement, GoodsThatAreWorthMoreThanTheLineHasLeftAreNotReplaced) {
  Case c{Variant::kReship};
  c.facts.line.settled = kWholeLine - kAsked + 1;
  EXPECT_EQ(c.Try(Approve{kAsked}).refusal.code, "ABOVE_LINE_CEILING");
}

TEST(RefundReplacement, ALargeReplacementNeedsFourEyes) {
  Case c = InPendingApproval(Variant::kReship);
  c.As(Supervisor()).Take(ApproveLarge{}, "Reshipping");
  EXPECT_TRUE(c.Has<DropProposal>()) << "it is no proposal to convert";
  EXPECT_EQ(c.Try(ApproveLarge{}).refusal.code, "NOTHING_PROPOSED");
  EXPECT_EQ(c.Try(SendBackForRework{}).refusal.code, "NOTHING_PROPOSED");
}

TEST(RefundReplacement, MoneyInsteadCallsTheReplacementOff) {
  Case exchange = InReshipping();
  exchange.Take(ConvertToRefund{9'000}, "Settling");
  EXPECT_TRUE(CallsOff(exchange, WarehouseTaskKind::kOutboundReplacement));
  EXPECT_EQ(exchange.facts.progress.variant, Variant::kReturnAndRefund);
  EXPECT_EQ(exchange.facts.progress.replacement, Replacement::kNone);
  EXPECT_EQ(exchange.facts.line.reserved, 9'000);
  Case reship = InReshipping(Variant::kReship);
  reship.Take(ConvertToRefund{kAsked}, "Settling");
  EXPECT_EQ(reship.facts.progress.variant, Variant::kRefundOnly);
}

TEST(RefundReplacement, MoneyInsteadIsBoundLikeAnyApproval) {
  Case c = InReshipping();
  EXPECT_EQ(c.Try(ConvertToRefund{0}).refusal.code, "AMOUNT_NOT_POSITIVE");
  EXPECT_EQ(c.Try(ConvertToRefund{kAsked + 1}).refusal.code, "ABOVE_AMOUNT_ASKED");
  c.facts.line.settled = kWholeLine - 1'000;
  EXPECT_EQ(c.Try(ConvertToRefund{1'001}).refusal.code, "ABOVE_LINE_CEILING");
}

TEST(RefundReplacement, MoneyAboveTheLimitWaitsForSomebodyElse) {
  Case c = InReshipping();
  c.As(Agent(kAsked - 1)).Take(ConvertToRefund{kAsked}, "Reshipping");
  EXPECT_TRUE(c.Has<KeepDeadline>());
  EXPECT_TRUE(c.HasQueued(PersonQueue::kSupervisors, "AMOUNT_ABOVE_LIMIT"));
  EXPECT_EQ(c.facts.line.reserved, 0);
  EXPECT_EQ(c.As(Supervisor(kAgentId)).Try(ApproveLarge{}).refusal.code, "FOUR_EYES");
  Case back = c;
  back.As(Supervisor()).Take(SendBackForRework{}, "Reshipping");
  EXPECT_EQ(back.facts.progress.proposed_amount, 0);
  c.As(Supervisor()).Take(ApproveLarge{}, "Settling");
  EXPECT_EQ(c.facts.line.reserved, kAsked);
  EXPECT_TRUE(CallsOff(c, WarehouseTaskKind::kOutboundReplacement));
}

TEST(RefundReplacement, WhatHasLeftCannotBecomeMoney) {
  Case proposed = InReshipping();
  proposed.As(Agent(1)).Take(ConvertToRefund{kAsked}, "Reshipping");
  proposed.As(Warehouse()).Take(ShipReplacement{"YTO", "YT1"}, "Reshipping");
  EXPECT_TRUE(proposed.Has<DropProposal>());
  EXPECT_EQ(proposed.As(Supervisor()).Try(ApproveLarge{}).refusal.code, "NOTHING_PROPOSED");
  EXPECT_EQ(proposed.Try(ConvertToRefund{100}).refusal.code, "REPLACEMENT_SHIPPED");
  EXPECT_EQ(proposed.Try(ShipReplacement{"YTO", "YT2"}).refusal.code, "REPLACEMENT_SHIPPED");
  EXPECT_EQ(InReshipping().Try(SignForReplacement{}).refusal.code, "REPLACEMENT_NOT_SHIPPED");
}

TEST(RefundReplacement, ALostOneIsSentAgainOrPaid) {
  Case c = InReplacementUnderWay();
  c.Take(RecordReplacementLost{}, "Reshipping");
  EXPECT_TRUE(Asks(c, WarehouseTaskKind::kOutboundReplacement));
  EXPECT_EQ(c.facts.progress.replacement, Replacement::kOrdered);
  c.Take(ConvertToRefund{kAsked}, "Settling");
}

TEST(RefundReplacement, AnOfferOfMoneyTurnsAnExchangeIntoARefund) {
  Case c{Variant::kExchange};
  c.Take(Approve{kAsked}, "AwaitingReturn")
      .Take(ShipReturn{"SF", "SF1", Shipping::kExpress}, "Returning");
  c.As(Warehouse()).Take(ReceiveGoods{}, "Inspecting");
  c.Take(PassInspectionInPart{4'000}, "Disagreed").As(Agent());
  c.Take(AcceptPartialOffer{4'000}, "Settling");
  EXPECT_EQ(c.facts.progress.variant, Variant::kReturnAndRefund);
}

TEST(RefundReplacement, ARulingGivesMoneyOrGoods) {
  Case money = InDispute(Variant::kReship);
  money.Take(RuleForBuyer{kAsked}, "Settling");
  EXPECT_EQ(money.facts.progress.variant, Variant::kRefundOnly);
  Case goods = InDispute(Variant::kReship);
  goods.Take(RuleForBuyer{kAsked, Remedy::kReplacement}, "Reshipping");
  EXPECT_TRUE(Asks(goods, WarehouseTaskKind::kOutboundReplacement));
  Case exchange = InDispute(Variant::kExchange);
  exchange.Take(RuleForBuyer{kAsked, Remedy::kReplacement}, "AwaitingReturn");
  EXPECT_EQ(exchange.facts.progress.variant, Variant::kExchange);
  Case turned = InDispute(Variant::kExchange);
  turned.Take(RuleForBuyer{kAsked}, "AwaitingReturn");
  EXPECT_EQ(turned.facts.progress.variant, Variant::kReturnAndRefund);
  EXPECT_EQ(InDispute().Try(RuleForBuyer{kAsked, Remedy::kReplacement}).refusal.code,
            "NOT_A_REPLACEMENT");
}

TEST(RefundReplacement, ADisputeFindsTheReplacementWhereItIs) {
  Case here = InReshipping();
  here.As(Platform()).Take(PlatformIntervened{}, "InDispute");
  EXPECT_TRUE(CallsOff(here, WarehouseTaskKind::kOutboundReplacement));
  Case away = InReplacementUnderWay();
  away.As(Platform()).Take(PlatformIntervened{}, "InDispute").As(Supervisor());
  EXPECT_EQ(away.Try(RuleForBuyer{kAsked}).refusal.code, "REPLACEMENT_SHIPPED");
  Case ruled = away;
  ruled.Take(RuleForBuyer{kAsked, Remedy::kReplacement}, "Reshipping");
  EXPECT_FALSE(ruled.Has<CreateWarehouseTask>()) << "one is under way";
  away.Take(SignForReplacement{}, "InDispute");
  Case again = away;
  again.Take(RuleForBuyer{kAsked, Remedy::kReplacement}, "FollowingUp");
  away.Take(RuleForShop{}, "Closed");
}

TEST(RefundReplacement, ThePlatformsPaymentStopsTheReplacement) {
  Case here = InReshipping();
  here.As(Platform()).Take(PlatformSucceeded{kAsked}, "FollowingUp");
  EXPECT_TRUE(CallsOff(here, WarehouseTaskKind::kOutboundReplacement));
  Case away = InReplacementUnderWay();
  away.As(Platform()).Take(PlatformSucceeded{kAsked}, "FollowingUp");
  EXPECT_TRUE(Asks(away, WarehouseTaskKind::kIntercept));
  EXPECT_TRUE(away.HasQueued(PersonQueue::kSupervisors, "PAID_WHILE_REPLACING"));
  away.As(Warehouse()).Take(RecordInterception{true}, "FollowingUp");
  EXPECT_EQ(away.facts.progress.replacement, Replacement::kNone);
  Case had = InReplacementUnderWay();
  had.Take(SignForReplacement{}, "FollowingUp");
  had.As(Platform()).Take(PlatformSucceeded{kAsked}, "FollowingUp");
  EXPECT_TRUE(had.HasQueued(PersonQueue::kFinance, "PAID_AND_REPLACED"));
  EXPECT_EQ(had.facts.line.settled, kAsked);
  had.Take(PlatformSucceeded{kAsked}, "FollowingUp");
  EXPECT_FALSE(had.Has<QueueForPerson>()) << "that is the payment we know of";
}

TEST(RefundReplacement, ThePlatformsClosingSendsTheGoodsBackUnlessTheyWereReplaced) {
  Case exchange = InReshipping();
  exchange.As(Platform()).Take(PlatformClosed{}, "SendingBack");
  EXPECT_TRUE(CallsOff(exchange, WarehouseTaskKind::kOutboundReplacement));
  Case reship = InReshipping(Variant::kReship);
  reship.As(Platform()).Take(PlatformClosed{}, "Closed");
  Case away = InReplacementUnderWay();
  away.As(Platform()).Take(PlatformClosed{}, "Reshipping");
  EXPECT_TRUE(away.HasQueued(PersonQueue::kSupervisors, "PLATFORM_CLOSED_WHILE_REPLACING"));
}

TEST(RefundReplacement, PriceDifferenceAndPostageAreMoneyOnly) {
  for (const Variant variant : {Variant::kPriceDifference, Variant::kPostage}) {
    Case c{variant};
    c.facts.progress.amount_asked = kWholeLine;
    c.As(Supervisor()).Take(Approve{kWholeLine}, "Settling");
    EXPECT_FALSE(c.Has<CreateWarehouseTask>());
  }
}

TEST(RefundReplacement, PostageIsRefundedOnItsOwnLineOnly) {
  Case goods{Variant::kReship};
  goods.Take(ReviseRequest{100, 1, Variant::kExchange}, "Requested");
  EXPECT_EQ(goods.Try(ReviseRequest{100, 1, Variant::kPostage}).refusal.code,
            "VARIANT_NOT_FOR_LINE");
  Case postage{Variant::kPostage};
  postage.facts.line.postage = true;
  EXPECT_EQ(postage.Try(ReviseRequest{100, 1, Variant::kRefundOnly}).refusal.code,
            "VARIANT_NOT_FOR_LINE");
  postage.Take(ReviseRequest{100, 1, Variant::kPostage}, "Requested");
}

TEST(RefundInterception, AParcelThatIsPaidBackInFullIsToBeStopped) {
  const Case full = RefundedInFull();
  EXPECT_TRUE(Asks(full, WarehouseTaskKind::kIntercept));
  EXPECT_FALSE(InSettling().Has<CreateWarehouseTask>()) << "a part is a compensation";
  for (const OrderShipping shipping : {OrderShipping::kUnshipped, OrderShipping::kReceived}) {
    Case c;
    c.facts.progress.amount_asked = kWholeLine;
    c.facts.order_shipping = shipping;
    c.As(Supervisor()).Take(Approve{kWholeLine}, "Settling");
    EXPECT_FALSE(c.Has<CreateWarehouseTask>());
  }
}

TEST(RefundInterception, AnOrderThatIsShippedMeanwhileIsStoppedOnce) {
  Case c;
  c.facts.progress.amount_asked = kWholeLine;
  c.facts.order_shipping = OrderShipping::kUnshipped;
  c.As(Supervisor()).Take(Approve{kWholeLine}, "Settling");
  EXPECT_EQ(c.Try(RecordOrderShipped{}).refusal.code, "NOTHING_TO_INTERCEPT");
  c.facts.order_shipping = OrderShipping::kShipped;
  c.Take(RecordOrderShipped{}, "Settling");
  EXPECT_TRUE(Asks(c, WarehouseTaskKind::kIntercept));
  EXPECT_EQ(c.Try(RecordOrderShipped{}).refusal.code, "NOTHING_TO_INTERCEPT");
}

TEST(RefundInterception, ACaughtParcelIsTheBuyersUntilItIsPaid) {
  Case c = RefundedInFull();
  c.As(Warehouse()).Take(RecordInterception{true}, "Settling");
  EXPECT_EQ(c.facts.progress.goods, GoodsPlace::kWithUs);
  EXPECT_FALSE(c.Has<QueueForPerson>());
  c.Take(RecordSettlementFailed{true}, "InDispute");
  c.As(Supervisor()).Take(RuleForShop{}, "SendingBack");
}

TEST(RefundInterception, AMissedOneCallsASupervisor) {
  Case c = RefundedInFull();
  c.Take(RecordSettled{}, "FollowingUp");
  c.As(Warehouse()).Take(RecordInterception{false}, "FollowingUp");
  EXPECT_TRUE(c.HasQueued(PersonQueue::kSupervisors, "INTERCEPTION_FAILED"));
  EXPECT_EQ(c.Try(RecordInterception{true}).refusal.code, "NO_INTERCEPTION");
}

TEST(RefundInterception, WithoutMoneyTheParcelGoesOn) {
  Case c = RefundedInFull();
  c.Take(RecordSettlementFailed{true}, "InDispute");
  c.As(Supervisor()).Take(RuleForShop{}, "Closed");
  EXPECT_TRUE(CallsOff(c, WarehouseTaskKind::kIntercept));
}

}  // namespace
}  // namespace redress::workflows::refund
