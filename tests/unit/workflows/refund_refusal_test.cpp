// A refused caller is told a stable code, what was expected and what was found.

#include <gtest/gtest.h>

#include <stdexcept>

#include "tests/unit/workflows/walk.h"

namespace redress::workflows::refund {
namespace {

void ExpectRefused(const Case& c, const RefundEvent& event, std::string_view code,
                   std::string_view expected, std::string_view found) {
  const Fired<RefundEffect> fired = c.Try(event);
  EXPECT_EQ(fired.outcome, Outcome::kRefused);
  EXPECT_EQ(fired.state, c.state);
  EXPECT_TRUE(fired.effects.empty());
  EXPECT_EQ(fired.refusal.code, code);
  EXPECT_NE(fired.refusal.expected.find(expected), std::string::npos) << fired.refusal.expected;
  EXPECT_NE(fired.refusal.found.find(found), std::string::npos) << fired.refusal.found;
}

TEST(RefundRefusal, AnEventThatHasNoRowNamesItsLegalStates) {
  const Fired<RefundEffect> fired = Case{}.Try(ReceiveGoods{});
  EXPECT_EQ(fired.outcome, Outcome::kUnhandled);
  EXPECT_EQ(fired.state, "Requested");
  EXPECT_EQ(fired.refusal.code, kNotLegalInState);
  EXPECT_EQ(fired.refusal.expected,
            "Returning, Disagreed, Reshipping, Settling, SendingBack, FollowingUp, InDispute");
  EXPECT_EQ(fired.refusal.found, "Requested");
}

TEST(RefundRefusal, AmountsAreNamed) {
  Case c;
  ExpectRefused(c, Approve{0}, "AMOUNT_NOT_POSITIVE", "above 0", "0");
  ExpectRefused(c, Approve{-5}, "AMOUNT_NOT_POSITIVE", "above 0", "-5");
  ExpectRefused(c, Approve{kAsked + 1}, "ABOVE_AMOUNT_ASKED", "at most 10000", "10001");
  c.facts.line.settled = 45'000;
  c.facts.line.reserved = 1'000;
  ExpectRefused(c, Approve{kAsked}, "ABOVE_LINE_CEILING",
                "at most 4000 (left of 50000 paid for the line, 1000 reserved, 45000 settled)",
                "10000");
}

TEST(RefundRefusal, AProposalAboveTheLineIsRefusedBeforeItWaits) {
  Case c;
  c.As(Agent(1)).facts.line.ceiling = 100;
  ExpectRefused(c, Approve{kAsked}, "ABOVE_LINE_CEILING", "at most 100", "10000");
}

TEST(RefundRefusal, FourEyes) {
  Case c = InPendingApproval();
  c.As(Supervisor(kAgentId));
  ExpectRefused(c, ApproveLarge{}, "FOUR_EYES", "other than", "account 7");
  c.As(Agent()).facts.actor.account_id = 9;
  ExpectRefused(c, ApproveLarge{}, "SUPERVISOR_REQUIRED", "supervisor", "");
  c.As({ActorKind::kPerson, kSupervisorId, true, false, kAsked - 1});
  ExpectRefused(c, ApproveLarge{}, "AMOUNT_ABOVE_LIMIT", "at most 9999", "10000");
  c.As({ActorKind::kService, 0, true, true, 0}).facts.progress.proposed_by = 5;
  ExpectRefused(c, ApproveLarge{}, "SUPERVISOR_REQUIRED", "supervisor", "");
}

TEST(RefundRefusal, ARevisedRequestIsCheckedWhole) {
  const Case c;
  ExpectRefused(c, ReviseRequest{100, 1, Variant::kPostage}, "VARIANT_NOT_FOR_LINE",
                "any variant but postage", "variant 6");
  ExpectRefused(c, ReviseRequest{100, 1, Variant{7}}, "VARIANT_NOT_FOR_LINE",
                "any variant but postage", "variant 7");
  ExpectRefused(c, ReviseRequest{100, 4, Variant::kRefundOnly}, "QUANTITY_OUT_OF_RANGE", "1 to 3",
                "4");
  ExpectRefused(c, ReviseRequest{100, 0, Variant::kRefundOnly}, "QUANTITY_OUT_OF_RANGE", "1 to 3",
                "0");
  ExpectRefused(c, ReviseRequest{50'001, 1, Variant::kRefundOnly}, "ABOVE_LINE_CEILING", "50000",
                "50001");
}

TEST(RefundRefusal, PartIsLessThanTheWhole) {
  const Case c = InInspecting();
  ExpectRefused(c, PassInspectionInPart{kAsked}, "NOT_IN_PART", "below 10000", "10000");
  ExpectRefused(c, PassInspectionInPart{0}, "AMOUNT_NOT_POSITIVE", "above 0", "0");
}

TEST(RefundRefusal, AnOfferIsBoundByApprovalAndLimit) {
  Case c = InDisagreed();
  ExpectRefused(c, AcceptPartialOffer{kAsked + 1}, "ABOVE_APPROVED_AMOUNT", "10000", "10001");
  c.As(Agent(4'500));
  ExpectRefused(c, AcceptPartialOffer{4'600}, "AMOUNT_ABOVE_LIMIT", "at most 4500", "4600");
  c.As(Agent(1)).Take(AcceptPartialOffer{4'000}, "Settling");
}

TEST(RefundRefusal, ARulingNeedsSomebodyEntitled) {
  Case c = InDispute();
  c.As(Agent());
  ExpectRefused(c, RuleForBuyer{100}, "SUPERVISOR_REQUIRED", "supervisor", "");
  ExpectRefused(c, RuleForShop{}, "SUPERVISOR_REQUIRED", "supervisor", "");
  c.As({ActorKind::kPerson, kSupervisorId, true, false, 99});
  ExpectRefused(c, RuleForBuyer{100}, "AMOUNT_ABOVE_LIMIT", "at most 99", "100");
  c.As(Platform()).Take(RuleForBuyer{100}, "Settling");
}

TEST(RefundRefusal, ALaterEscalationIsNotLegal) {
  EXPECT_EQ(InDispute().Try(EscalateToPlatform{}).refusal.code, kNotLegalInState);
}

TEST(RefundRefusal, PaymentsOfUnknownOutcomeAreReconciledFirst) {
  Case c = InSettling();
  ExpectRefused(c, ReconcileSettlement{true}, "NOTHING_TO_RECONCILE", "unknown", "not in question");
  ExpectRefused(c, RetrySettlement{}, "SETTLEMENT_RUNNING", "3 failed", "0");
  c.Take(RecordSettlementUnknown{}, "Settling");
  ExpectRefused(c, RecordSettlementFailed{false}, "RECONCILE_FIRST", "reconcile", "unknown");
  ExpectRefused(c, RecordSettlementFailed{true}, "RECONCILE_FIRST", "reconcile", "unknown");
  ExpectRefused(c, RetrySettlement{}, "RECONCILE_FIRST", "reconcile", "unknown");
}

TEST(RefundRefusal, GoodsArriveOnce) {
  Case c = InSendingBack();
  ExpectRefused(c, ReceiveGoods{}, "GOODS_NOT_EXPECTED", "on the way", "here already");
  ExpectRefused(InSettling(), ReceiveGoods{}, "GOODS_NOT_EXPECTED", "on the way", "not sent");
  ExpectRefused(InDispute(), ShipReturn{}, "NO_RETURN_EXPECTED", "a return", "without a return");
}

TEST(RefundRefusal, UnknownStatesAndVariantsAreErrors) {
  Case c;
  EXPECT_THROW(Fire("Nowhere", Reject{}, c.facts), std::invalid_argument);
  EXPECT_THROW(Fire("", Reject{}, c.facts), std::invalid_argument);
  c.facts.progress.variant = Variant{7};
  EXPECT_THROW(Fire("Requested", Reject{}, c.facts), std::invalid_argument);
  EXPECT_THROW(Open(c.facts), std::invalid_argument);
}

}  // namespace
}  // namespace redress::workflows::refund
