// Verifying a history, without a database: what is found in rows that were altered, and that
// nothing is found in what the stepper itself has written.

#include "services/aftersales/domain/history_check.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "services/aftersales/domain/case_kind.h"
#include "services/aftersales/domain/event_json.h"
#include "services/aftersales/domain/event_reading.h"
#include "services/aftersales/domain/snapshot.h"
#include "services/aftersales/domain/step_text.h"
#include "services/platform/base/clock.h"
#include "tests/unit/aftersales/desk.h"
#include "tests/unit/aftersales/verified.h"

namespace redress::aftersales {
namespace {

namespace dispute = workflows::dispute;
namespace refund = workflows::refund;

StoredCase Stored(const Case& row) { return {row, std::string(kRefundKind), row.TimerAt()}; }

HistoryReport Verify(std::span<const Step> steps, const Case& row) {
  return VerifyAs(kRefundKind, steps, row);
}
HistoryReport Verify(const Desk& desk) { return Verify(desk.steps, desk.Now()); }

bool Names(const HistoryReport& report, std::uint32_t sequence, std::string_view field) {
  return std::any_of(report.findings.begin(), report.findings.end(), [&](const Finding& finding) {
    return finding.sequence == sequence && finding.field == field;
  });
}

// What somebody does who alters steps and then makes the chain anew.
void Rechain(std::vector<Step>& steps, Case& row) {
  Hash previous{};
  for (Step& step : steps) {
    step.hash = ChainHash(previous, step);
    previous = step.hash;
  }
  row.last_hash = previous;
}

// A return that is settled at the third attempt, with an assignment and a warning in between.
void GoThroughAReturn(Desk& desk) {
  desk.ReturnUnderWay(2);
  desk.Apply(desk.Make(AssignTo{Desk::kAgent}));
  desk.Apply(desk.Make(WarnSupervisor{desk.Now().Armed().deadline_number}));
  desk.Apply(desk.Make(CallPerson{refund::PersonQueue::kFinance, "LOOK_AT_IT"}));
  desk.Apply(desk.Report(GoodsReceived{2}, "w1"));
  desk.Apply(desk.Report(GoodsInspected{1, "scratched"}, "w2"));
  desk.Apply(desk.Fire(refund::AcceptPartialOffer{1000}));
  desk.Apply(desk.Make(RecordPayment{{PaymentResult::kFailed, "", "bank closed"}}));
  desk.Apply(desk.Make(RecordPayment{{PaymentResult::kUnknown, "", "no answer"}}));
  desk.Apply(desk.Make(RecordPayment{{PaymentResult::kSettled, "bank-1", ""}}));
  desk.Apply(desk.Fire(refund::RecordFollowUp{5}));
}

TEST(HistoryCheck, FindsNothingInAReturnFromOpeningToFollowUp) {
  Desk desk;
  GoThroughAReturn(desk);
  ASSERT_EQ(desk.Now().state, "Completed");
  const HistoryReport report = Verify(desk);
  EXPECT_TRUE(report.intact()) << Told(report);
  EXPECT_EQ(report.steps, desk.steps.size());
  EXPECT_EQ(report.steps_replayed, desk.steps.size());
  EXPECT_EQ(report.last_hash, desk.Now().last_hash);
  EXPECT_TRUE(report.unproved.empty());
}

TEST(HistoryCheck, FindsNothingWhereFactsDecidedThatNoEventRecords) {
  Desk desk;
  desk.policy.non_returnable = true;
  desk.Apply(desk.Open(1000));
  desk.Apply(desk.Fire(refund::Approve{1000}));  // by an agent: for a second person
  ASSERT_EQ(desk.Now().state, "PendingApproval");
  auto approve = desk.Fire(refund::ApproveLarge{});
  approve->sender.account = Desk::kSupervisor;
  approve->sender.is_supervisor = true;
  desk.Apply(std::move(approve));
  for (int attempt = 0; attempt < 3; ++attempt) {
    desk.Apply(desk.Make(RecordPayment{{PaymentResult::kFailed, "", "closed"}}));
  }
  ASSERT_EQ(desk.Now().needs_person, "SETTLEMENT_FAILED");
  desk.Apply(desk.Fire(refund::RetrySettlement{}));
  const HistoryReport report = Verify(desk);
  EXPECT_TRUE(report.intact()) << Told(report);
}

TEST(HistoryCheck, FindsNothingWhereThePlatformPaidMoreThanTheLineHad) {
  Desk desk;
  desk.Apply(desk.Open(2500, CaseId{12}));
  desk.Apply(desk.Fire(refund::Approve{2500}, CaseId{12}));
  desk.steps.clear();
  auto open = desk.Open(3000 - 2500);
  std::get<OpenCase>(open->body).platform_refund_id = "P-1";
  desk.Apply(std::move(open));
  auto paid = desk.Fire(refund::PlatformSucceeded{900});
  paid->sender.kind = refund::ActorKind::kPlatform;
  desk.Apply(std::move(paid));
  ASSERT_EQ(desk.Now().Refund().shortfall, 400);
  const HistoryReport report = Verify(desk);
  EXPECT_TRUE(report.intact()) << Told(report);
}

TEST(HistoryCheck, FindsNothingWhereWorkFailedAndWasQueuedAgain) {
  Desk desk;
  const TaskId first = desk.ReturnUnderWay();
  desk.Apply(desk.Report(WorkFailed{"lost the key"}, "w1"));
  ASSERT_NE(desk.Now().inbound_task, first);
  Claim(desk.Task(desk.Now().inbound_task), Desk::kWarehouse, desk.now_us + 1'000'000, desk.now_us);
  desk.Apply(desk.Report(GoodsReceived{0}, "w2"));  // an empty parcel: the case waits on
  desk.Apply(desk.Fire(refund::Withdraw{}));
  ASSERT_EQ(desk.Now().state, "SendingBack");
  const HistoryReport report = Verify(desk);
  EXPECT_TRUE(report.intact()) << Told(report);
}

TEST(HistoryCheck, FindsNothingWhereDeadlinesPassed) {
  Desk desk;
  desk.policy.rules =
      DeadlineRules({{"seller_answers", "in_transit_refund_only", 0, 90, 45, 30, true}});
  auto open = desk.Open(1000);
  std::get<OpenCase>(open->body).platform_refund_id = "P-1";
  desk.Apply(std::move(open));
  for (int passed = 0; passed < 2; ++passed) {
    auto deadline = desk.Fire(refund::DeadlineReached{desk.Now().Armed().deadline_number});
    deadline->sender.kind = refund::ActorKind::kTimeout;
    deadline->origin = Origin::kTimer;
    desk.Apply(std::move(deadline));
  }
  ASSERT_TRUE(desk.Now().Armed().deadline_repeated);
  const HistoryReport report = Verify(desk);
  EXPECT_TRUE(report.intact()) << Told(report);
}

TEST(HistoryCheck, NamesTheStepWhoseFieldWasAltered) {
  Desk desk;
  GoThroughAReturn(desk);
  std::vector<Step> steps = desk.steps;
  steps[1].client = "another";
  const HistoryReport report = Verify(steps, desk.Now());
  ASSERT_EQ(report.findings.size(), 1u) << Told(report);
  EXPECT_TRUE(Names(report, 2, "hash"));
}

TEST(HistoryCheck, NamesTheGapThatADeletedStepLeaves) {
  Desk desk;
  GoThroughAReturn(desk);
  std::vector<Step> steps = desk.steps;
  steps.erase(steps.begin() + 3);
  EXPECT_TRUE(Names(Verify(steps, desk.Now()), 5, "sequence"));
  steps = desk.steps;
  steps.pop_back();
  EXPECT_TRUE(Names(Verify(steps, desk.Now()), 0, "case.version"));
  steps = desk.steps;
  steps.erase(steps.begin());
  EXPECT_TRUE(Names(Verify(steps, desk.Now()), 2, "sequence"));
  EXPECT_FALSE(Verify({}, desk.Now()).intact());
}

TEST(HistoryCheck, FindsStepsInAnotherOrderAndTimesThatStandStill) {
  Desk desk;
  GoThroughAReturn(desk);
  std::vector<Step> steps = desk.steps;
  std::swap(steps[3], steps[4]);
  EXPECT_TRUE(Names(Verify(steps, desk.Now()), 5, "sequence"));
  steps = desk.steps;
  Case row = desk.Now();
  steps[4].applied_at = steps[3].applied_at;
  Rechain(steps, row);
  EXPECT_TRUE(Names(Verify(steps, row), 5, "applied_at"));
}

// The chain has no key, so that somebody who alters rows may make it anew; what the step did is
// still not what the machine does.
TEST(HistoryCheck, FindsAnAmountThatTheMachineCannotHaveLeftThoughTheChainWasMadeAnew) {
  Desk desk;
  GoThroughAReturn(desk);
  std::vector<Step> steps = desk.steps;
  Case row = desk.Now();
  Answer forged;
  forged.after = row;
  DecodeSnapshot(steps[1].snapshot, forged);
  forged.after.Refund().approved_amount += 500;
  steps[1].snapshot = EncodeSnapshot(forged);
  Rechain(steps, row);
  const HistoryReport report = Verify(steps, row);
  EXPECT_TRUE(Names(report, 2, "snapshot.approved_amount")) << Told(report);
  EXPECT_FALSE(Names(report, 2, "hash"));
}

TEST(HistoryCheck, FindsAStepThatTheMachineCannotTakeThoughTheChainWasMadeAnew) {
  Desk desk;
  desk.Apply(desk.Open(1000));
  auto propose = desk.Fire(refund::Approve{1000});
  propose->sender.unlimited = false;
  desk.Apply(std::move(propose));
  ASSERT_EQ(desk.Now().state, "PendingApproval");
  auto approve = desk.Fire(refund::ApproveLarge{});
  approve->sender.account = Desk::kSupervisor;
  approve->sender.is_supervisor = true;
  desk.Apply(std::move(approve));
  std::vector<Step> steps = desk.steps;
  Case row = desk.Now();
  steps[2].actor = Desk::kAgent;  // who approved first
  Rechain(steps, row);
  const HistoryReport report = Verify(steps, row);
  ASSERT_TRUE(Names(report, 3, "replay")) << Told(report);
  EXPECT_NE(Told(report).find("FOUR_EYES"), std::string::npos) << Told(report);
}

TEST(HistoryCheck, TellsTheRowsColumnThatNoStepChanged) {
  Desk desk;
  desk.Apply(desk.Open(1000));
  Case row = desk.Now();
  row.assignee = AccountId{99};
  row.customer = CustomerId{6};
  const HistoryReport report = Verify(desk.steps, row);
  ASSERT_EQ(report.findings.size(), 2u) << Told(report);
  EXPECT_TRUE(Names(report, 0, "case.assignee_id"));
  EXPECT_TRUE(Names(report, 0, "case.customer_id"));
}

TEST(HistoryCheck, ChecksKindTimerAndThatThereIsARow) {
  Desk desk;
  desk.Apply(desk.Open(1000));
  const auto verify = [&](const std::optional<StoredCase>& stored) {
    HistoryCheck check(Desk::kShop, Desk::kCase);
    check.Take(desk.steps.front(), nullptr);
    return std::move(check).Finish(stored);
  };
  StoredCase stored = Stored(desk.Now());
  stored.kind = "dispute";
  EXPECT_TRUE(Names(verify(stored), 0, "case.kind"));
  stored = Stored(desk.Now());
  stored.timer_at += 1;
  EXPECT_TRUE(Names(verify(stored), 0, "case.timer_at"));
  EXPECT_TRUE(Names(verify(std::nullopt), 0, "case"));
}

TEST(HistoryCheck, ComparesTheTextBesideAStepWithItsDigest) {
  Desk desk;
  auto open = desk.Open(1000);
  open->text = NewText("broken on arrival");
  const Hash digest = open->text->digest;
  desk.Apply(std::move(open));
  const auto verify = [&](StoredText::State state, const Hash& found) {
    HistoryCheck check(Desk::kShop, Desk::kCase);
    const StoredText text{1, state, found};
    check.Take(desk.steps.front(), &text);
    return std::move(check).Finish(Stored(desk.Now()));
  };
  const HistoryReport same = verify(StoredText::State::kOpened, digest);
  EXPECT_TRUE(same.intact()) << Told(same);
  EXPECT_EQ(same.texts_checked, 1u);
  const HistoryReport erased = verify(StoredText::State::kErased, {});
  EXPECT_TRUE(erased.intact());
  EXPECT_EQ(erased.texts_unreadable, 1u);
  EXPECT_TRUE(Names(verify(StoredText::State::kBroken, {}), 1, "text"));
  EXPECT_TRUE(Names(verify(StoredText::State::kOpened, Hash{1}), 1, "text"));
  EXPECT_EQ(Verify(desk).texts_unreadable, 1u) << "the text is gone";
}

TEST(HistoryCheck, FindsATextBesideAStepThatHadNone) {
  Desk desk;
  desk.Apply(desk.Open(1000));
  HistoryCheck check(Desk::kShop, Desk::kCase);
  const StoredText text{1, StoredText::State::kOpened, Hash{1}};
  check.Take(desk.steps.front(), &text);
  EXPECT_TRUE(Names(std::move(check).Finish(Stored(desk.Now())), 1, "text"));
}

// Written before the opening step told the case's number, order, line, customer and currency.
TEST(HistoryCheck, SaysWhatAnOlderHistoryDoesNotVouchFor) {
  Desk desk;
  GoThroughAReturn(desk);
  std::vector<Step> steps = desk.steps;
  Case row = desk.Now();
  std::string& opening = steps[0].event_json;
  opening = opening.substr(0, opening.find(",\"case_number\"")) + "}";
  Rechain(steps, row);
  const HistoryReport report = Verify(steps, row);
  EXPECT_TRUE(report.intact()) << Told(report);
  EXPECT_EQ(report.unproved.size(), std::size(kOpeningFields));
}

TEST(HistoryCheck, DoesNotReplayStepsOfAnotherVersionOfTheMachine) {
  Desk desk;
  desk.Apply(desk.Open(1000));
  desk.Apply(desk.Fire(refund::Reject{}));
  std::vector<Step> steps = desk.steps;
  Case row = desk.Now();
  steps[0].workflow_version = 1;
  Answer older;
  DecodeSnapshot(steps[0].snapshot, older);
  older.after.workflow_version = 1;
  steps[0].snapshot = EncodeSnapshot(older);
  Rechain(steps, row);
  const HistoryReport report = Verify(steps, row);
  EXPECT_TRUE(report.intact()) << Told(report);
  EXPECT_EQ(report.steps_replayed, 1u);
}

// As the second version of the machine wrote it: before there were replacements and parcels to
// stop.
void MakeOlder(Step& step) {
  Answer older;
  DecodeSnapshot(step.snapshot, older);
  older.after.workflow_version = 2;
  step.workflow_version = 2;
  step.snapshot = EncodeSnapshot(older);
  step.snapshot.front() = 2;  // format 1, zigzag
  // Two numbers, two empty texts and two task ids that are 0, before the two absent answers.
  step.snapshot.erase(step.snapshot.size() - 8, 6);
}

TEST(HistoryCheck, GoesOnFromAHistoryOfTheSecondVersion) {
  Desk desk;
  desk.Apply(desk.Open(1000));
  desk.Apply(desk.Fire(refund::Reject{}));
  desk.Apply(desk.Fire(refund::ReviseRequest{1000, 1, refund::Variant::kReship}));
  desk.Apply(desk.Fire(refund::Approve{1000}));
  std::vector<Step> steps = desk.steps;
  Case row = desk.Now();
  MakeOlder(steps[0]);
  MakeOlder(steps[1]);
  Rechain(steps, row);
  const HistoryReport report = Verify(steps, row);
  EXPECT_TRUE(report.intact()) << Told(report);
  EXPECT_EQ(report.steps_replayed, 2u);
  EXPECT_EQ(row.Refund().replacement, refund::Replacement::kOrdered);
}

TEST(HistoryCheck, ReadsRowsThatNobodyCanHaveWrittenWithoutHarm) {
  Desk desk;
  GoThroughAReturn(desk);
  for (const char* json : {"", "{", "{\"amount_minor\":9223372036854775807}", "{\"amount_minor\"}",
                           "{\"amount_minor\":\"\\u00\"}", "[]", "{}x"}) {
    std::vector<Step> steps = desk.steps;
    steps[1].event_json = json;
    EXPECT_TRUE(Names(Verify(steps, desk.Now()), 2, "hash")) << json;
    EXPECT_GE(Verify(steps, desk.Now()).findings.size(), 2u) << json;
  }
  std::vector<Step> steps = desk.steps;
  steps[1].snapshot = std::string(200, '\xff');
  EXPECT_TRUE(Names(Verify(steps, desk.Now()), 2, "snapshot"));
  steps = desk.steps;
  Answer huge;
  DecodeSnapshot(steps[1].snapshot, huge);
  huge.after.Refund().reserved_amount = std::numeric_limits<std::int64_t>::max();
  huge.after.Refund().settled_amount = std::numeric_limits<std::int64_t>::min();
  huge.after.due_at = std::numeric_limits<std::int64_t>::min();
  steps[1].snapshot = EncodeSnapshot(huge);
  EXPECT_TRUE(Names(Verify(steps, desk.Now()), 2, "replay"));
}

TEST(HistoryCheck, TellsAtMostAHundredFindings) {
  Desk desk;
  desk.Apply(desk.Open(1000));
  std::vector<Step> steps(200, desk.steps.front());
  const HistoryReport report = Verify(steps, desk.Now());
  EXPECT_EQ(report.findings.size(), kMostFindings);
  EXPECT_TRUE(report.more_findings);
}

template <class Events, std::size_t I = 0>
void ReadEveryEventBack(const Case& of) {
  if constexpr (I < std::variant_size_v<Events>) {
    const CaseEvent event = Events{std::variant_alternative_t<I, Events>{}};
    Step step;
    step.event = NameOf(event);
    step.event_json = "{" + MembersOf(event) + "}";
    const auto fire = std::get<FireEvent>(BodyOf(step, of));
    EXPECT_EQ(MembersOf(fire.event), MembersOf(event)) << step.event;
    EXPECT_EQ(std::get<Events>(fire.event).index(), I);
    ReadEveryEventBack<Events, I + 1>(of);
  }
}

TEST(EventReading, GivesBackEveryEventThatIsWritten) {
  ReadEveryEventBack<refund::RefundEvent>({});
  Case disputed;
  disputed.progress = dispute::DisputeProgress{};
  ReadEveryEventBack<dispute::DisputeEvent>(disputed);
  Step step;
  step.event = refund::SendGoodsBack::kName;
  const refund::SendGoodsBack sent{"a\"b\\c\n", "中文"};
  step.event_json = "{" + MembersOf(refund::RefundEvent{sent}) +
                    R"(,"note":"x","flag":true,"asks":["ask_platform"]})";
  const auto fire = std::get<FireEvent>(BodyOf(step, {}));
  const auto back = std::get<refund::SendGoodsBack>(std::get<refund::RefundEvent>(fire.event));
  EXPECT_EQ(back.carrier, sent.carrier);
  EXPECT_EQ(back.tracking, sent.tracking);
  EXPECT_EQ(fire.details, R"("note":"x","flag":true)");
}

}  // namespace
}  // namespace redress::aftersales
