// Reports of the warehouse, and what they do to task and case.

#include <gtest/gtest.h>

#include <set>
#include <string_view>

#include "tests/unit/aftersales/desk.h"

namespace redress::aftersales {
namespace {

namespace refund = workflows::refund;

TEST(WarehouseReports, DriveTheCaseWhenAllIsWell) {
  Desk desk;
  const TaskId task = desk.ReturnUnderWay(2);
  EXPECT_EQ(desk.Now().state, "Returning");
  Answer answer = desk.Apply(desk.Report(GoodsReceived{2}, "w1"));
  EXPECT_EQ(answer.task->state, TaskState::kReceived);
  EXPECT_EQ(answer.task->case_state, "Inspecting");
  EXPECT_EQ(answer.after.needs_person, "");
  answer = desk.Apply(desk.Report(GoodsInspected{2, ""}, "w2"));
  EXPECT_EQ(answer.after.state, "Settling");
  EXPECT_EQ(desk.Task(task).state, TaskState::kDone);
  EXPECT_FALSE(desk.Now().inbound_task);
}

TEST(WarehouseReports, RaiseAnotherQuantityThanExpected) {
  Desk desk;
  desk.ReturnUnderWay(2);
  const Answer answer = desk.Apply(desk.Report(GoodsReceived{1}, "w1"));
  EXPECT_EQ(answer.after.state, "Inspecting");
  EXPECT_EQ(answer.after.needs_person, "RECEIVED_OTHER_QUANTITY");
  EXPECT_EQ(answer.task->quantity_received, 1);
}

TEST(WarehouseReports, KeepAnEmptyParcelAsNoGoods) {
  Desk desk;
  desk.ReturnUnderWay(2);
  const Answer answer = desk.Apply(desk.Report(GoodsReceived{0}, "w1"));
  EXPECT_EQ(answer.after.state, "Returning");
  EXPECT_EQ(answer.after.needs_person, "RECEIVED_OTHER_QUANTITY");
  EXPECT_EQ(answer.task->state, TaskState::kClaimed);
  EXPECT_EQ(desk.steps.back().event, "goods_reported");
}

TEST(WarehouseReports, OfferPartOfTheMoneyForPartOfTheGoods) {
  Desk desk;
  desk.ReturnUnderWay(3);
  desk.Apply(desk.Report(GoodsReceived{3}, "w1"));
  const Answer answer = desk.Apply(desk.Report(GoodsInspected{1, "box_damage"}, "w2"));
  EXPECT_EQ(answer.after.state, "Disagreed");
  EXPECT_EQ(answer.after.Refund().offered_amount, 667);
}

TEST(WarehouseReports, FailWhenNothingIsGood) {
  Desk desk;
  desk.ReturnUnderWay(2);
  desk.Apply(desk.Report(GoodsReceived{2}, "w1"));
  const Answer answer = desk.Apply(desk.Report(GoodsInspected{0, "broken"}, "w2"));
  EXPECT_EQ(desk.steps.back().event, "fail_inspection");
  EXPECT_EQ(answer.after.state, "Disagreed");
}

TEST(WarehouseReports, AreRefusedWithoutTheLease) {
  Desk desk;
  const TaskId task = desk.ReturnUnderWay(2);
  auto stranger = desk.Report(GoodsReceived{2}, "w1");
  stranger->sender.account = AccountId{999};
  EXPECT_EQ(desk.Reason(std::move(stranger)), "LEASE_NOT_HELD");
  desk.Task(task).lease_until = desk.now_us;
  EXPECT_EQ(desk.Reason(desk.Report(GoodsReceived{2}, "w1")), "LEASE_NOT_HELD");
  EXPECT_EQ(desk.Now().state, "Returning");
}

TEST(WarehouseReports, AreRefusedWhenTheyDoNotFitTheTask) {
  Desk desk;
  desk.ReturnUnderWay(2);
  EXPECT_EQ(desk.Reason(desk.Report(GoodsInspected{2, ""}, "w1")), "TASK_STATE");
  EXPECT_EQ(desk.Reason(desk.Report(GoodsShipped{"SF", "SF2"}, "w2")), "TASK_KIND");
  desk.Apply(desk.Report(GoodsReceived{2}, "w3"));
  EXPECT_EQ(desk.Reason(desk.Report(GoodsInspected{3, ""}, "w4")), "INVALID_FIELD");
}

TEST(WarehouseReports, AnswerARepeatWithTheFirstTask) {
  Desk desk;
  desk.ReturnUnderWay(2);
  auto received = desk.Report(GoodsReceived{2}, "w1");
  desk.Decide(*received);
  desk.Apply(desk.Report(GoodsInspected{2, ""}, "w2"));
  const Verdict again = desk.Decide(*received);
  EXPECT_TRUE(std::get<Answer>(again).repeated);
  EXPECT_EQ(std::get<Answer>(again).task->state, TaskState::kReceived);
}

TEST(WarehouseReports, CallAPersonAndQueueTheWorkAgainWhenItFails) {
  Desk desk;
  const TaskId failed = desk.ReturnUnderWay(2);
  const Answer answer = desk.Apply(desk.Report(WorkFailed{"wrong_warehouse"}, "w1"));
  EXPECT_EQ(answer.after.state, "Returning");
  EXPECT_EQ(answer.after.needs_person, "WAREHOUSE_FAILED");
  EXPECT_EQ(answer.task->id, failed);
  EXPECT_EQ(answer.task->state, TaskState::kFailed);
  const TaskId again = desk.Now().inbound_task;
  ASSERT_TRUE(again);
  ASSERT_NE(again, failed);
  const WarehouseTask& queued = desk.Task(again);
  EXPECT_EQ(queued.state, TaskState::kQueued);
  EXPECT_EQ(queued.version, 1u);
  EXPECT_EQ(queued.tracking, "SF1");
  EXPECT_EQ(queued.quantity, 2);
  EXPECT_EQ(queued.reason, "");
  EXPECT_FALSE(queued.claimed_by);
  EXPECT_EQ(queued.case_state, "Returning");
  Claim(desk.Task(again), Desk::kWarehouse, desk.now_us + 1'000'000'000, desk.now_us);
  EXPECT_EQ(desk.Apply(desk.Report(GoodsReceived{2}, "w2")).after.state, "Inspecting");
}

TEST(WarehouseReports, KeepGoodsReceivedWhenTheirInspectionFails) {
  Desk desk;
  const TaskId failed = desk.ReturnUnderWay(3);
  desk.Apply(desk.Report(GoodsReceived{2}, "w1"));
  desk.Apply(desk.Report(WorkFailed{"no_inspector"}, "w2"));
  EXPECT_EQ(desk.Task(failed).state, TaskState::kFailed);
  EXPECT_EQ(desk.Now().state, "Inspecting");
  const TaskId again = desk.Now().inbound_task;
  ASSERT_TRUE(again);
  ASSERT_NE(again, failed);
  EXPECT_EQ(desk.Task(again).state, TaskState::kReceived);
  EXPECT_EQ(desk.Task(again).quantity_received, 2);
  Claim(desk.Task(again), Desk::kWarehouse, desk.now_us + 1'000'000'000, desk.now_us);
  EXPECT_EQ(desk.Apply(desk.Report(GoodsInspected{2, "one_missing"}, "w3")).after.state,
            "Disagreed");
}

TEST(WarehouseReports, QueueASendBackAgainWhenItFails) {
  Desk desk;
  desk.ReturnUnderWay(2);
  desk.Apply(desk.Report(GoodsReceived{2}, "w1"));
  desk.Apply(desk.Fire(refund::Withdraw{}));
  const TaskId failed = desk.Now().send_back_task;
  Claim(desk.Task(failed), Desk::kWarehouse, desk.now_us + 1'000'000'000, desk.now_us);
  auto report = desk.Report(WorkFailed{"no_address"}, "w2");
  std::get<ReportOnTask>(report->body).task = failed;
  desk.Apply(std::move(report));
  const TaskId again = desk.Now().send_back_task;
  ASSERT_TRUE(again);
  ASSERT_NE(again, failed);
  EXPECT_EQ(desk.Task(again).state, TaskState::kQueued);
  EXPECT_EQ(desk.Task(again).kind, TaskKind::kSendBack);
}

TEST(WarehouseReports, QueueNoWorkAgainForACaseThatHasEnded) {
  Desk desk;
  const TaskId failed = desk.ReturnUnderWay(2);
  auto paid = desk.Fire(refund::PlatformSucceeded{2000});
  desk.Apply(std::move(paid));
  desk.Apply(desk.Fire(refund::RecordFollowUp{5}));
  ASSERT_TRUE(desk.Now().final);
  desk.Apply(desk.Report(WorkFailed{"lost"}, "w1"));
  EXPECT_EQ(desk.Task(failed).state, TaskState::kFailed);
  EXPECT_FALSE(desk.Now().inbound_task);
}

TEST(WarehouseReports, SendGoodsBackAfterAWithdrawal) {
  Desk desk;
  const TaskId inbound = desk.ReturnUnderWay(2);
  desk.Apply(desk.Report(GoodsReceived{2}, "w1"));
  desk.Apply(desk.Fire(refund::Withdraw{}));
  EXPECT_EQ(desk.Now().state, "SendingBack");
  EXPECT_EQ(desk.Task(inbound).state, TaskState::kDone) << "nobody inspects what goes back";
  const TaskId back = desk.Now().send_back_task;
  ASSERT_TRUE(back);
  Claim(desk.Task(back), Desk::kWarehouse, desk.now_us + 1'000'000'000, desk.now_us);
  auto shipped = desk.Report(GoodsShipped{"SF", "SF2"}, "w2");
  std::get<ReportOnTask>(shipped->body).task = back;
  const Answer answer = desk.Apply(std::move(shipped));
  EXPECT_EQ(answer.after.state, "Withdrawn");
  EXPECT_EQ(answer.after.back_tracking, "SF2");
  EXPECT_EQ(answer.task->state, TaskState::kDone);
}

TEST(WarehouseReports, CloseTheTaskWhenAnAgentSentTheGoodsBack) {
  Desk desk;
  desk.ReturnUnderWay(2);
  desk.Apply(desk.Report(GoodsReceived{2}, "w1"));
  desk.Apply(desk.Fire(refund::Withdraw{}));
  const TaskId back = desk.Now().send_back_task;
  desk.Apply(desk.Fire(refund::SendGoodsBack{"SF", "SF3"}));
  EXPECT_EQ(desk.Task(back).state, TaskState::kDone);
  EXPECT_FALSE(desk.Now().send_back_task);
}

// A reship whose outbound task kWarehouse holds.
TaskId ReplacementToSend(Desk& desk) {
  desk.Apply(desk.Open(2000, Desk::kCase, refund::Variant::kReship));
  desk.Apply(desk.Fire(refund::Approve{2000}));
  const TaskId task = desk.Now().outbound_task;
  Claim(desk.Task(task), Desk::kWarehouse, desk.now_us + 1'000'000'000, desk.now_us);
  return task;
}

// A refund only of everything paid for the shipped line, its intercept task held by kWarehouse.
TaskId ParcelToStop(Desk& desk) {
  desk.Apply(desk.Open(3000));
  desk.Apply(desk.Fire(refund::Approve{3000}));
  const TaskId task = desk.Now().intercept_task;
  Claim(desk.Task(task), Desk::kWarehouse, desk.now_us + 1'000'000'000, desk.now_us);
  return task;
}

std::unique_ptr<Command> ReportOn(Desk& desk, TaskId task, TaskReport report,
                                  std::string reference) {
  auto command = desk.Report(std::move(report), std::move(reference));
  std::get<ReportOnTask>(command->body).task = task;
  return command;
}

TEST(WarehouseReports, PackAndShipAReplacement) {
  Desk desk;
  const TaskId task = ReplacementToSend(desk);
  EXPECT_EQ(desk.Task(task).kind, TaskKind::kOutboundReplacement);
  Answer answer = desk.Apply(ReportOn(desk, task, GoodsPacked{}, "w1"));
  EXPECT_EQ(answer.task->state, TaskState::kPacked);
  EXPECT_TRUE(answer.task->IsOpen());
  EXPECT_EQ(answer.after.needs_person, "") << "packing is no news for a person";
  EXPECT_EQ(desk.steps.back().event, "goods_reported");
  EXPECT_EQ(desk.Reason(ReportOn(desk, task, GoodsPacked{}, "w2")), "TASK_STATE");
  answer = desk.Apply(ReportOn(desk, task, GoodsShipped{"YTO", "YT1"}, "w3"));
  EXPECT_EQ(answer.task->state, TaskState::kDone);
  EXPECT_EQ(answer.after.state, "Reshipping");
  EXPECT_EQ(answer.after.replacement_tracking, "YT1");
  EXPECT_FALSE(desk.Now().outbound_task);
  desk.Apply(desk.Fire(refund::SignForReplacement{}));
  EXPECT_EQ(desk.steps.back().outcome, "replaced");
  EXPECT_EQ(desk.Line().reserved + desk.Line().settled, 0);
}

TEST(WarehouseReports, KeepAReplacementThatCannotBeSentForAnotherTry) {
  Desk desk;
  const TaskId failed = ReplacementToSend(desk);
  desk.Apply(ReportOn(desk, failed, WorkFailed{"out_of_stock"}, "w1"));
  EXPECT_EQ(desk.Now().needs_person, "WAREHOUSE_FAILED");
  const TaskId again = desk.Now().outbound_task;
  ASSERT_TRUE(again);
  ASSERT_NE(again, failed);
  EXPECT_EQ(desk.Task(again).state, TaskState::kQueued);
  desk.Apply(desk.Fire(refund::ConvertToRefund{2000}));
  EXPECT_EQ(desk.Task(again).state, TaskState::kCancelled);
  EXPECT_EQ(desk.Now().state, "Settling");
  EXPECT_EQ(desk.Line().reserved, 2000);
}

TEST(WarehouseReports, SayWhetherAParcelWasStopped) {
  Desk caught;
  TaskId task = ParcelToStop(caught);
  EXPECT_EQ(caught.Task(task).kind, TaskKind::kIntercept);
  Answer answer = caught.Apply(ReportOn(caught, task, ParcelIntercepted{true}, "w1"));
  EXPECT_EQ(answer.task->intercepted, InterceptOutcome::kCaught);
  EXPECT_EQ(answer.task->state, TaskState::kDone);
  EXPECT_EQ(answer.after.Refund().goods, refund::GoodsPlace::kWithUs);
  EXPECT_EQ(answer.after.needs_person, "");
  Desk missed;
  task = ParcelToStop(missed);
  answer = missed.Apply(ReportOn(missed, task, ParcelIntercepted{false}, "w1"));
  EXPECT_EQ(answer.task->intercepted, InterceptOutcome::kMissed);
  EXPECT_EQ(answer.after.needs_person, "INTERCEPTION_FAILED");
  EXPECT_EQ(missed.Line().reserved, 3000) << "the money was promised";
}

TEST(WarehouseReports, AskForTheReplacementsOwnParcelWhenItIsCalledBack) {
  Desk desk;
  const TaskId task = ReplacementToSend(desk);
  desk.Apply(ReportOn(desk, task, GoodsShipped{"YTO", "YT1"}, "w1"));
  auto paid = desk.Fire(refund::PlatformSucceeded{2000});
  paid->sender.kind = refund::ActorKind::kPlatform;
  desk.Apply(std::move(paid));
  const TaskId stop = desk.Now().intercept_task;
  ASSERT_TRUE(stop);
  EXPECT_EQ(desk.Task(stop).tracking, "YT1");
  EXPECT_EQ(desk.steps.back().outcome, "settled");
}

TEST(WarehouseReports, OfOneKindDoNotFitAnother) {
  Desk desk;
  const TaskId replacement = ReplacementToSend(desk);
  EXPECT_EQ(desk.Reason(ReportOn(desk, replacement, ParcelIntercepted{true}, "w1")), "TASK_KIND");
  EXPECT_EQ(desk.Reason(ReportOn(desk, replacement, GoodsReceived{1}, "w2")), "TASK_KIND");
  Desk other;
  const TaskId parcel = ParcelToStop(other);
  EXPECT_EQ(other.Reason(ReportOn(other, parcel, GoodsShipped{"SF", "1"}, "w1")), "TASK_KIND");
  EXPECT_EQ(other.Reason(ReportOn(other, parcel, GoodsPacked{}, "w2")), "TASK_KIND");
}

TEST(Opening, TakesPostageOnItsOwnLineOnly) {
  Desk goods;
  EXPECT_EQ(goods.Reason(goods.Open(100, Desk::kCase, refund::Variant::kPostage)),
            "VARIANT_NOT_FOR_LINE");
  Desk postage;
  postage.line_facts.postage = true;
  EXPECT_EQ(postage.Reason(postage.Open(100)), "VARIANT_NOT_FOR_LINE");
  postage.Apply(postage.Open(100, Desk::kCase, refund::Variant::kPostage));
  EXPECT_TRUE(postage.Line().postage);
}

TEST(Leases, ReturnToTheQueueWhenTheyRunOut) {
  WarehouseTask task;
  Claim(task, AccountId{1}, 100, 10);
  EXPECT_EQ(task.state, TaskState::kClaimed);
  EXPECT_THROW(Claim(task, AccountId{2}, 200, 50), platform::Refusal);
  EXPECT_FALSE(Expire(task, 99));
  Claim(task, AccountId{2}, 200, 100);  // run out: decided at claim time, sweep or not
  EXPECT_EQ(task.claimed_by, AccountId{2});
  EXPECT_THROW(Renew(task, AccountId{1}, 300, 150), platform::Refusal);
  EXPECT_TRUE(Expire(task, 200));
  EXPECT_EQ(task.state, TaskState::kQueued);
  EXPECT_FALSE(task.claimed_by);
}

TEST(Leases, KeepGoodsReceivedWhoeverHoldsThem) {
  WarehouseTask task;
  task.state = TaskState::kReceived;
  Claim(task, AccountId{1}, 100, 10);
  EXPECT_EQ(task.state, TaskState::kReceived);
  Release(task, AccountId{1}, 20);
  EXPECT_EQ(task.state, TaskState::kReceived);
}

TEST(TaskStates, AreStoredAsTheMachineNamesThem) {
  std::set<std::string_view> stored;
  for (int state = static_cast<int>(TaskState::kQueued);
       state <= static_cast<int>(TaskState::kPacked); ++state) {
    WarehouseTask task;
    task.state = static_cast<TaskState>(state);
    const auto* of_machine = workflows::task::Describe().FindState(StateNameOf(task.state));
    ASSERT_NE(of_machine, nullptr) << StateNameOf(task.state);
    EXPECT_EQ(task.IsOpen(), !of_machine->final);
    stored.insert(of_machine->name);
  }
  EXPECT_EQ(stored.size(), workflows::task::Describe().states.size());
}

TEST(WarehouseReports, TellWhoLacksTheLeaseThatBeforeAnythingElse) {
  Desk desk;
  const TaskId task = desk.ReturnUnderWay(2);
  Expire(desk.Task(task), desk.now_us + 10'000'000'000);
  ASSERT_EQ(desk.Task(task).state, TaskState::kQueued);
  EXPECT_EQ(desk.Reason(desk.Report(GoodsReceived{2}, "w1")), "LEASE_NOT_HELD");
  EXPECT_EQ(desk.Reason(desk.Report(GoodsShipped{"SF", "1"}, "w2")), "LEASE_NOT_HELD");
}

TEST(WarehouseReports, OnAnEndedCaseWaitForALook) {
  Desk desk;
  const TaskId task = desk.ReturnUnderWay(2);
  desk.Apply(desk.Fire(refund::PlatformSucceeded{2000}));
  desk.Apply(desk.Fire(refund::RecordFollowUp{5}));
  ASSERT_TRUE(desk.Now().final);
  EXPECT_TRUE(desk.late_reports.empty());
  desk.Apply(desk.Report(GoodsReceived{2}, "w1"));
  ASSERT_EQ(desk.late_reports.size(), 1u);
  EXPECT_EQ(desk.late_reports[0].task, task);
  EXPECT_EQ(desk.late_reports[0].sequence, desk.Now().version);
  EXPECT_EQ(desk.late_reports[0].reason, "REPORT_NOT_EXPECTED");
  EXPECT_EQ(desk.Task(task).state, TaskState::kDone) << "nobody inspects for an ended case";
}

TEST(WarehouseReports, OnAnOpenCaseStandInItsQueue) {
  Desk desk;
  desk.ReturnUnderWay(2);
  desk.Apply(desk.Report(GoodsReceived{1}, "w1"));
  EXPECT_EQ(desk.Now().needs_person, "RECEIVED_OTHER_QUANTITY");
  EXPECT_TRUE(desk.late_reports.empty());
}

TEST(ProRata, RoundsHalfToEven) {
  EXPECT_EQ(ProRata(1000, 1, 3), 333);
  EXPECT_EQ(ProRata(1000, 2, 3), 667);
  EXPECT_EQ(ProRata(1, 1, 2), 0);
  EXPECT_EQ(ProRata(3, 1, 2), 2);
  EXPECT_EQ(ProRata(5, 1, 2), 2);
  EXPECT_EQ(ProRata(9'000'000'000'000'000'000, 999'999, 1'000'000), 8'999'991'000'000'000'000);
}

}  // namespace
}  // namespace redress::aftersales
