// Reserve before the command, settle once, never beyond the line.

#include <gtest/gtest.h>

#include "tests/unit/workflows/walk.h"

namespace redress::workflows::refund {
namespace {

void ExpectCommanded(const Case& c, std::int64_t amount, std::int32_t attempt) {
  ASSERT_EQ(c.Effects<CommandSettlement>().size(), 1U);
  EXPECT_EQ(c.Effects<CommandSettlement>()[0].amount, amount);
  EXPECT_EQ(c.Effects<CommandSettlement>()[0].attempt, attempt);
}

TEST(RefundMoney, EnteringSettlingReservesBeforeItCommands) {
  const Case c = InSettling();
  std::size_t reserved = 99;
  std::size_t commanded = 0;
  for (std::size_t i = 0; i < c.last.size(); ++i) {
    if (std::holds_alternative<ReserveAmount>(c.last[i])) reserved = i;
    if (std::holds_alternative<CommandSettlement>(c.last[i])) commanded = i;
  }
  EXPECT_LT(reserved, commanded);
  ExpectCommanded(c, kAsked, 1);
  EXPECT_EQ(c.facts.line.reserved, kAsked);
  EXPECT_EQ(c.facts.line.Remaining(), 40'000);
}

TEST(RefundMoney, SettlingMovesTheReservation) {
  const Case c = InFollowingUp();
  EXPECT_EQ(c.facts.line.reserved, 0);
  EXPECT_EQ(c.facts.line.settled, kAsked);
  EXPECT_EQ(c.facts.progress.reserved_amount, 0);
  EXPECT_EQ(c.facts.progress.settled_amount, kAsked);
  EXPECT_EQ(c.facts.progress.settled_by, SettledBy::kUs);
  EXPECT_TRUE(c.Has<NotifyBuyer>());
  EXPECT_EQ(c.Try(RecordSettled{}).outcome, Outcome::kUnhandled);
}

TEST(RefundMoney, ACaseIsSettledAtMostOnceWhateverTheFactsSay) {
  Case c = InSettling();
  c.facts.progress.settled_by = SettledBy::kUs;
  EXPECT_EQ(c.Try(RecordSettled{}).refusal.code, "ALREADY_SETTLED");
}

TEST(RefundMoney, AnAgentMayApproveLessThanAsked) {
  Case c;
  c.Take(Approve{2'500}, "Settling");
  ExpectCommanded(c, 2'500, 1);
}

TEST(RefundMoney, AboveTheLimitWaitsForAnother) {
  Case c = InPendingApproval();
  EXPECT_TRUE(c.HasQueued(PersonQueue::kSupervisors, "AMOUNT_ABOVE_LIMIT"));
  EXPECT_EQ(c.facts.line.reserved, 0);
  c.As(Supervisor()).Take(ApproveLarge{}, "Settling");
  EXPECT_EQ(c.facts.progress.approved_by, kSupervisorId);
  ExpectCommanded(c, kAsked, 1);
}

TEST(RefundMoney, AtTheLimitDoesNot) { Case{}.As(Agent(kAsked)).Take(Approve{kAsked}, "Settling"); }

TEST(RefundMoney, SentBackForReworkForgetsTheProposal) {
  Case c = InPendingApproval();
  c.As(Supervisor()).Take(SendBackForRework{}, "Requested");
  EXPECT_EQ(c.facts.progress.proposed_by, 0U);
  EXPECT_TRUE(c.HasQueued(PersonQueue::kAgents, "SENT_BACK_FOR_REWORK"));
  c.As(Agent()).Take(Reject{}, "Rejected");
}

TEST(RefundMoney, TheBuyerMovesOnWhileASupervisorThinks) {
  Case c = InPendingApproval();
  c.Take(ReviseRequest{500, 1, Variant::kRefundOnly}, "Requested");
  EXPECT_EQ(c.facts.progress.proposed_by, 0U);
  EXPECT_EQ(c.facts.progress.amount_asked, 500);
  EXPECT_TRUE(c.Has<ArmDeadline>());
  InPendingApproval().Take(Withdraw{}, "Withdrawn");
}

TEST(RefundMoney, WhatCannotBeReturnedNeedsASupervisor) {
  Case c;
  c.facts.non_returnable = true;
  c.Take(Approve{kAsked}, "PendingApproval");
  EXPECT_TRUE(c.HasQueued(PersonQueue::kSupervisors, "SUPERVISOR_REQUIRED"));
  c.As(Supervisor()).Take(ApproveLarge{}, "Settling");
  Case by_supervisor;
  by_supervisor.facts.non_returnable = true;
  by_supervisor.As(Supervisor()).Take(Approve{kAsked}, "Settling");
}

TEST(RefundMoney, FailuresAreRetriedThenGivenToFinance) {
  Case c = InSettling();
  c.Take(RecordSettlementFailed{}, "Settling");
  ExpectCommanded(c, kAsked, 2);
  c.Take(RecordSettlementFailed{}, "Settling");
  ExpectCommanded(c, kAsked, 3);
  c.Take(RecordSettlementFailed{}, "Settling");
  EXPECT_FALSE(c.Has<CommandSettlement>());
  EXPECT_TRUE(c.HasQueued(PersonQueue::kFinance, "SETTLEMENT_FAILED"));
  EXPECT_EQ(c.facts.line.reserved, kAsked);
  c.Take(RetrySettlement{}, "Settling");
  ExpectCommanded(c, kAsked, 4);
  EXPECT_EQ(c.facts.progress.failed_attempts, 0);
  c.Take(RecordSettled{}, "FollowingUp");
  EXPECT_EQ(c.facts.line.settled, kAsked);
}

TEST(RefundMoney, AFinalFailureReleasesAndIsRuledUpon) {
  Case c = InSettling();
  c.Take(RecordSettlementFailed{true}, "InDispute");
  EXPECT_EQ(c.facts.line.reserved, 0);
  EXPECT_EQ(c.facts.progress.reserved_amount, 0);
  EXPECT_TRUE(c.Has<CancelSettlement>());
  c.As(Supervisor()).Take(RuleForBuyer{kAsked}, "Settling");
  ExpectCommanded(c, kAsked, 2);
}

TEST(RefundMoney, UnknownIsReconciledBeforeAnyRetry) {
  Case c = InSettling();
  c.Take(RecordSettlementUnknown{}, "Settling");
  EXPECT_TRUE(c.Has<QuerySettlement>());
  EXPECT_FALSE(c.Has<CommandSettlement>());
  c.Take(ReconcileSettlement{false}, "Settling");
  ExpectCommanded(c, kAsked, 2);
  EXPECT_FALSE(c.facts.progress.settlement_unknown);
  c.Take(RecordSettlementUnknown{}, "Settling").Take(ReconcileSettlement{true}, "FollowingUp");
  EXPECT_EQ(c.facts.line.settled, kAsked);
  EXPECT_FALSE(c.facts.progress.settlement_unknown);
}

TEST(RefundMoney, UnpaidAtTheLastAttemptGoesToFinance) {
  Case c = InSettling();
  c.facts.settlement_attempts = 1;
  c.Take(RecordSettlementUnknown{}, "Settling").Take(ReconcileSettlement{false}, "Settling");
  EXPECT_FALSE(c.Has<CommandSettlement>());
  EXPECT_TRUE(c.HasQueued(PersonQueue::kFinance, "SETTLEMENT_FAILED"));
}

TEST(RefundMoney, ThePlatformsSuccessIsOurSettlement) {
  for (Case c : {Case{}, InPendingApproval(), InAwaitingReturn(), InReturning(), InInspecting(),
                 InDisagreed(), InRejected(), InSettling(), InSendingBack(), InDispute()}) {
    c.As(Platform()).Take(PlatformSucceeded{kAsked}, "FollowingUp");
    EXPECT_EQ(c.facts.line.settled, kAsked);
    EXPECT_EQ(c.facts.line.reserved, 0);
    EXPECT_EQ(c.facts.progress.settled_by, SettledBy::kPlatform);
    c.Take(PlatformSucceeded{kAsked}, "FollowingUp");
    EXPECT_EQ(c.facts.line.settled, kAsked);
    EXPECT_FALSE(c.Has<QueueForPerson>());
  }
}

TEST(RefundMoney, ThePlatformsSuccessCallsOffOurOwnPayment) {
  Case c = InSettling();
  c.Take(RecordSettlementUnknown{}, "Settling");
  c.As(Platform()).Take(PlatformSucceeded{kAsked}, "FollowingUp");
  EXPECT_TRUE(c.Has<CancelSettlement>());
  EXPECT_FALSE(c.facts.progress.settlement_unknown);
}

TEST(RefundMoney, WhatThePlatformPaidBeyondTheLineIsToldNotLost) {
  Case c;
  c.facts.line.settled = 45'000;
  c.As(Platform()).Take(PlatformSucceeded{kAsked}, "FollowingUp");
  EXPECT_EQ(c.facts.line.settled, 50'000);
  EXPECT_EQ(c.facts.progress.shortfall, 5'000);
  EXPECT_TRUE(c.HasQueued(PersonQueue::kFinance, "PLATFORM_PAID_ABOVE_LINE"));
  c.Take(PlatformSucceeded{kAsked}, "FollowingUp");
  EXPECT_FALSE(c.Has<QueueForPerson>());
}

TEST(RefundMoney, ADifferentPlatformPaymentAfterOursIsToldToFinance) {
  Case c = InFollowingUp();
  c.As(Platform()).Take(PlatformSucceeded{kAsked - 1}, "FollowingUp");
  EXPECT_TRUE(c.HasQueued(PersonQueue::kFinance, "PLATFORM_PAID_DIFFERENTLY"));
  EXPECT_FALSE(c.Has<MarkSettled>());
}

TEST(RefundMoney, ClosedByThePlatformWhilePayingIsClearedUpFirst) {
  Case c = InSettling();
  c.As(Platform()).Take(PlatformClosed{}, "Settling");
  EXPECT_TRUE(c.Has<QuerySettlement>());
  EXPECT_EQ(c.facts.line.reserved, kAsked);
  Case paid = c;
  paid.Take(ReconcileSettlement{true}, "FollowingUp");
  EXPECT_EQ(paid.facts.line.settled, kAsked);
  c.Take(ReconcileSettlement{false}, "Closed");
  EXPECT_EQ(c.facts.line.reserved, 0);
  EXPECT_EQ(c.facts.line.settled, 0);

  Case with_goods = InSettling(Variant::kReturnAndRefund);
  with_goods.As(Platform()).Take(PlatformClosed{}, "Settling");
  with_goods.Take(ReconcileSettlement{false}, "SendingBack").Take(SendGoodsBack{}, "Closed");
}

TEST(RefundMoney, CasesOfOneLineShareWhatIsLeft) {
  Line line{30'000, 0, 0, 3};
  int settling = 0;
  int refused = 0;
  for (int i = 0; i < 8; ++i) {
    Case c;
    c.facts.line = line;
    const Fired<RefundEffect> fired = c.Try(Approve{kAsked});
    if (fired.Applied()) {
      ++settling;
      Apply(fired.effects, line);
    } else {
      ++refused;
      EXPECT_EQ(fired.refusal.code, "ABOVE_LINE_CEILING");
      EXPECT_NE(fired.refusal.expected.find("at most 0"), std::string::npos);
    }
  }
  EXPECT_EQ(settling, 3);
  EXPECT_EQ(refused, 5);
}

}  // namespace
}  // namespace redress::workflows::refund
