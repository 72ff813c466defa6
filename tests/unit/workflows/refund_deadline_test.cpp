// What each deadline brings, in a direct shop's case and in one that the platform decides.

#include <gtest/gtest.h>

#include "tests/unit/workflows/walk.h"

namespace redress::workflows::refund {
namespace {

std::int64_t DeadlineEffects(const Case& c) {
  return static_cast<std::int64_t>(c.Effects<ArmDeadline>().size() +
                                   c.Effects<KeepDeadline>().size() +
                                   c.Effects<DisarmDeadline>().size());
}

void ExpectLingers(Case c, std::string_view reason) {
  const std::string rule = c.facts.progress.deadline_rule;
  for (int round = 0; round < 3; ++round) {
    const std::int64_t number = c.facts.progress.deadline_number;
    c.TimeOut(c.state);
    EXPECT_TRUE(c.Has<RaisePriority>());
    EXPECT_TRUE(c.HasQueued(PersonQueue::kSupervisors, reason)) << c.state;
    EXPECT_EQ(c.Has<AskPlatform>(), c.facts.has_platform_id);
    ASSERT_EQ(c.Effects<ArmDeadline>().size(), 1U);
    EXPECT_EQ(c.Effects<ArmDeadline>()[0].rule, rule);
    EXPECT_TRUE(c.Effects<ArmDeadline>()[0].repeat);
    EXPECT_EQ(c.facts.progress.deadline_number, number + 1);
    EXPECT_EQ(DeadlineEffects(c), 1);
  }
}

Case OnPlatform(Case c) {
  c.facts.has_platform_id = true;
  return c;
}

TEST(RefundDeadline, SilenceApproves) {
  Case only;
  only.TimeOut("Settling");
  EXPECT_EQ(only.facts.progress.approved_amount, kAsked);
  EXPECT_EQ(only.facts.progress.approved_how, ApprovedBy::kTimeout);
  EXPECT_EQ(only.facts.progress.approved_by, 0U);
  EXPECT_EQ(only.facts.line.reserved, kAsked);

  Case with_return{Variant::kReturnAndRefund};
  with_return.TimeOut("AwaitingReturn");
  EXPECT_EQ(with_return.facts.progress.approved_how, ApprovedBy::kTimeout);
}

TEST(RefundDeadline, SilenceGrantsAReplacementWithoutMoney) {
  Case reship{Variant::kReship};
  reship.TimeOut("Reshipping");
  EXPECT_EQ(reship.facts.progress.approved_how, ApprovedBy::kTimeout);
  EXPECT_EQ(reship.facts.line.reserved, 0);
  Case exchange{Variant::kExchange};
  exchange.TimeOut("AwaitingReturn");
  exchange.Take(ShipReturn{"SF", "SF1", Shipping::kExpress}, "Returning").TimeOut("Reshipping");
  EXPECT_EQ(exchange.facts.progress.replacement, Replacement::kOrdered);
  EXPECT_EQ(exchange.facts.line.reserved, 0);
}

TEST(RefundDeadline, SilenceOfTheSupervisorApprovesToo) {
  Case only = InPendingApproval();
  only.TimeOut("Settling");
  EXPECT_EQ(only.facts.progress.approved_how, ApprovedBy::kTimeout);
  Case with_return = InPendingApproval(Variant::kReturnAndRefund);
  with_return.TimeOut("AwaitingReturn");
}

TEST(RefundDeadline, WhatTheLineCannotPayGoesToAPerson) {
  Case c;
  c.facts.line.settled = 45'000;
  ExpectLingers(c, "ABOVE_LINE_CEILING");
  Case returning = InReturning();
  returning.facts.line.settled = 45'000;
  ExpectLingers(returning, "ABOVE_LINE_CEILING");
}

TEST(RefundDeadline, WhatCannotBeReturnedGoesToASupervisor) {
  Case c;
  c.facts.non_returnable = true;
  ExpectLingers(c, "SUPERVISOR_REQUIRED");
}

TEST(RefundDeadline, EndsOfTheBuyersTime) {
  InAwaitingReturn().TimeOut("Expired");
  InReturning().TimeOut("Settling");
  InDisagreed().TimeOut("InDispute");
  InRejected().TimeOut("Closed");
  InFollowingUp().TimeOut("Completed");
}

TEST(RefundDeadline, WhatOnlyAPersonCanDoLingers) {
  ExpectLingers(InInspecting(), "DEADLINE_PASSED");
  ExpectLingers(InSettling(), "DEADLINE_PASSED");
  ExpectLingers(InReshipping(), "DEADLINE_PASSED");
  ExpectLingers(InReplacementUnderWay(Variant::kReship), "DEADLINE_PASSED");
  Case poor = InReshipping();
  poor.facts.line.settled = 45'000;
  ExpectLingers(poor, "DEADLINE_PASSED");
  ExpectLingers(InSendingBack(), "DEADLINE_PASSED");
  ExpectLingers(InDispute(), "DEADLINE_PASSED");
}

TEST(RefundDeadline, ThePlatformDecidesItsOwnCases) {
  for (const Case& c :
       {Case{}, Case{Variant::kReturnAndRefund}, InPendingApproval(), InAwaitingReturn(),
        InReturning(), InInspecting(), InDisagreed(), InRejected(), InSettling(), InSendingBack(),
        InDispute(), InReshipping(), InReplacementUnderWay()}) {
    ExpectLingers(OnPlatform(c), "PLATFORM_DECIDES");
  }
  // The platform has nothing left to decide once the buyer has the money.
  OnPlatform(InFollowingUp()).TimeOut("Completed");
}

TEST(RefundDeadline, ANumberThatIsNoLongerArmedIsIgnored) {
  const Case c = InSettling();
  for (const std::int64_t number : {std::int64_t{0}, std::int64_t{1}, std::int64_t{3}}) {
    const Fired<RefundEffect> fired = c.Try(DeadlineReached{number});
    EXPECT_EQ(fired.outcome, Outcome::kIgnored) << number;
    EXPECT_EQ(fired.state, "Settling");
    EXPECT_TRUE(fired.effects.empty());
  }
  Case done = InFollowingUp();
  done.Take(RecordFollowUp{5}, "Completed");
  EXPECT_TRUE(done.facts.progress.deadline_rule.empty());
  EXPECT_EQ(done.Try(DeadlineReached{done.facts.progress.deadline_number}).outcome,
            Outcome::kIgnored);
}

TEST(RefundDeadline, ApprovalWaitsOnTheSameClock) {
  Case c;
  const std::int64_t number = c.facts.progress.deadline_number;
  c.As(Agent(1)).Take(Approve{kAsked}, "PendingApproval");
  EXPECT_TRUE(c.Has<KeepDeadline>());
  c.As(Supervisor()).Take(SendBackForRework{}, "Requested");
  EXPECT_TRUE(c.Has<KeepDeadline>());
  EXPECT_EQ(DeadlineEffects(c), 1);
  EXPECT_EQ(c.facts.progress.deadline_number, number);
}

TEST(RefundDeadline, ARevisedRequestStartsTheClockAgain) {
  Case c;
  c.Take(ReviseRequest{500, 1, Variant::kReturnAndRefund}, "Requested");
  ASSERT_TRUE(c.Has<ArmDeadline>());
  EXPECT_FALSE(c.Effects<ArmDeadline>()[0].repeat);
  EXPECT_EQ(c.Effects<ArmDeadline>()[0].condition, "return_and_refund");
  EXPECT_EQ(c.facts.progress.deadline_number, 2);
}

TEST(RefundDeadline, ConditionsFollowTheOrderAndTheParcel) {
  const auto condition = [](Variant variant, OrderShipping shipping) {
    RefundFacts facts;
    facts.progress.variant = variant;
    facts.order_shipping = shipping;
    return std::get<ArmDeadline>(Open(facts).at(0)).condition;
  };
  EXPECT_EQ(condition(Variant::kRefundOnly, OrderShipping::kUnshipped), "unshipped");
  EXPECT_EQ(condition(Variant::kRefundOnly, OrderShipping::kShipped), "in_transit_refund_only");
  EXPECT_EQ(condition(Variant::kRefundOnly, OrderShipping::kReceived), "received_refund_only");
  EXPECT_EQ(condition(Variant::kReturnAndRefund, OrderShipping::kShipped), "return_and_refund");
  EXPECT_EQ(condition(Variant::kExchange, OrderShipping::kReceived), "return_and_refund");
  EXPECT_EQ(condition(Variant::kReship, OrderShipping::kShipped), "in_transit_refund_only");
  EXPECT_EQ(condition(Variant::kPostage, OrderShipping::kReceived), "received_refund_only");

  Case post = InAwaitingReturn();
  post.Take(ShipReturn{"EMS", "1", Shipping::kPost}, "Returning");
  EXPECT_EQ(post.facts.progress.deadline_condition, "post");
  EXPECT_EQ(InReturning().facts.progress.deadline_condition, "express");
}

}  // namespace
}  // namespace redress::workflows::refund
