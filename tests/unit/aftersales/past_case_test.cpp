// Cases that were closed before Redress: what is recorded of them, and that their histories verify.

#include "services/aftersales/domain/past_case.h"

#include <gtest/gtest.h>

#include "services/aftersales/domain/snapshot.h"
#include "services/platform/base/clock.h"
#include "tests/unit/aftersales/desk.h"
#include "tests/unit/aftersales/verified.h"

namespace redress::aftersales {
namespace {

constexpr std::int64_t kThen = 1'500'000'000'000'000;
constexpr std::int64_t kNow = kThen + 100 * platform::kDayUs;

PastCase Ticket() {
  PastCase past;
  past.source = "helpdesk";
  past.source_number = "Case 3";
  past.kind = kDisputeKind;
  past.platform = "direct";
  past.steps = {{"Take in charge", kThen, "Anna", "", false, {{"product", "cup"}}, AccountId{5}},
                {"Closed", kThen + platform::kHourUs, "Bert", "all is well", true, {}, {}}};
  past.digest = platform::Sha256("Case 3");
  return past;
}

PastCase Refund(std::int64_t amount) {
  PastCase past = Ticket();
  past.kind = kRefundKind;
  past.currency = "CNY";
  past.amount_asked = past.amount_settled = amount;
  past.outcome = PastOutcome::kSettled;
  return past;
}

PastPlace Place() { return {ShopId{7}, CaseId{11}, 3, std::nullopt, CustomerId{70}}; }

std::string ProblemWith(const PastCase& past) {
  const auto problem = Judge(past, kNow);
  return problem ? problem->field : "";
}

TEST(PastCase, HasTheSourcesTimesAndIsFinal) {
  const RecordedPast recorded = Record(Ticket(), Place(), {});
  ASSERT_EQ(recorded.steps.size(), 2u);
  EXPECT_EQ(recorded.after.opened_at, kThen);
  EXPECT_EQ(recorded.steps[1].applied_at, kThen + platform::kHourUs);
  EXPECT_TRUE(recorded.after.final);
  EXPECT_TRUE(recorded.after.IsImported());
  EXPECT_EQ(recorded.after.due_at, 0);
  EXPECT_EQ(recorded.steps[1].outcome, "resolved");
  EXPECT_EQ(NameOf(recorded.steps[0].actor_kind), "import");
}

TEST(PastCase, KeepsStepsOfOneTimeApartInTheirOrder) {
  PastCase past = Ticket();
  past.steps[1].applied_at = kThen;
  const RecordedPast recorded = Record(past, Place(), {});
  EXPECT_EQ(recorded.steps[0].applied_at, kThen);
  EXPECT_EQ(recorded.steps[1].applied_at, kThen + 1);
  EXPECT_NE(recorded.steps[1].event_json.find("Closed"), std::string::npos);
}

TEST(PastCase, PutsStepsInTheOrderOfTheirTimes) {
  PastCase past = Ticket();
  std::swap(past.steps[0], past.steps[1]);
  const RecordedPast recorded = Record(past, Place(), {});
  EXPECT_NE(recorded.steps[0].event_json.find("Take in charge"), std::string::npos);
}

TEST(PastCase, WithoutACompletingLastStepHasNoOutcome) {
  PastCase past = Ticket();
  past.steps[1].completes = false;
  EXPECT_EQ(Record(past, Place(), {}).steps[1].outcome, "");
}

TEST(PastCase, CountsForTheAgentWhoHasAnAccount) {
  const RecordedPast recorded = Record(Ticket(), Place(), {});
  EXPECT_EQ(recorded.steps[0].assignee, AccountId{5});
  EXPECT_EQ(recorded.steps[1].assignee, AccountId{});
  EXPECT_NE(recorded.steps[1].event_json.find("Bert"), std::string::npos);
}

TEST(PastCase, KeepsTextsOutOfTheSteps) {
  const RecordedPast recorded = Record(Ticket(), Place(), {});
  ASSERT_EQ(recorded.texts.size(), 1u);
  EXPECT_EQ(recorded.texts[0].sequence, 2u);
  EXPECT_EQ(recorded.texts[0].text.clear, "all is well");
  EXPECT_EQ(recorded.steps[1].event_json.find("all is well"), std::string::npos);
  EXPECT_EQ(recorded.steps[1].text_digest.size(), 32u);
}

TEST(PastCase, VerifiesOfEveryKind) {
  PastCase review = Ticket();
  review.kind = kReviewKind;
  review.stars = 2;
  for (const PastCase& past : {Ticket(), Refund(500), review}) {
    const RecordedPast recorded = Record(past, Place(), {500, 0});
    const HistoryReport report = VerifyAs(past.kind, recorded.steps, recorded.after);
    EXPECT_TRUE(report.intact()) << past.kind << ":\n" << Told(report);
    EXPECT_TRUE(report.unproved.empty()) << "the opening says what the case is about";
  }
}

TEST(PastCase, AlteredAfterwardsDoesNotVerify) {
  RecordedPast recorded = Record(Ticket(), Place(), {});
  recorded.steps[0].applied_at -= platform::kDayUs;
  EXPECT_FALSE(VerifyAs(kDisputeKind, recorded.steps, recorded.after).intact());
}

TEST(PastCase, IsRefusedForWhatCannotBeRecorded) {
  EXPECT_EQ(ProblemWith(Ticket()), "");
  PastCase future = Ticket();
  future.steps[1].applied_at = kNow + 2 * platform::kDayUs;
  EXPECT_EQ(ProblemWith(future), "steps[1].apply_time");
  PastCase no_currency = Refund(500);
  no_currency.currency.clear();
  EXPECT_EQ(ProblemWith(no_currency), "currency_code");
  PastCase unsettled = Refund(500);
  unsettled.outcome = PastOutcome::kNone;
  EXPECT_EQ(ProblemWith(unsettled), "outcome");
  PastCase starless = Ticket();
  starless.kind = kReviewKind;
  EXPECT_EQ(ProblemWith(starless), "stars");
  PastCase talkative = Ticket();
  for (int i = 0; i < 20; ++i) {
    talkative.steps[0].details.emplace_back("name", std::string(200, 'x'));
  }
  EXPECT_EQ(ProblemWith(talkative), "steps[0].details");
}

LedgerRow Line(std::int64_t ceiling) {
  LedgerRow row;
  row.ceiling = ceiling;
  return row;
}

TEST(TakeFromLine, LowersWhatTheLineHasLeft) {
  LedgerRow row = Line(1000);
  std::int64_t imported = 0;
  const PastShare share = TakeFromLine(row, 300, 0, imported);
  EXPECT_EQ(share.settled, 300);
  EXPECT_EQ(row.settled, 300);
  EXPECT_EQ(imported, 300);
}

TEST(TakeFromLine, DoesNotCountTwiceWhatTheOrderSaysWasRefunded) {
  LedgerRow row = Line(700);  // of 1000 paid, 300 refunded elsewhere
  std::int64_t imported = 0;
  EXPECT_EQ(TakeFromLine(row, 300, 300, imported).settled, 0);
  EXPECT_EQ(TakeFromLine(row, 100, 300, imported).settled, 100);
  EXPECT_EQ(row.settled, 100);
}

TEST(TakeFromLine, NeverTakesMoreThanTheLineHas) {
  LedgerRow row = Line(200);
  std::int64_t imported = 0;
  const PastShare share = TakeFromLine(row, 500, 0, imported);
  EXPECT_EQ(share.settled, 200);
  EXPECT_EQ(share.shortfall, 300);
  EXPECT_EQ(row.Facts().Remaining(), 0);
}

}  // namespace
}  // namespace redress::aftersales
