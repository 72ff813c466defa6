// Linked cases through all real processes, on the command line where a person acts: an escalated
// refund that its dispute decides, a dispute whose refund is opened and paid, and a repeat.

#include "tests/e2e/linked.h"
#include "tests/e2e/reviews.h"

#include <gtest/gtest.h>

#include "clients/cpp/call_error.h"
#include "tests/e2e/cases.h"
#include "tests/support/wait_for.h"

namespace redress::e2e {
namespace {

class Linked : public testing::Test {
 protected:
  // The command line, logged in as one person.
  Finished Say(const std::string& role, std::vector<std::string> arguments) {
    if (role != logged_in_) {
      const Finished login = stack_.Redress({"log-in", "--account", shop_.AccountNameOf(role),
                                             "--shop", shop_.shop_id(), "--password-stdin"},
                                            shop_.PasswordOf(role) + "\n");
      EXPECT_EQ(login.exit_code, 0) << login.output;
      logged_in_ = role;
    }
    Finished finished = stack_.Redress(arguments);
    EXPECT_EQ(finished.exit_code, 0) << finished.output;
    return finished;
  }
  std::string NumberOf(const std::string& id) {
    return std::to_string(shop_.Get(id).case_number());
  }
  std::string OpenRefund() {
    return shop_.Open(shop_.PushOrder(), aftersales::REFUND_VARIANT_REFUND_ONLY).case_id();
  }
  void ExpectIntact(const std::string& id) {
    aftersales::VerifyCaseRequest request;
    request.set_case_id(id);
    const auto report =
        shop_.As("auditor").Call<aftersales::VerifyCaseResponse>(request).verification();
    EXPECT_TRUE(report.intact()) << report.DebugString();
    EXPECT_EQ(report.steps_replayed(), report.steps());
  }

  Stack& stack_ = Stack::Shared();
  Shop shop_{stack_};
  std::string logged_in_;
};

TEST_F(Linked, AnEscalatedRefundIsRuledByItsDisputeAndSettled) {
  const std::string refund = OpenRefund();
  Say("agent", {"case", "apply", NumberOf(refund), "reject", "--reason", "worn"});
  Say("agent", {"case", "apply", NumberOf(refund), "escalate-to-platform"});
  const auto link = AwaitLinked(shop_, refund, aftersales::CASE_RELATION_ESCALATED_TO);
  const std::string number = std::to_string(link.case_number());
  const Finished shown = Say("agent", {"case", "show", NumberOf(refund)});
  EXPECT_NE(shown.output.find("escalated_to"), std::string::npos) << shown.output;
  EXPECT_NE(shown.output.find(number), std::string::npos) << shown.output;
  ApplyToDispute(shop_, "integration", link.case_id(),
                 [](auto& event) { event.mutable_platform_intervened(); });
  Say("supervisor", {"dispute", "apply", number, "rule-for-buyer", "--amount", "60"});
  AwaitState(shop_, refund, "Settling");
  EXPECT_EQ(shop_.Get(refund).amount_approved().minor_units(), 60'00);
  shop_.Settle(refund);
  const aftersales::Case ruled = AwaitState(shop_, link.case_id(), "CauseReview");
  EXPECT_TRUE(ruled.dispute().executed());
  EXPECT_EQ(ruled.dispute().verdict(), aftersales::DISPUTE_VERDICT_RULED_FOR_BUYER);
  ExpectIntact(refund);
  ExpectIntact(link.case_id());
}

TEST_F(Linked, ADisputesRefundIsOpenedPaidAndItsExecution) {
  const order::Order order = shop_.PushOrder();
  Say("agent", {"dispute", "open", "--order", order.order_id(), "--line", order.lines(0).line_id(),
                "--from", "direct_complaint", "--reason", "damaged"});
  aftersales::ListCasesRequest list;
  list.set_order(aftersales::CASE_ORDER_NEWEST);
  list.set_kind("dispute");
  const std::string dispute =
      shop_.As("agent").Call<aftersales::ListCasesResponse>(list).cases(0).case_id();
  OfferRefund(shop_, dispute);
  Say("agent", {"dispute", "apply", NumberOf(dispute), "accept-option", "--option", "refund"});
  const auto refund = AwaitLinked(shop_, dispute, aftersales::CASE_RELATION_REMEDY);
  AwaitState(shop_, refund.case_id(), "Settling");
  EXPECT_EQ(shop_.Get(refund.case_id()).amount_approved().minor_units(), kOffered);
  EXPECT_EQ(shop_.Get(dispute).state(), "Executing");
  shop_.Settle(refund.case_id());
  AwaitState(shop_, dispute, "CauseReview");
  EXPECT_EQ(AwaitLinked(shop_, refund.case_id(), aftersales::CASE_RELATION_REMEDY_OF).case_id(),
            dispute);
  ExpectIntact(refund.case_id());
  ExpectIntact(dispute);
}

TEST_F(Linked, ADisputeAboutAnOpenRefundsLineDrivesThatRefund) {
  const order::Order order = shop_.PushOrder();
  const std::string refund = shop_.Open(order, aftersales::REFUND_VARIANT_REFUND_ONLY).case_id();
  aftersales::OpenDisputeRequest open;
  open.set_order_id(order.order_id());
  open.set_line_id(order.lines(0).line_id());
  open.set_channel(aftersales::DISPUTE_CHANNEL_DIRECT_COMPLAINT);
  open.set_reason("damaged");
  const std::string dispute =
      shop_.As("agent").Call<aftersales::OpenDisputeResponse>(std::move(open)).case_().case_id();
  OfferRefund(shop_, dispute);
  Accept(shop_, dispute, aftersales::DISPUTE_OPTION_REFUND);
  AwaitState(shop_, refund, "Settling");
  EXPECT_EQ(AwaitLinked(shop_, dispute, aftersales::CASE_RELATION_REMEDY).case_id(), refund);
}

TEST_F(Linked, ThePlatformsWordDuringADisputeWins) {
  const std::string refund = OpenRefund();
  const std::string dispute = EscalatedDispute(shop_, refund);
  shop_.Apply("integration", refund,
              [](auto& event) { event.mutable_platform_succeeded()->set_amount_minor(kLinePaid); });
  AwaitState(shop_, dispute, "CauseReview");
  EXPECT_EQ(shop_.Get(dispute).dispute().remedy_amount().minor_units(), kLinePaid);
}

TEST_F(Linked, WhatALineCannotPayIsPutBeforeAPerson) {
  const order::Order order = shop_.PushOrder();
  const std::string all = shop_.Open(order, aftersales::REFUND_VARIANT_REFUND_ONLY).case_id();
  shop_.Approve(all);
  shop_.Settle(all);
  aftersales::OpenDisputeRequest open;
  open.set_order_id(order.order_id());
  open.set_line_id(order.lines(0).line_id());
  open.set_channel(aftersales::DISPUTE_CHANNEL_DIRECT_COMPLAINT);
  open.set_reason("damaged");
  const std::string dispute =
      shop_.As("agent").Call<aftersales::OpenDisputeResponse>(std::move(open)).case_().case_id();
  OfferRefund(shop_, dispute);
  Accept(shop_, dispute, aftersales::DISPUTE_OPTION_REFUND);
  EXPECT_TRUE(test::WaitFor([&] { return shop_.Get(dispute).needs_person() == "LINK_REFUSED"; },
                            std::chrono::seconds(30)));
  const Finished shown = Say("agent", {"case", "show", NumberOf(dispute)});
  EXPECT_NE(shown.output.find("NOTHING_OWED"), std::string::npos) << shown.output;
}

TEST_F(Linked, ARepeatNamesTheEndedCaseThatItRepeats) {
  const order::Order order = shop_.PushOrder();
  const std::string first = shop_.Open(order, aftersales::REFUND_VARIANT_REFUND_ONLY).case_id();
  const std::vector<std::string> again{
      "case",     "open",     "--order",   order.order_id(), "--quantity",
      "1",        "--amount", "10",        "--variant",      "refund_only",
      "--reason", "damaged",  "--repeats", NumberOf(first)};
  Say("agent", {"case", "show", NumberOf(first)});
  const Finished too_early = stack_.Redress(again);
  EXPECT_NE(too_early.exit_code, 0);
  EXPECT_NE(too_early.output.find("has not ended"), std::string::npos) << too_early.output;
  shop_.Apply("agent", first, [](auto& event) { event.mutable_withdraw(); });
  Say("agent", again);
  const auto repeat = AwaitLinked(shop_, first, aftersales::CASE_RELATION_REPEATED_BY);
  EXPECT_EQ(AwaitLinked(shop_, repeat.case_id(), aftersales::CASE_RELATION_REPEATS).case_id(),
            first);
  ExpectIntact(repeat.case_id());
}

TEST_F(Linked, AReviewThatRevealsAFaultWaitsForItsDispute) {
  const std::string review = BringReviewTo(shop_, "Contacting");
  const Finished revealed =
      Say("agent", {"review", "apply", NumberOf(review), "reveal-fault", "--fault", "quality"});
  EXPECT_NE(revealed.output.find("InDispute"), std::string::npos) << revealed.output;
  const auto link = AwaitLinked(shop_, review, aftersales::CASE_RELATION_DISPUTED_IN);
  EXPECT_EQ(AwaitLinked(shop_, link.case_id(), aftersales::CASE_RELATION_REVEALED_BY).case_id(),
            review);
  ApplyToDispute(shop_, "agent", link.case_id(), [](auto& event) { event.mutable_withdraw(); });
  EXPECT_EQ(AwaitState(shop_, review, "Replying").review().reply_reason(),
            aftersales::REVIEW_REPLY_REASON_CONCLUDED);
}

// What the buyer asked for the fault was given: now only the buyer can change the review.
TEST_F(Linked, AReviewJoinsTheOpenDisputeOfItsOrderAndHearsWhatItGave) {
  const order::Order order = shop_.PushOrderOfNewBuyer();
  const std::string dispute = OpenDispute(shop_, order).case_id();
  const std::string review = OpenReview(shop_, order).case_id();
  ApplyToReview(shop_, "agent", review, [](auto& event) {
    event.mutable_reveal_fault()->set_fault(aftersales::REVIEW_FAULT_DELIVERY);
  });
  EXPECT_EQ(AwaitLinked(shop_, review, aftersales::CASE_RELATION_DISPUTED_IN).case_id(), dispute);
  ASSERT_TRUE(test::WaitFor(
      [&] {
        const auto steps = shop_.Steps(dispute);
        return steps.back().event() == "join_review";
      },
      std::chrono::seconds(20)));
  OfferRefund(shop_, dispute);
  Accept(shop_, dispute, aftersales::DISPUTE_OPTION_REPLACEMENT);
  const auto apply = [&](const auto& set) { ApplyToDispute(shop_, "agent", dispute, set); };
  apply([](auto& event) { event.mutable_record_execution(); });
  apply([](auto& event) {
    event.mutable_resolve()->set_root_cause("late_delivery");
    event.mutable_resolve()->set_measure("another carrier");
  });
  AwaitState(shop_, review, "AwaitingRevision");
}

}  // namespace
}  // namespace redress::e2e
