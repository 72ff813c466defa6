// The recorded histories of tests/data/histories, given to today's stepper: what any version of a
// machine has ever written can be read, its states are known, what ended stays ended, and what the
// present version has written comes out the same once more. To record histories of the present
// version, after a change of a machine: REDRESS_RECORD_HISTORIES=FOLDER, see workflows/README.md.

#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>

#include "services/aftersales/domain/case_kind.h"
#include "services/aftersales/domain/event_reading.h"
#include "services/aftersales/domain/history_check.h"
#include "services/aftersales/domain/snapshot.h"
#include "tests/support/figure.h"
#include "tests/unit/aftersales/corpus.h"
#include "tests/unit/aftersales/desk.h"

namespace redress::aftersales {
namespace {

namespace dispute = workflows::dispute;
namespace fs = std::filesystem;
namespace refund = workflows::refund;
namespace review = workflows::review;

fs::path Folder() {
  const char* root = std::getenv("REDRESS_SOURCE_DIR");
  return (root != nullptr ? fs::path(root) : fs::current_path()) / "tests/data/histories";
}

std::vector<fs::path> Files() {
  std::vector<fs::path> files;
  for (const auto& entry : fs::directory_iterator(Folder())) {
    if (entry.path().extension() == ".tsv") files.push_back(entry.path());
  }
  std::sort(files.begin(), files.end());
  return files;
}

Case After(const Step& step) {
  Answer answer;
  answer.after.shop = step.shop;
  answer.after.id = step.case_id;
  DecodeSnapshot(step.snapshot, answer);
  return std::move(answer.after);
}

void ExpectReadable(const Step& step, const Case& after) {
  const workflows::Workflow& machine = WorkflowOf(after);
  EXPECT_NO_THROW(BodyOf(step, after)) << step.event << " " << step.event_json;
  const workflows::StateInfo* state = machine.FindState(step.to_state);
  ASSERT_NE(state, nullptr) << "the machine of " << machine.kind << " has no state "
                            << step.to_state << " any more";
  EXPECT_EQ(state->final, after.final) << step.to_state;
  EXPECT_EQ(after.state, step.to_state);
  EXPECT_EQ(after.Armed().deadline_rule, state->deadline_rule) << step.to_state;
  EXPECT_LE(step.workflow_version, static_cast<std::uint32_t>(machine.version));
}

// Whole, and taken once more by today's stepper where its version is today's.
void ExpectIntact(const std::vector<Step>& history) {
  HistoryCheck check(history.front().shop, history.front().case_id);
  for (const Step& step : history) check.Take(step, nullptr);
  const HistoryReport report = std::move(check).Finish(std::nullopt);
  for (const Finding& finding : report.findings) {
    EXPECT_EQ(finding.field, "case")
        << finding.sequence << " expected " << finding.expected << ", found " << finding.found;
  }
}

TEST(HistoryCorpus, CanStillBeReadAndStillEndsAsItEnded) {
  int steps = 0;
  for (const fs::path& file : Files()) {
    SCOPED_TRACE(file.filename().string());
    for (const auto& history : ReadHistories(file)) {
      bool ended = false;
      for (const Step& step : history) {
        const Case after = After(step);
        ExpectReadable(step, after);
        EXPECT_FALSE(ended && !after.final) << "case " << step.case_id.value << " came back";
        ended = after.final;
        ++steps;
      }
      ExpectIntact(history);
    }
  }
  test::Figure("corpus_steps_replayed", steps);
}

TEST(HistoryCorpus, HasHistoriesOfThePresentVersionOfEveryKind) {
  std::set<std::pair<std::string_view, std::uint32_t>> recorded;
  for (const fs::path& file : Files()) {
    for (const auto& history : ReadHistories(file)) {
      recorded.emplace(KindOf(After(history.back())), history.back().workflow_version);
    }
  }
  for (const workflows::Workflow* machine : Workflows()) {
    EXPECT_TRUE(recorded.contains({machine->kind, static_cast<std::uint32_t>(machine->version)}))
        << machine->kind << " has a new version: record histories of it, see workflows/README.md";
  }
}

// ---- recording ----------------------------------------------------------------------------------

void AReturnThatIsPaidAtTheSecondAttempt(Desk& desk) {
  desk.ReturnUnderWay(2);
  desk.Apply(desk.Make(AssignTo{Desk::kAgent}));
  desk.Apply(desk.Make(WarnSupervisor{desk.Now().Armed().deadline_number}));
  desk.Apply(desk.Report(GoodsReceived{2}, "w1"));
  desk.Apply(desk.Report(GoodsInspected{1, "scratched"}, "w2"));
  desk.Apply(desk.Fire(refund::AcceptPartialOffer{1000}));
  desk.Apply(desk.Make(RecordPayment{{PaymentResult::kFailed, "", "closed"}}));
  desk.Apply(desk.Make(RecordPayment{{PaymentResult::kUnknown, "", "no answer"}}));
  desk.Apply(desk.Make(RecordPayment{{PaymentResult::kSettled, "bank-1", ""}}));
  desk.Apply(desk.Fire(refund::RecordFollowUp{5}));
}
void ALargeOneThatTwoApprove(Desk& desk) {
  desk.Apply(desk.Open(2500));
  auto first = desk.Fire(refund::Approve{2500});
  first->sender.unlimited = false;
  first->sender.amount_limit = 1000;
  desk.Apply(std::move(first));
  auto second = desk.Fire(refund::ApproveLarge{});
  second->sender.account = Desk::kSupervisor;
  second->sender.is_supervisor = true;
  desk.Apply(std::move(second));
  desk.Apply(desk.Make(RecordPayment{{PaymentResult::kSettled, "bank-2", ""}}));
}
void ARefusalThatThePlatformOverrules(Desk& desk) {
  auto open = desk.Open(900);
  std::get<OpenCase>(open->body).platform_refund_id = "P-1";
  std::get<OpenCase>(open->body).line.platform = "taobao";
  desk.Apply(std::move(open));
  desk.Apply(desk.Make(PlatformDeadline{desk.now_us + 7'200'000'000}));
  desk.Apply(desk.Fire(refund::Reject{}));
  auto paid = desk.Fire(refund::PlatformSucceeded{900});
  paid->sender.kind = workflows::ActorKind::kPlatform;
  paid->origin = Origin::kPlatform;
  desk.Apply(std::move(paid));
}
void AnExchangeThatIsSignedFor(Desk& desk) {
  desk.Apply(desk.Open(900, Desk::kCase, refund::Variant::kExchange));
  desk.Apply(desk.Fire(refund::Approve{900}));
  desk.Apply(desk.Fire(refund::ShipReturn{"SF", "SF1", refund::Shipping::kPost}));
  desk.Apply(desk.Fire(refund::ReceiveGoods{}));
  desk.Apply(desk.Fire(refund::PassInspection{}));
  desk.Apply(desk.Fire(refund::ShipReplacement{"YT", "YT1"}));
  desk.Apply(desk.Fire(refund::SignForReplacement{}));
}
void ASilentShop(Desk& desk) {
  desk.Apply(desk.Open(900));
  for (int passed = 0; passed < 2; ++passed) {
    desk.now_us = desk.Now().due_at;
    auto due = desk.Make(ReachDeadline{desk.Now().Armed().deadline_number});
    due->sender.kind = workflows::ActorKind::kTimeout;
    due->origin = Origin::kTimer;
    desk.Apply(std::move(due));
  }
}
void AWithdrawalWithGoodsHere(Desk& desk) {
  desk.ReturnUnderWay(1);
  desk.Apply(desk.Report(GoodsReceived{1}, "w1"));
  desk.Apply(desk.Fire(refund::Withdraw{}));
  desk.Apply(desk.Fire(refund::SendGoodsBack{"YT", "YT2"}));
}

void ADisputeThatIsResolved(Desk& desk) {
  desk.Apply(desk.OpenDispute());
  desk.Apply(desk.Fire(dispute::RecordContact{}));
  desk.Apply(desk.Fire(dispute::BeginInvestigation{}));
  desk.Apply(desk.Fire(dispute::AddEvidence{}));
  desk.Apply(desk.Fire(dispute::ProposeOptions{{1200, 0, true, false}}));
  desk.Apply(desk.Fire(dispute::PresentOptions{}));
  desk.Apply(desk.Fire(dispute::AcceptOption{dispute::OptionKind::kRefund}));
  desk.Apply(desk.Fire(dispute::RecordExecution{}));
  desk.Apply(desk.Fire(dispute::Resolve{"late_delivery", "another carrier"}));
}
void ADisputeThatLingersAndIsWithdrawn(Desk& desk) {
  desk.Apply(desk.OpenDispute());
  desk.now_us = desk.Now().due_at;
  auto due = desk.Make(ReachDeadline{1});
  due->sender.kind = workflows::ActorKind::kTimeout;
  due->origin = Origin::kTimer;
  desk.Apply(std::move(due));
  desk.Apply(desk.Fire(dispute::Withdraw{}));
}

void AReviewThatIsRevised(Desk& desk) {
  desk.Apply(desk.OpenReview());
  desk.Apply(desk.Fire(review::JudgeGenuine{}));
  desk.Apply(desk.Fire(review::RecordAttempt{review::ContactChannel::kPhone, true}));
  desk.Apply(desk.Fire(review::MakeOffer{{review::OfferKind::kCompensation, 500}, true}));
  desk.Apply(desk.Fire(review::AcceptOffer{}));
  desk.Apply(desk.Fire(review::RecordFulfilment{}));
}

void AReviewWhoseFaultIsDisputed(Desk& desk) {
  desk.Apply(desk.OpenReview());
  desk.Apply(desk.Fire(review::CorrectRating{review::Rating::kBad, 1}));
  desk.Apply(desk.Fire(review::RevealFault{review::Fault::kQuality}));
  desk.Apply(desk.Fire(review::RecordDisputeEnd{true}));
  desk.Apply(desk.Fire(review::ReviewRevised{review::Rating::kGood}));
}
void ADisputeThatAReviewJoins(Desk& desk) {
  desk.Apply(desk.OpenDispute());
  desk.Apply(desk.Fire(dispute::JoinReview{55}));
  desk.Apply(desk.Fire(dispute::Withdraw{}));
}

using Story = void (*)(Desk& desk);

void Record(const fs::path& folder, const workflows::Workflow& machine,
            std::initializer_list<Story> stories) {
  std::ofstream file(folder /
                     (std::string(machine.kind) + "-v" + std::to_string(machine.version) + ".tsv"));
  file << "# " << machine.kind << ", version " << machine.version
       << "; written by the stepper, never edited\n";
  for (const Story story : stories) {
    Desk desk;
    story(desk);
    for (const Step& step : desk.steps) file << LineOf(step) << "\n";
  }
}

TEST(HistoryCorpus, IsRecordedWhereAFolderIsNamed) {
  const char* folder = std::getenv("REDRESS_RECORD_HISTORIES");
  if (folder == nullptr) GTEST_SKIP() << "REDRESS_RECORD_HISTORIES names no folder";
  Record(folder, *FindWorkflow(kRefundKind),
         {AReturnThatIsPaidAtTheSecondAttempt, ALargeOneThatTwoApprove,
          ARefusalThatThePlatformOverrules, AnExchangeThatIsSignedFor, ASilentShop,
          AWithdrawalWithGoodsHere});
  Record(folder, *FindWorkflow(kDisputeKind),
         {ADisputeThatIsResolved, ADisputeThatLingersAndIsWithdrawn, ADisputeThatAReviewJoins});
  Record(folder, *FindWorkflow(kReviewKind), {AReviewThatIsRevised, AReviewWhoseFaultIsDisputed});
}

}  // namespace
}  // namespace redress::aftersales
