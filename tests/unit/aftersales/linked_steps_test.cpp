// What cases ask of each other: as the steps that ask it, and as the commands that carry it.

#include <gtest/gtest.h>

#include <algorithm>

#include "services/aftersales/domain/case_asks.h"
#include "services/aftersales/domain/case_kind.h"
#include "services/aftersales/domain/history_check.h"
#include "services/aftersales/domain/opening.h"
#include "services/aftersales/domain/snapshot.h"
#include "tests/unit/aftersales/desk.h"

namespace redress::aftersales {
namespace {

namespace dispute = workflows::dispute;
namespace refund = workflows::refund;
namespace review = workflows::review;

constexpr CaseId kDisputeCase{12};

// A rejected refund of 900, escalated; its dispute is opened.
struct Escalated : Desk {
  Escalated() {
    Apply(Open(900));
    Apply(Fire(refund::Reject{}));
    Apply(Fire(refund::EscalateToPlatform{}));
    Apply(Carry(asks.front()));
    the_dispute = asks.front().target;
  }
  void GoTo(std::string_view state) {
    const std::vector<dispute::DisputeEvent> way{
        dispute::RecordContact{}, dispute::BeginInvestigation{}, dispute::AddEvidence{},
        dispute::ProposeOptions{{900, 0, true, true}}, dispute::PresentOptions{}};
    for (const auto& event : way) {
      if (Now(the_dispute).state == state) return;
      Apply(Fire(event, the_dispute));
    }
  }
  CaseId the_dispute;
};

HistoryReport Verify(const Desk& desk, CaseId id) {
  const Case& row = desk.Now(id);
  HistoryCheck check(row.shop, id);
  for (const Step& step : desk.steps) {
    if (step.case_id == id) check.Take(step, nullptr);
  }
  return std::move(check).Finish(StoredCase{row, std::string(KindOf(row)), row.TimerAt()});
}

std::string Told(const HistoryReport& report) {
  std::string text;
  for (const Finding& one : report.findings) text += one.field + ": " + one.found + "\n";
  return text;
}

TEST(LinkedSteps, AnEscalationAsksForADisputeThatItHasChosen) {
  Escalated desk;
  const CaseAsk& ask = desk.asks.front();
  EXPECT_EQ(ask.kind, kDisputeKind);
  EXPECT_EQ(ask.event, kOpenEvent);
  EXPECT_EQ(ask.target.value, desk.Now().Refund().dispute);
  EXPECT_EQ(RequestIdOf(ask), "link:11:3");
  EXPECT_NE(desk.steps[2].event_json.find("open_dispute"), std::string::npos);
  ASSERT_EQ(desk.links.size(), 1U);
  EXPECT_EQ(desk.links.front().relation, LinkRelation::kEscalatedTo);
}

TEST(LinkedSteps, TheDisputeKnowsWhatItIsAbout) {
  Escalated desk;
  const Case& opened = desk.Now(desk.the_dispute);
  EXPECT_EQ(opened.order, Desk::kOrder);
  EXPECT_EQ(opened.line, Desk::kLine);
  EXPECT_EQ(opened.customer, desk.Now().customer);
  EXPECT_EQ(opened.Dispute().channel, dispute::Channel::kEscalatedRefund);
  EXPECT_EQ(opened.Dispute().refund, Desk::kCase.value);
  EXPECT_EQ(opened.Dispute().worth, 900);
}

TEST(LinkedSteps, CarriedOnceMoreItChangesNothing) {
  Escalated desk;
  const std::size_t steps = desk.steps.size();
  const Answer again = desk.Apply(desk.Carry(desk.asks.front()));
  EXPECT_TRUE(again.repeated);
  EXPECT_EQ(desk.steps.size(), steps);
}

TEST(LinkedSteps, AnAgreementPaysTheEscalatedRefund) {
  Escalated desk;
  desk.GoTo("AwaitingBuyer");
  desk.Apply(desk.Fire(dispute::AcceptOption{dispute::OptionKind::kRefund}, desk.the_dispute));
  desk.Apply(desk.Carry(desk.asks.back()));
  EXPECT_EQ(desk.Now().state, "Settling");
  EXPECT_EQ(desk.Line().reserved, 900);
  desk.Apply(desk.Make(RecordPayment{{PaymentResult::kSettled, "bank-1", ""}}));
  desk.Apply(desk.Carry(desk.asks.back()));
  EXPECT_EQ(desk.Now(desk.the_dispute).state, "CauseReview");
  EXPECT_TRUE(desk.Now(desk.the_dispute).Dispute().executed);
}

TEST(LinkedSteps, ARulingForTheShopClosesTheRefund) {
  Escalated desk;
  desk.Apply(desk.Fire(dispute::PlatformRuledForShop{}, desk.the_dispute));
  desk.Apply(desk.Carry(desk.asks.back()));
  EXPECT_EQ(desk.Now().state, "Closed");
  EXPECT_EQ(desk.steps.back().outcome, "ruled_for_shop");
}

TEST(LinkedSteps, AWithdrawnDisputeClosesTheRefund) {
  Escalated desk;
  desk.Apply(desk.Fire(dispute::Withdraw{}, desk.the_dispute));
  desk.Apply(desk.Carry(desk.asks.back()));
  EXPECT_EQ(desk.Now().state, "Closed");
}

TEST(LinkedSteps, AnotherRemedyThanMoneyLeavesTheRefundNothingToGive) {
  Escalated desk;
  desk.GoTo("AwaitingBuyer");
  desk.Apply(desk.Fire(dispute::AcceptOption{dispute::OptionKind::kOther}, desk.the_dispute));
  desk.Apply(desk.Carry(desk.asks.back()));
  EXPECT_EQ(desk.Now().state, "Closed");
  EXPECT_EQ(desk.Now(desk.the_dispute).state, "Executing");
}

TEST(LinkedSteps, OtherGoodsForARefundOnlyAreRefused) {
  Escalated desk;
  desk.GoTo("AwaitingBuyer");
  desk.Apply(desk.Fire(dispute::AcceptOption{dispute::OptionKind::kReplacement}, desk.the_dispute));
  EXPECT_EQ(desk.Reason(desk.Carry(desk.asks.back())), "NOT_A_REPLACEMENT");
}

TEST(LinkedSteps, ThePlatformsWordWinsAndTheDisputeHears) {
  Escalated desk;
  desk.Apply(desk.Fire(refund::PlatformSucceeded{900}));
  EXPECT_EQ(desk.Now().state, "FollowingUp");
  desk.Apply(desk.Carry(desk.asks.back()));
  const dispute::DisputeProgress& after = desk.Now(desk.the_dispute).Dispute();
  EXPECT_EQ(desk.Now(desk.the_dispute).state, "CauseReview");
  EXPECT_EQ(after.remedy, (dispute::Remedy{dispute::OptionKind::kRefund, 900}));
}

TEST(LinkedSteps, ARefundThatEndsWithoutMoneyCallsTheDisputesSupervisor) {
  Escalated desk;
  desk.Apply(desk.Fire(refund::PlatformClosed{}));
  desk.Apply(desk.Carry(desk.asks.back()));
  const Case& after = desk.Now(desk.the_dispute);
  EXPECT_EQ(after.state, "Opened");
  EXPECT_EQ(after.needs_person, "REFUND_ENDED");
  EXPECT_EQ(after.Dispute().refund, 0U);
}

TEST(LinkedSteps, ARuledRefundIsNotEscalatedOnceMore) {
  Desk desk;
  desk.ReturnUnderWay();
  desk.Apply(desk.Report(GoodsReceived{2}, "w1"));
  desk.Apply(desk.Report(GoodsInspected{0, "worn"}, "w2"));
  ASSERT_EQ(desk.Now().state, "Disagreed");
  desk.Apply(desk.Fire(refund::EscalateToPlatform{}));
  auto sent_back = desk.Fire(refund::RuleForShop{});
  sent_back->sender.kind = workflows::ActorKind::kLink;
  desk.Apply(std::move(sent_back));
  EXPECT_EQ(desk.Now().state, "SendingBack");
  Case& row = desk.rows.cases.at({Desk::kShop, Desk::kCase});
  row.state = "Disagreed";
  EXPECT_EQ(desk.Reason(desk.Fire(refund::EscalateToPlatform{})), "DISPUTED_ALREADY");
}

// A dispute of its own whose buyer takes the refund that is offered.
struct Agreed : Desk {
  explicit Agreed(CaseId open_refund = {}) {
    Apply(OpenDispute(kDisputeCase));
    const std::vector<dispute::DisputeEvent> way{
        dispute::RecordContact{}, dispute::BeginInvestigation{}, dispute::AddEvidence{},
        dispute::ProposeOptions{{900, 0, true, true}}, dispute::PresentOptions{}};
    for (const auto& event : way) Apply(Fire(event, kDisputeCase));
    auto accept = Fire(dispute::AcceptOption{dispute::OptionKind::kRefund}, kDisputeCase);
    std::get<FireEvent>(accept->body).beside.open = open_refund;
    Apply(std::move(accept));
  }
};

TEST(LinkedSteps, ADisputesRefundIsOpenedAndGranted) {
  Agreed desk;
  const CaseAsk ask = desk.asks.back();
  EXPECT_EQ(ask.target.value, desk.Now(kDisputeCase).Dispute().refund);
  desk.Apply(desk.Carry(ask));
  const Case& opened = desk.Now(ask.target);
  EXPECT_EQ(opened.Refund().amount_asked, 900);
  EXPECT_EQ(opened.Refund().dispute, kDisputeCase.value);
  EXPECT_EQ(desk.Reason(desk.Fire(refund::EscalateToPlatform{}, ask.target)), "NOT_LEGAL_IN_STATE");
  desk.Apply(desk.Fire(refund::JoinDispute{900, kDisputeCase.value}, ask.target));
  EXPECT_EQ(desk.Now(ask.target).state, "Settling");
}

TEST(LinkedSteps, ADisputeJoinsTheOpenRefundOfItsLine) {
  Desk first;
  Agreed desk(Desk::kCase);
  desk.Apply(desk.Open(500));
  EXPECT_EQ(desk.asks.back().target, Desk::kCase);
  EXPECT_EQ(desk.asks.back().event, refund::JoinDispute::kName);
  desk.Apply(desk.Carry(desk.asks.back()));
  EXPECT_EQ(desk.Now().state, "Settling");
  EXPECT_EQ(desk.Now().Refund().approved_amount, 900);
  EXPECT_EQ(desk.links.back().relation, LinkRelation::kRemedy);
}

TEST(LinkedSteps, ARefundThatTheLineCannotPayIsRefused) {
  Agreed desk;
  desk.line_facts.ceiling = 500;
  EXPECT_EQ(desk.Reason(desk.Carry(desk.asks.back())), "ABOVE_LINE_CEILING");
}

TEST(LinkedSteps, ADisputeAboutAWholeOrderIsAPersonsToExecute) {
  Desk desk;
  auto open = desk.OpenDispute(kDisputeCase);
  std::get<OpenDispute>(open->body).line.line = LineId{};
  desk.Apply(std::move(open));
  desk.Apply(desk.Fire(dispute::PlatformRuledForBuyer{900}, kDisputeCase));
  EXPECT_EQ(desk.Now(kDisputeCase).state, "Executing");
  EXPECT_TRUE(desk.asks.empty());
}

TEST(LinkedSteps, BothHistoriesAreIntact) {
  Escalated desk;
  desk.GoTo("AwaitingBuyer");
  desk.Apply(desk.Fire(dispute::AcceptOption{dispute::OptionKind::kRefund}, desk.the_dispute));
  desk.Apply(desk.Carry(desk.asks.back()));
  desk.Apply(desk.Make(RecordPayment{{PaymentResult::kSettled, "bank-1", ""}}));
  desk.Apply(desk.Carry(desk.asks.back()));
  for (const CaseId id : {Desk::kCase, desk.the_dispute}) {
    const HistoryReport report = Verify(desk, id);
    EXPECT_TRUE(report.intact()) << Told(report);
    EXPECT_EQ(report.steps_replayed, report.steps);
  }
  Agreed other;
  other.Apply(other.Carry(other.asks.back()));
  EXPECT_TRUE(Verify(other, kDisputeCase).intact()) << Told(Verify(other, kDisputeCase));
  EXPECT_TRUE(Verify(other, other.asks.back().target).intact());
}

TEST(LinkedSteps, AnAlteredLinkIsFound) {
  Escalated desk;
  desk.rows.cases.at({Desk::kShop, Desk::kCase}).Refund().dispute = 99;
  const HistoryReport report = Verify(desk, Desk::kCase);
  EXPECT_TRUE(std::any_of(report.findings.begin(), report.findings.end(),
                          [](const Finding& one) { return one.field == "case.dispute_id"; }));
}

// Rows from before cases were linked.
TEST(LinkedSteps, ADisputeThatWasStoredWithoutALinkIsRead) {
  Desk desk;
  desk.Apply(desk.OpenDispute());
  std::string packed = EncodeProgress(desk.Now());
  ASSERT_EQ(packed.substr(0, 2), "\x9A\x02");
  packed = "\x82\x01" + packed.substr(2, packed.size() - 5);  // without refund, worth and review
  Case read;
  DecodeProgress(packed, read);
  EXPECT_EQ(read.Dispute().channel, dispute::Channel::kDeliveryFault);
  EXPECT_EQ(read.Dispute().refund, 0U);
}

TEST(LinkedSteps, AReviewThatWasStoredWithoutADisputeIsRead) {
  Desk desk;
  desk.Apply(desk.OpenReview());
  std::string packed = EncodeProgress(desk.Now());
  ASSERT_EQ(packed.substr(0, 2), "\x9C\x02");
  packed = "\x84\x01" + packed.substr(2, packed.size() - 4);  // without fault and dispute
  Case read;
  DecodeProgress(packed, read);
  EXPECT_EQ(read.Review().stars, desk.Now().Review().stars);
  EXPECT_EQ(read.Review().dispute, 0U);
}

TEST(LinkedSteps, OnlyACaseThatHasEndedAboutTheSameIsRepeated) {
  Desk desk;
  desk.Apply(desk.Open(900));
  const auto reason = [&](LineId line) {
    try {
      CheckRepeats(desk.Now(), Desk::kOrder, line);
      return std::string();
    } catch (const platform::Refusal& refusal) {
      return refusal.reason();
    }
  };
  EXPECT_EQ(reason(LineId{701}), "REPEATS_ANOTHER");
  EXPECT_EQ(reason(Desk::kLine), "REPEATS_OPEN_CASE");
  desk.Apply(desk.Fire(refund::Withdraw{}));
  EXPECT_EQ(reason(Desk::kLine), "");
  auto again = desk.Open(900, CaseId{15});
  std::get<OpenCase>(again->body).repeats = Desk::kCase;
  desk.Apply(std::move(again));
  EXPECT_EQ(desk.links.back().relation, LinkRelation::kRepeats);
  EXPECT_TRUE(Verify(desk, CaseId{15}).intact());
}

// ---- a review and the dispute about the fault that it reveals
// --------------------------------------

// The second review of a line; nothing is open beside it unless a test says so.
struct Revealed : Desk {
  explicit Revealed(Beside beside = {}) {
    Apply(OpenReview());
    Apply(Fire(review::JudgeGenuine{}));
    auto reveal = Fire(review::RevealFault{review::Fault::kDelivery});
    std::get<FireEvent>(reveal->body).beside = beside;
    verdict = Decide(*reveal);
  }
  void EndDispute(CaseId id) {
    const std::vector<dispute::DisputeEvent> way{
        dispute::RecordContact{},  dispute::BeginInvestigation{},
        dispute::AddEvidence{},    dispute::ProposeOptions{{0, 100, true, true}},
        dispute::PresentOptions{}, dispute::AcceptOption{dispute::OptionKind::kOther},
        dispute::RecordExecution{}};
    for (const auto& event : way) Apply(Fire(event, id));
    Apply(Fire(dispute::Resolve{"late_delivery", "another carrier"}, id));
  }
  Verdict verdict;
};

TEST(LinkedSteps, AReviewThatRevealsAFaultOpensADisputeAboutItsLine) {
  Revealed desk;
  EXPECT_EQ(desk.Now().state, "InDispute");
  ASSERT_EQ(desk.asks.size(), 1U);
  ASSERT_EQ(desk.links.size(), 1U);
  EXPECT_EQ(desk.links.front().relation, LinkRelation::kDisputedIn);
  desk.Apply(desk.Carry(desk.asks.front()));
  const Case& opened = desk.Now(desk.asks.front().target);
  EXPECT_EQ(opened.Dispute().channel, dispute::Channel::kDeliveryFault);
  EXPECT_EQ(opened.Dispute().review, Desk::kCase.value);
  EXPECT_EQ(opened.line, desk.Now().line);
}

TEST(LinkedSteps, TheReviewHearsThatItsDisputeGaveSomething) {
  Revealed desk;
  const CaseId id = desk.asks.front().target;
  desk.Apply(desk.Carry(desk.asks.front()));
  desk.EndDispute(id);
  EXPECT_EQ(desk.asks.back().kind, kReviewKind);
  desk.Apply(desk.Carry(desk.asks.back()));
  EXPECT_EQ(desk.Now().state, "AwaitingRevision");
  EXPECT_TRUE(Verify(desk, id).intact()) << Told(Verify(desk, id));
  EXPECT_TRUE(Verify(desk, Desk::kCase).intact()) << Told(Verify(desk, Desk::kCase));
}

TEST(LinkedSteps, AReviewWhoseDisputeIsDroppedIsAnsweredInPublic) {
  Revealed desk;
  const CaseId id = desk.asks.front().target;
  desk.Apply(desk.Carry(desk.asks.front()));
  desk.Apply(desk.Fire(dispute::Withdraw{}, id));
  desk.Apply(desk.Carry(desk.asks.back()));
  EXPECT_EQ(desk.Now().state, "Replying");
  EXPECT_EQ(desk.Now().Review().reply_reason, review::ReplyReason::kConcluded);
}

TEST(LinkedSteps, AReviewJoinsTheOpenDisputeOfItsLine) {
  Revealed desk(Beside{CaseId{77}});
  EXPECT_EQ(desk.asks.front().event, dispute::JoinReview::kName);
  EXPECT_EQ(desk.asks.front().target, CaseId{77});
  EXPECT_EQ(desk.Now().Review().dispute, 77U);
  EXPECT_TRUE(Verify(desk, Desk::kCase).intact()) << Told(Verify(desk, Desk::kCase));
}

TEST(LinkedSteps, AReviewDoesNotWaitForADisputeThatCannotTellIt) {
  Revealed desk(Beside{CaseId{}, true});
  const auto* refusal = std::get_if<platform::Refusal>(&desk.verdict);
  ASSERT_NE(refusal, nullptr);
  EXPECT_EQ(refusal->reason(), "DISPUTE_UNDER_WAY");
  EXPECT_EQ(desk.Now().state, "Contacting");
}

}  // namespace
}  // namespace redress::aftersales
