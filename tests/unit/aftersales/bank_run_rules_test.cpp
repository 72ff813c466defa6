// What may happen to a bank run, decided without a database.

#include <gtest/gtest.h>

#include "services/aftersales/domain/bank_run_file.h"
#include "services/aftersales/domain/bank_run_rules.h"
#include "services/platform/base/errors.h"
#include "tests/unit/aftersales/desk.h"

namespace redress::aftersales {
namespace {

using platform::Refusal;
namespace refund = workflows::refund;

constexpr std::int64_t kNow = 1'760'000'000'000'000;
constexpr std::int64_t kDue = kNow + 1'000'000;

Settlement Waiting(std::uint64_t case_id, std::int64_t amount) {
  Settlement settlement;
  settlement.shop = ShopId{7};
  settlement.case_id = {case_id};
  settlement.case_number = case_id;
  settlement.order = OrderId{70};
  settlement.currency = "CNY";
  settlement.amount = amount;
  settlement.attempts = 1;
  return settlement;
}

// Three payments of 1.00, 2.00 and 3.00 CNY, of cases 11, 12 and 13.
LoadedRun OpenRun() {
  LoadedRun loaded;
  loaded.run.currency = "CNY";
  loaded.run.number = 7;
  std::vector<Settlement> waiting;
  for (std::uint64_t i = 1; i <= 3; ++i) {
    waiting.push_back(Waiting(10 + i, static_cast<std::int64_t>(i) * 100));
  }
  loaded.payments = ChoosePayments(waiting, 10, 0);
  for (const Settlement& one : waiting) loaded.settlements[one.case_id] = one;
  loaded.run.payments = 3;
  loaded.run.total = 600;
  return loaded;
}

LoadedRun ExportedRun() {
  LoadedRun loaded = OpenRun();
  Export(loaded, kNow);
  return loaded;
}

LoadedRun RunAtTheBank() {
  LoadedRun loaded = ExportedRun();
  HandOver(loaded, false, kDue, kNow);
  return loaded;
}

BankLineVerdict Take(LoadedRun& loaded, const std::string& line) {
  return TakeResults(
             loaded,
             ReadBankResults("reference,amount,currency,result,bank_reference,reason\n" + line, 2),
             kNow)
      .at(0);
}

std::string ReasonOf(const std::function<void()>& work) {
  try {
    work();
  } catch (const Refusal& refusal) {
    return refusal.reason();
  }
  return "";
}

TEST(ChoosePayments, TakesTheFirstAndPassesOverWhatIsTooMuch) {
  const std::vector<Settlement> waiting = {Waiting(1, 300), Waiting(2, 900), Waiting(3, 200),
                                           Waiting(4, 100)};
  const auto chosen = ChoosePayments(waiting, 3, 600);
  ASSERT_EQ(chosen.size(), 3u);
  EXPECT_EQ(chosen[1].case_id, CaseId{3});
  EXPECT_EQ(chosen[1].position, 2u);
  EXPECT_EQ(ChoosePayments(waiting, 2, 0).size(), 2u);
  EXPECT_TRUE(ChoosePayments(waiting, 10, 99).empty());
}

TEST(BankRunExport, LeavesOutWhatNoLongerWaits) {
  LoadedRun loaded = OpenRun();
  loaded.settlements[CaseId{12}].state = SettlementState::kCancelled;
  loaded.settlements[CaseId{13}].attempts = 2;
  Export(loaded, kNow);
  EXPECT_EQ(loaded.run.state, BankRunState::kExported);
  EXPECT_EQ(loaded.run.payments, 1u);
  EXPECT_EQ(loaded.run.total, 100);
  EXPECT_EQ(loaded.run.left_out, 2u);
  EXPECT_FALSE(loaded.payments[1].claims) << "another run may have it";
  EXPECT_EQ(loaded.settlements[CaseId{11}].out_attempt, 1u);
  EXPECT_EQ(loaded.settlements[CaseId{12}].out_attempt, 0u);
  EXPECT_EQ(loaded.run.file_digest, platform::Sha256(BankRunFile(loaded.run, loaded.payments)));
}

TEST(BankRunExport, RepeatedChangesNothing) {
  LoadedRun loaded = ExportedRun();
  const auto digest = loaded.run.file_digest;
  loaded.settlements[CaseId{11}].state = SettlementState::kCancelled;
  Export(loaded, kNow + 1);
  EXPECT_EQ(loaded.run.version, 2u);
  EXPECT_EQ(loaded.run.file_digest, digest);
  EXPECT_EQ(platform::Sha256(BankRunFile(loaded.run, loaded.payments)), digest);
}

TEST(BankRunExport, RefusesARunOfWhichNothingWaits) {
  LoadedRun loaded = OpenRun();
  for (auto& [id, settlement] : loaded.settlements) settlement.state = SettlementState::kSettled;
  EXPECT_EQ(ReasonOf([&] { Export(loaded, kNow); }), "NOTHING_TO_PAY");
}

TEST(BankRunHandOver, AsksBackWhenACaseWentAnotherWay) {
  LoadedRun loaded = ExportedRun();
  loaded.settlements[CaseId{12}].state = SettlementState::kCancelled;
  LoadedRun before = loaded;
  EXPECT_EQ(ReasonOf([&] { HandOver(before, false, kDue, kNow); }), "PAYMENTS_CALLED_OFF");
  HandOver(loaded, true, kDue, kNow);
  EXPECT_EQ(loaded.run.state, BankRunState::kHandedOver);
  EXPECT_EQ(loaded.run.answer_due_at, kDue);
}

TEST(BankRunHandOver, HappensOnceAfterTheExport) {
  LoadedRun open = OpenRun();
  EXPECT_EQ(ReasonOf([&] { HandOver(open, false, kDue, kNow); }), "RUN_STATE");
  LoadedRun handed = RunAtTheBank();
  EXPECT_EQ(ReasonOf([&] { HandOver(handed, false, kDue, kNow); }), "RUN_STATE");
  EXPECT_EQ(ReasonOf([&] { CheckVersion(handed.run, 1); }), "VERSION_CONFLICT");
}

TEST(BankRunDissolve, GivesThePaymentsBackUntilTheBankHasThem) {
  LoadedRun loaded = ExportedRun();
  Dissolve(loaded, kNow);
  EXPECT_EQ(loaded.run.state, BankRunState::kDissolved);
  for (const BankPayment& payment : loaded.payments) EXPECT_FALSE(payment.claims);
  EXPECT_EQ(loaded.settlements[CaseId{11}].out_attempt, 0u);
  LoadedRun handed = RunAtTheBank();
  EXPECT_EQ(ReasonOf([&] { Dissolve(handed, kNow); }), "RUN_STATE");
}

TEST(BankRunResults, AreTakenFromABankThatHasTheFileOnly) {
  LoadedRun exported = ExportedRun();
  EXPECT_EQ(ReasonOf([&] { Take(exported, "11-1,1.00,CNY,accepted,B1,"); }), "RUN_STATE");
}

TEST(BankRunResults, EndTheRunOnceEachPaymentHasOne) {
  LoadedRun loaded = RunAtTheBank();
  EXPECT_EQ(Take(loaded, "11-1,1.00,CNY,accepted,B1,").outcome, BankLineOutcome::kApplied);
  EXPECT_EQ(loaded.payments[0].tell, BankTell::kResult);
  EXPECT_EQ(Take(loaded, "12-1,2.00,CNY,rejected,,closed").outcome, BankLineOutcome::kApplied);
  EXPECT_EQ(Take(loaded, "13-1,3.00,CNY,unknown,,").outcome, BankLineOutcome::kApplied);
  EXPECT_EQ(loaded.run.state, BankRunState::kHandedOver);
  EXPECT_EQ(Take(loaded, "13-1,3,CNY,accepted,B3,").outcome, BankLineOutcome::kApplied);
  EXPECT_EQ(loaded.run.state, BankRunState::kAnswered);
  EXPECT_EQ(loaded.run.accepted, 2u);
  EXPECT_EQ(loaded.run.answer_due_at, 0);
}

TEST(BankRunResults, RepeatedChangeNothing) {
  LoadedRun loaded = RunAtTheBank();
  Take(loaded, "11-1,1.00,CNY,accepted,B1,");
  const LoadedRun before = loaded;
  EXPECT_EQ(Take(loaded, "11-1,1.000,CNY,accepted,B1,").outcome, BankLineOutcome::kRepeated);
  EXPECT_EQ(loaded.payments, before.payments);
  EXPECT_EQ(loaded.run.version, before.run.version);
}

struct Misfit {
  const char* first;
  const char* second;
  std::string_view attention;
};

TEST(BankRunResults, ThatDoNotFitGoToAPersonOnce) {
  for (const Misfit& misfit : std::vector<Misfit>{
           {"", "11-1,1.01,CNY,accepted,B1,", attention::kAmountDiffers},
           {"", "11-1,9999999999999999999999,CNY,accepted,B1,", attention::kAmountDiffers},
           {"", "11-1,1.00,USD,accepted,B1,", attention::kCurrencyDiffers},
           {"11-1,1.00,CNY,accepted,B1,", "11-1,1.00,CNY,rejected,,",
            attention::kResultContradicts},
           {"11-1,1.00,CNY,rejected,,", "11-1,1.00,CNY,accepted,B1,",
            attention::kResultContradicts},
           {"11-1,1.00,CNY,accepted,B1,", "11-1,1.00,CNY,unknown,,", attention::kResultContradicts},
           {"11-1,1.00,CNY,accepted,B1,", "11-1,1.00,CNY,accepted,B2,",
            attention::kAcceptedTwice}}) {
    LoadedRun loaded = RunAtTheBank();
    if (*misfit.first != '\0') Take(loaded, misfit.first);
    const BankPaymentState state = loaded.payments[0].state;
    const BankLineVerdict verdict = Take(loaded, misfit.second);
    EXPECT_EQ(verdict.outcome, BankLineOutcome::kAttention) << misfit.second;
    EXPECT_NE(verdict.column, "");
    EXPECT_NE(verdict.problem, "");
    EXPECT_NE(verdict.remedy, "");
    EXPECT_EQ(loaded.payments[0].attention, misfit.attention);
    EXPECT_EQ(loaded.payments[0].state, state) << "what was said first stands";
    EXPECT_EQ(loaded.payments[0].tell, BankTell::kStop);
    EXPECT_EQ(loaded.run.attention, 1u);
    const LoadedRun before = loaded;
    EXPECT_EQ(Take(loaded, misfit.second).outcome, BankLineOutcome::kAttention);
    EXPECT_EQ(loaded.payments, before.payments) << "nobody is called twice for one line";
  }
}

TEST(BankRunResults, ForNoPaymentOfTheRunAreKept) {
  LoadedRun loaded = RunAtTheBank();
  EXPECT_EQ(Take(loaded, "99-1,1.00,CNY,accepted,B1,").outcome, BankLineOutcome::kAttention);
  ASSERT_EQ(loaded.strange.size(), 1u);
  EXPECT_EQ(loaded.strange[0].reference, "99-1");
  loaded.run.strange_lines = kMostStrangeLines;
  EXPECT_EQ(ReasonOf([&] { Take(loaded, "99-2,1.00,CNY,accepted,B1,"); }), "LINES_OF_ANOTHER_RUN");
}

TEST(BankRunResults, PaidThoughTheRunWasDissolvedGoToAPerson) {
  LoadedRun loaded = ExportedRun();
  Dissolve(loaded, kNow);
  EXPECT_EQ(Take(loaded, "11-1,1.00,CNY,accepted,B1,").outcome, BankLineOutcome::kAttention);
  EXPECT_EQ(loaded.payments[0].attention, attention::kPaidUnasked);
  EXPECT_EQ(Take(loaded, "12-1,2.00,CNY,rejected,,").outcome, BankLineOutcome::kRepeated);
}

TEST(BankRunResults, ThatCannotBeReadLeaveTheGoodOnesAlone) {
  LoadedRun loaded = RunAtTheBank();
  const auto verdicts =
      TakeResults(loaded,
                  ReadBankResults("reference,amount,currency,result,bank_reference\n"
                                  "11-1,one,CNY,accepted,B1\n"
                                  "12-1,2.00,CNY,accepted,B2\n",
                                  40),
                  kNow);
  EXPECT_EQ(verdicts.at(0).outcome, BankLineOutcome::kRefused);
  EXPECT_EQ(verdicts.at(0).line, 40u);
  EXPECT_EQ(verdicts.at(1).outcome, BankLineOutcome::kApplied);
  EXPECT_EQ(loaded.run.accepted, 1u);
}

TEST(BankRunAnswers, BecomeUnknownWhenTheBankIsSilent) {
  LoadedRun loaded = RunAtTheBank();
  Take(loaded, "11-1,1.00,CNY,accepted,B1,");
  ExpireAnswers(loaded, kDue - 1);
  EXPECT_EQ(loaded.run.unknown, 0u);
  ExpireAnswers(loaded, kDue);
  EXPECT_EQ(loaded.run.unknown, 2u);
  EXPECT_EQ(loaded.run.answer_due_at, 0);
  EXPECT_EQ(loaded.payments[1].tell, BankTell::kResult);
  EXPECT_EQ(loaded.payments[0].state, BankPaymentState::kAccepted);
}

TEST(BankRunCallOff, IsForgottenWhenTheBankDidNotPay) {
  LoadedRun loaded = RunAtTheBank();
  CallOff(loaded, CaseId{11}, 1, kNow);
  EXPECT_EQ(loaded.payments[0].attention, attention::kCalledOff);
  Take(loaded, "11-1,1.00,CNY,rejected,,");
  EXPECT_EQ(loaded.payments[0].attention, "");
  LoadedRun exported = ExportedRun();
  CallOff(exported, CaseId{11}, 1, kNow);
  Dissolve(exported, kNow);
  EXPECT_EQ(exported.payments[0].attention, "") << "nor when it never got the file";
  LoadedRun open = OpenRun();
  CallOff(open, CaseId{11}, 1, kNow);
  EXPECT_EQ(open.payments[0].attention, "") << "it will be left out of the file";
}

// The stepper's side: what left the house is not recorded by hand.
TEST(Stepper, TakesNoResultByHandOfAPaymentThatIsInABankRun) {
  Desk desk;
  desk.Apply(desk.Open(1000));
  desk.Apply(desk.Fire(refund::Approve{1000}));
  desk.rows.settlements.begin()->second.out_attempt = 1;
  const auto by_hand = [&](PaymentResult result) {
    return desk.Make(RecordPayment{{result, "b-1", "why"}, 1});
  };
  EXPECT_EQ(desk.Reason(by_hand(PaymentResult::kFailed)), "PAYMENT_IN_BANK_RUN");
  EXPECT_EQ(desk.Reason(by_hand(PaymentResult::kSettled)), "PAYMENT_IN_BANK_RUN");
  desk.Apply(by_hand(PaymentResult::kUnknown));
  desk.Apply(by_hand(PaymentResult::kFailed));
  EXPECT_EQ(desk.rows.settlements.begin()->second.attempts, 2u) << "reconciled, then tried again";
}

TEST(Stepper, TakesTheBanksResult) {
  Desk desk;
  desk.Apply(desk.Open(1000));
  desk.Apply(desk.Fire(refund::Approve{1000}));
  desk.rows.settlements.begin()->second.out_attempt = 1;
  desk.Apply(desk.Make(RecordPayment{{PaymentResult::kSettled, "b-1", ""}, 1, true}));
  EXPECT_EQ(desk.Now().state, "FollowingUp");
}

}  // namespace
}  // namespace redress::aftersales
