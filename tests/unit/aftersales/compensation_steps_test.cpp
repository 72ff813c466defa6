// Offering and moving compensations, by the stepper alone.

#include <gtest/gtest.h>

#include <map>

#include "tests/unit/aftersales/desk.h"
#include "tests/unit/aftersales/verified.h"

namespace redress::aftersales {
namespace {

constexpr std::int32_t kMonth = 202510;
constexpr AccountId kOther{103};
constexpr AccountId kFinance{104};

class CompensationSteps : public ::testing::Test {
 protected:
  CompensationSteps() { desk_.Apply(desk_.Open(1000)); }

  std::unique_ptr<Command> Offer(std::int64_t amount,
                                 CompensationKind kind = CompensationKind::kMoney,
                                 std::int32_t month = kMonth) {
    return desk_.Make(OfferCompensation{kind, amount, "GBP", "quality", month});
  }
  std::unique_ptr<Command> By(AccountId who, std::unique_ptr<Command> command) {
    command->sender.account = who;
    command->sender.is_agent = who == Desk::kAgent;
    command->sender.is_supervisor = who == Desk::kSupervisor || who == kOther;
    command->sender.is_finance = who == kFinance;
    return command;
  }
  std::unique_ptr<Command> Move(AccountId who, CompensationAct act, std::uint32_t number) {
    MoveCompensation move;
    move.number = number;
    move.act = act;
    return By(who, desk_.Make(std::move(move)));
  }
  std::unique_ptr<Command> Record(AccountId who, std::uint32_t number, CompensationState result) {
    MoveCompensation move;
    move.number = number;
    move.act = CompensationAct::kRecord;
    move.result = result;
    if (result == CompensationState::kGiven) move.payment_reference = "pay-1";
    if (result != CompensationState::kGiven) move.why = "account closed";
    return By(who, desk_.Make(std::move(move)));
  }
  // A granted one of 800 that finance has in hand; its number.
  std::uint32_t UnderWay() {
    const std::uint32_t number = desk_.Apply(Offer(800)).compensation->number;
    desk_.Apply(Move(kFinance, CompensationAct::kBegin, number));
    return number;
  }
  std::int64_t Spent(AccountId who = Desk::kAgent) {
    return desk_.rows.budgets[{Desk::kShop, kMonth, who}].spent;
  }
  const Compensation& Row(std::uint32_t number) {
    return desk_.rows.compensations.at({Desk::kShop, Desk::kCase, number});
  }

  Desk desk_;
};

TEST_F(CompensationSteps, AnAmountUpToTheSingleLimitIsGrantedAtOnce) {
  const Case before = desk_.Now();
  const Answer answer = desk_.Apply(Offer(1000));
  EXPECT_EQ(answer.compensation->state, CompensationState::kGranted);
  EXPECT_EQ(answer.compensation->number, 2u);
  EXPECT_EQ(Spent(), 1000);
  EXPECT_EQ(answer.after.state, before.state);
  EXPECT_EQ(answer.after.due_at, before.due_at);
  EXPECT_EQ(answer.after.Armed().deadline_number, before.Armed().deadline_number);
  EXPECT_EQ(answer.after.needs_person, "");
}

TEST_F(CompensationSteps, AnAmountAboveTheSingleLimitWaitsForASupervisor) {
  const Answer answer = desk_.Apply(Offer(1001));
  EXPECT_EQ(answer.compensation->state, CompensationState::kWaiting);
  EXPECT_EQ(answer.after.needs_person, kCompensationWaits);
  EXPECT_EQ(answer.after.queue, workflows::PersonQueue::kSupervisors);
  EXPECT_EQ(Spent(), 1001);  // held while it waits
  EXPECT_EQ(desk_.Reason(Move(kFinance, CompensationAct::kBegin, 2)), "COMPENSATION_STATE");
  const Answer approved = desk_.Apply(Move(Desk::kSupervisor, CompensationAct::kApprove, 2));
  EXPECT_EQ(approved.compensation->state, CompensationState::kGranted);
  EXPECT_EQ(approved.compensation->decided_by, Desk::kSupervisor);
  EXPECT_EQ(approved.after.needs_person, "");
}

TEST_F(CompensationSteps, NobodyApprovesTheirOwnOffer) {
  desk_.Apply(By(Desk::kSupervisor, Offer(3001)));
  EXPECT_EQ(desk_.Reason(Move(Desk::kSupervisor, CompensationAct::kApprove, 2)), "FOUR_EYES");
  EXPECT_EQ(desk_.Reason(Move(Desk::kAgent, CompensationAct::kApprove, 2)), "SUPERVISOR_REQUIRED");
  EXPECT_EQ(desk_.Reason(Move(kOther, CompensationAct::kApprove, 2)), "");
}

TEST_F(CompensationSteps, TheMonthHoldsWhateverASupervisorSays) {
  desk_.Apply(Offer(4500));
  auto above = Offer(501);
  const Verdict verdict = desk_.Decide(*above);
  const auto& refusal = std::get<platform::Refusal>(verdict);
  EXPECT_EQ(refusal.reason(), "ABOVE_MONTH_LIMIT");
  EXPECT_EQ(refusal.metadata().at("left"), "500");
  EXPECT_NE(refusal.message().find("administrator"), std::string::npos) << refusal.message();
  EXPECT_EQ(desk_.Reason(Offer(500)), "");
  // Somebody else's month, and the next one, are others.
  EXPECT_EQ(desk_.Reason(By(Desk::kSupervisor, Offer(501))), "");
  EXPECT_EQ(desk_.Reason(Offer(501, CompensationKind::kMoney, kMonth + 1)), "");
}

TEST_F(CompensationSteps, ALoweredLimitLeavesNothingAndTakesNothingBack) {
  desk_.Apply(Offer(900));
  desk_.policy.compensations.agent.month = 500;
  EXPECT_EQ(desk_.Reason(Offer(1)), "ABOVE_MONTH_LIMIT");
  EXPECT_EQ(Spent(), 900);
  desk_.Apply(Move(Desk::kAgent, CompensationAct::kCancel, 2));
  EXPECT_EQ(desk_.Reason(Offer(500)), "");
  const CompensationBudget& budget = desk_.rows.budgets[{Desk::kShop, kMonth, Desk::kAgent}];
  EXPECT_EQ(budget.cap, 500);
}

TEST(CompensationBudget, TellsItsCheckWhatWasTakenAboveTheLimit) {
  CompensationBudget budget;
  budget.Take(400, 500, 1);
  EXPECT_LE(budget.spent, budget.cap);
  budget.Take(400, 500, 2);
  EXPECT_GT(budget.spent, budget.cap);
}

TEST_F(CompensationSteps, DeclinedCancelledAndFailedGiveBack) {
  desk_.Apply(Offer(1500));
  desk_.Apply(Move(Desk::kSupervisor, CompensationAct::kDecline, 2));
  EXPECT_EQ(Spent(), 0);
  desk_.Apply(Offer(700));
  desk_.Apply(Move(Desk::kAgent, CompensationAct::kCancel, 4));
  EXPECT_EQ(Spent(), 0);
  const std::uint32_t number = UnderWay();
  const Answer failed = desk_.Apply(Record(kFinance, number, CompensationState::kFailed));
  EXPECT_EQ(Spent(), 0);
  EXPECT_EQ(failed.after.needs_person, kCompensationFailed);
  EXPECT_EQ(desk_.Reason(Record(kFinance, number, CompensationState::kGiven)),
            "COMPENSATION_STATE");
}

TEST_F(CompensationSteps, WhatSomebodyHasInHandIsNeitherCancelledNorTakenTwice) {
  const std::uint32_t number = UnderWay();
  EXPECT_EQ(desk_.Reason(Move(Desk::kAgent, CompensationAct::kCancel, number)), "RECONCILE_FIRST");
  EXPECT_EQ(desk_.Reason(Move(kFinance, CompensationAct::kBegin, number)), "COMPENSATION_STATE");
  const Answer given = desk_.Apply(Record(kFinance, number, CompensationState::kGiven));
  EXPECT_EQ(given.compensation->payment_reference, "pay-1");
  EXPECT_EQ(Spent(), 800);
  EXPECT_EQ(desk_.Reason(Record(kFinance, number, CompensationState::kGiven)),
            "COMPENSATION_STATE");
}

TEST_F(CompensationSteps, AnUnknownResultIsFoundOutBeforeAnythingElseIsOffered) {
  const std::uint32_t number = UnderWay();
  desk_.Apply(Record(kFinance, number, CompensationState::kUnknown));
  EXPECT_EQ(desk_.Now().needs_person, kCompensationUnknown);
  EXPECT_EQ(desk_.Reason(Offer(10)), "RECONCILE_FIRST");
  EXPECT_EQ(desk_.Reason(Move(Desk::kAgent, CompensationAct::kCancel, number)), "RECONCILE_FIRST");
  desk_.Apply(Record(kFinance, number, CompensationState::kFailed));
  EXPECT_EQ(desk_.Reason(Offer(10)), "");
}

TEST_F(CompensationSteps, WhatOneOfThemCalledForStaysWhileAnotherMoves) {
  const std::uint32_t unknown = UnderWay();
  const std::uint32_t granted = desk_.Apply(Offer(10)).compensation->number;
  desk_.Apply(Record(kFinance, unknown, CompensationState::kUnknown));
  desk_.Apply(Move(kFinance, CompensationAct::kBegin, granted));
  EXPECT_EQ(desk_.Now().needs_person, kCompensationUnknown);
  EXPECT_EQ(desk_.Now().queue, workflows::PersonQueue::kFinance);
  desk_.Apply(Record(kFinance, unknown, CompensationState::kFailed));
  desk_.Apply(Record(kFinance, granted, CompensationState::kGiven));
  EXPECT_EQ(desk_.Now().needs_person, kCompensationFailed);
  EXPECT_EQ(desk_.Now().queue, workflows::PersonQueue::kAgents);
  desk_.Apply(Offer(20));  // instead of it
  EXPECT_EQ(desk_.Now().needs_person, "");
}

TEST_F(CompensationSteps, WhatOthersCalledForStays) {
  Case& now = desk_.rows.cases.at({Desk::kShop, Desk::kCase});
  now.needs_person = "SOMETHING_NEW";
  now.queue = workflows::PersonQueue::kFinance;
  desk_.Apply(Offer(1500));
  desk_.Apply(Move(Desk::kSupervisor, CompensationAct::kApprove, 2));
  EXPECT_EQ(desk_.Now().needs_person, "SOMETHING_NEW");
  EXPECT_EQ(desk_.Now().queue, workflows::PersonQueue::kFinance);
}

TEST_F(CompensationSteps, WhatFailsOfAnEndedCaseWaitsForALook) {
  const std::uint32_t number = UnderWay();
  desk_.Apply(desk_.Fire(workflows::refund::Withdraw{}));
  ASSERT_TRUE(desk_.Now().final);
  const Answer failed = desk_.Apply(Record(kFinance, number, CompensationState::kFailed));
  EXPECT_EQ(failed.after.needs_person, "");
  ASSERT_EQ(desk_.late_reports.size(), 1u);
  EXPECT_EQ(desk_.late_reports[0].reason, kCompensationFailed);
  EXPECT_EQ(desk_.late_reports[0].sequence, failed.after.version);
  EXPECT_FALSE(desk_.late_reports[0].task);
}

TEST_F(CompensationSteps, WhatFailsOfAnOpenCaseIsNoLateReport) {
  desk_.Apply(Record(kFinance, UnderWay(), CompensationState::kFailed));
  EXPECT_TRUE(desk_.late_reports.empty());
}

TEST_F(CompensationSteps, AnotherCurrencyIsNotHeldAgainstTheLimits) {
  desk_.policy.compensations.currency = "EUR";
  auto offer = Offer(10);
  const Verdict verdict = desk_.Decide(*offer);
  const auto& refusal = std::get<platform::Refusal>(verdict);
  EXPECT_EQ(refusal.reason(), "LIMIT_IN_OTHER_CURRENCY");
  EXPECT_EQ(refusal.metadata().at("expected"), "EUR");
  EXPECT_EQ(Spent(), 0);
  desk_.policy.compensations.currency = "GBP";
  EXPECT_EQ(desk_.Reason(Offer(10)), "");
}

TEST_F(CompensationSteps, AMonthWithNothingHeldIsOfNoCurrency) {
  CompensationBudget& budget = desk_.rows.budgets[{Desk::kShop, kMonth, Desk::kAgent}];
  budget.shop = Desk::kShop;
  budget.month = kMonth;
  budget.account = Desk::kAgent;
  budget.currency = "EUR";
  budget.cap = 5000;
  budget.spent = 10;
  EXPECT_EQ(desk_.Reason(Offer(10)), "CURRENCY_MISMATCH");
  budget.spent = 0;
  EXPECT_EQ(desk_.Reason(Offer(10)), "");
  EXPECT_EQ(budget.currency, "GBP");
}

TEST_F(CompensationSteps, MoneyIsFinancesAndCouponsAreNot) {
  desk_.Apply(Offer(100));
  EXPECT_EQ(desk_.Reason(Move(Desk::kAgent, CompensationAct::kBegin, 2)), "FINANCE_REQUIRED");
  const Answer coupon = desk_.Apply(Offer(100, CompensationKind::kCoupon));
  const std::uint32_t number = coupon.compensation->number;
  EXPECT_EQ(desk_.Reason(Move(kFinance, CompensationAct::kBegin, number)), "AGENT_REQUIRED");
  desk_.Apply(Move(Desk::kAgent, CompensationAct::kBegin, number));
  auto without_code = Record(Desk::kAgent, number, CompensationState::kGiven);
  EXPECT_EQ(desk_.Reason(std::move(without_code)), "INVALID_FIELD");
  auto with_code = Record(Desk::kAgent, number, CompensationState::kGiven);
  with_code->text.emplace();
  const Answer given = desk_.Apply(std::move(with_code));
  EXPECT_EQ(given.compensation->given_at_step, given.after.version);
}

TEST_F(CompensationSteps, AnAgentTakesBackOwnOffersOnly) {
  desk_.Apply(By(Desk::kSupervisor, Offer(100)));
  EXPECT_EQ(desk_.Reason(Move(Desk::kAgent, CompensationAct::kCancel, 2)), "SUPERVISOR_REQUIRED");
  EXPECT_EQ(desk_.Reason(Move(kOther, CompensationAct::kCancel, 2)), "");
}

TEST_F(CompensationSteps, AReviewsOfferNeedsItsWords) {
  constexpr CaseId kReview{12};
  desk_.Apply(desk_.OpenReview(kReview));
  const OfferCompensation offer{CompensationKind::kCoupon, 100, "GBP", "quality", kMonth};
  EXPECT_EQ(desk_.Reason(desk_.Make(offer, kReview)), "INVALID_FIELD");
  auto with_words = desk_.Make(offer, kReview);
  with_words->text.emplace();
  EXPECT_EQ(desk_.Reason(std::move(with_words)), "");
}

TEST_F(CompensationSteps, ABuyerWhoAskedNotToBeContactedIsOfferedNothing) {
  constexpr CaseId kReview{12};
  desk_.Apply(desk_.OpenReview(kReview));
  desk_.rows.contact_refusals.emplace(Desk::kShop, CustomerId{5});
  auto offer = desk_.Make(
      OfferCompensation{CompensationKind::kCoupon, 100, "GBP", "quality", kMonth}, kReview);
  offer->text.emplace();
  EXPECT_EQ(desk_.Reason(std::move(offer)), "CONTACT_REFUSED");
}

TEST_F(CompensationSteps, WrongOffersAreRefusedWithTheirReason) {
  auto unlisted =
      desk_.Make(OfferCompensation{CompensationKind::kMoney, 100, "GBP", "friendship", kMonth});
  EXPECT_EQ(desk_.Reason(std::move(unlisted)), "COMPENSATION_REASON_NOT_LISTED");
  auto euros =
      desk_.Make(OfferCompensation{CompensationKind::kMoney, 100, "EUR", "quality", kMonth});
  EXPECT_EQ(desk_.Reason(std::move(euros)), "CURRENCY_MISMATCH");
  EXPECT_EQ(desk_.Reason(Move(Desk::kAgent, CompensationAct::kCancel, 9)),
            "COMPENSATION_NOT_FOUND");
  desk_.Apply(desk_.Fire(workflows::refund::Withdraw{}));
  EXPECT_EQ(desk_.Reason(Offer(100)), "CASE_FINAL");
}

TEST_F(CompensationSteps, AStaleVersionIsAborted) {
  desk_.Apply(Offer(100));
  auto stale = Move(Desk::kAgent, CompensationAct::kCancel, 2);
  std::get<MoveCompensation>(stale->body).version = 1;
  EXPECT_EQ(desk_.Reason(std::move(stale)), "VERSION_CONFLICT");
}

TEST_F(CompensationSteps, ACaseHasABoundedNumberOfThem) {
  for (std::size_t i = 0; i < kMostCompensations; ++i) desk_.Apply(Offer(10));
  EXPECT_EQ(desk_.Reason(Offer(10)), "TOO_MANY_COMPENSATIONS");
}

TEST_F(CompensationSteps, ARepeatGetsTheFirstAnswer) {
  auto offer = Offer(1500);
  const Answer first = desk_.Apply(std::make_unique<Command>(*offer));
  desk_.Apply(Move(Desk::kSupervisor, CompensationAct::kApprove, 2));
  const Answer again = desk_.Apply(std::move(offer));
  EXPECT_TRUE(again.repeated);
  EXPECT_EQ(again.compensation->state, CompensationState::kWaiting);
  EXPECT_EQ(Told(*again.compensation), Told(*first.compensation));
  EXPECT_EQ(Spent(), 1500);
}

TEST_F(CompensationSteps, WhatEndedCanStillBeGiven) {
  desk_.Apply(Offer(100));
  desk_.Apply(desk_.Fire(workflows::refund::Withdraw{}));
  ASSERT_TRUE(desk_.Now().final);
  desk_.Apply(Move(kFinance, CompensationAct::kBegin, 2));
  const Answer given = desk_.Apply(Record(kFinance, 2, CompensationState::kGiven));
  EXPECT_EQ(given.compensation->state, CompensationState::kGiven);
  EXPECT_EQ(given.after.needs_person, "");
}

TEST(CompensationRules, AreTheShopsSettingsOrWhatIsShipped) {
  const std::map<std::string_view, std::string> set{{"compensation_agent_single", "0"},
                                                    {"compensation_supervisor_month", "700"},
                                                    {"compensation_reasons", "goodwill"}};
  const CompensationRules rules = ReadCompensationRules([&](std::string_view name) {
    const auto found = set.find(name);
    return found == set.end() ? std::string() : found->second;
  });
  EXPECT_EQ(rules.agent.single, 0);
  EXPECT_EQ(rules.agent.month, CompensationRules().agent.month);
  EXPECT_EQ(rules.Of(true).month, 700);
  EXPECT_EQ(rules.reasons, "goodwill");
  const auto shipped = ReadCompensationRules([](std::string_view) { return std::string(); });
  EXPECT_NE(shipped.reasons.find("late_delivery"), std::string::npos);
}

TEST(CompensationMonth, IsThatOfTheDay) {
  EXPECT_EQ(MonthOfDay(0), 197001);
  EXPECT_EQ(MonthOfDay(20'787), 202611);  // 2026-11-30
  EXPECT_EQ(MonthOfDay(20'788), 202612);
  EXPECT_EQ(MonthText(202611), "2026-11");
}

// A whole history: every act, on what waits, is granted, fails, and is given.
class CompensationHistory : public CompensationSteps {
 protected:
  CompensationHistory() {
    desk_.Apply(Offer(1500));
    desk_.Apply(Move(Desk::kSupervisor, CompensationAct::kApprove, 2));
    desk_.Apply(Move(kFinance, CompensationAct::kBegin, 2));
    desk_.Apply(Record(kFinance, 2, CompensationState::kUnknown));
    desk_.Apply(Record(kFinance, 2, CompensationState::kGiven));
    desk_.Apply(Offer(1600));
    desk_.Apply(Move(Desk::kSupervisor, CompensationAct::kDecline, 7));
    desk_.Apply(Offer(10, CompensationKind::kCoupon));
    desk_.Apply(Move(Desk::kAgent, CompensationAct::kCancel, 9));
    UnderWay();
    desk_.Apply(Record(kFinance, 11, CompensationState::kFailed));
  }
  HistoryReport Verify() {
    HistoryCheck check(Desk::kShop, Desk::kCase);
    for (const Step& step : desk_.steps) check.Take(step, nullptr);
    StoredCase stored{desk_.Now(), "refund", desk_.Now().TimerAt()};
    for (const auto& [key, one] : desk_.rows.compensations) stored.compensations.push_back(one);
    return std::move(check).Finish(stored);
  }
};

TEST_F(CompensationHistory, IsTakenOnceMore) {
  const HistoryReport report = Verify();
  EXPECT_EQ(Told(report), "");
  EXPECT_EQ(report.steps_replayed, 13u);
}

TEST_F(CompensationHistory, SaysWhichRowWasAltered) {
  desk_.rows.compensations.at({Desk::kShop, Desk::kCase, 2}).amount = 15;
  const HistoryReport report = Verify();
  ASSERT_EQ(report.findings.size(), 1u) << Told(report);
  EXPECT_EQ(report.findings[0].field, "case.compensation.2");
}

TEST_F(CompensationHistory, SaysWhichRowIsGone) {
  desk_.rows.compensations.erase({Desk::kShop, Desk::kCase, 7});
  const HistoryReport report = Verify();
  ASSERT_EQ(report.findings.size(), 1u) << Told(report);
  EXPECT_EQ(report.findings[0].field, "case.compensation.7");
}

}  // namespace
}  // namespace redress::aftersales
