// A warehouse task taken from step to step: its lease, and the reports of each kind of work.

#include <gtest/gtest.h>

#include <algorithm>

#include "workflows/task/task.h"

namespace redress::workflows::task {
namespace {

constexpr std::uint64_t kHandler = 5;
constexpr std::uint64_t kOther = 6;

struct Task {
  std::string state{kInitialState};
  TaskFacts facts;
  TaskEffects last;  // of the last applied step

  explicit Task(WarehouseTaskKind kind) {
    facts.progress.kind = kind;
    facts.progress.quantity = 2;
    facts.actor.account_id = kHandler;
    facts.now_us = 100;
  }

  Task& As(std::uint64_t account) {
    facts.actor.account_id = account;
    return *this;
  }
  Task& At(std::int64_t now_us) {
    facts.now_us = now_us;
    return *this;
  }
  Fired<TaskEffect> Try(const TaskEvent& event) const { return Fire(state, event, facts); }
  std::string_view Code(const TaskEvent& event) const { return Try(event).refusal.code; }
  // Fails the test unless the event applies and leads to `target`.
  Task& Take(const TaskEvent& event, std::string_view target) {
    const Fired<TaskEffect> fired = Try(event);
    EXPECT_TRUE(fired.Applied()) << NameOf(event) << " in " << state << ": " << fired.refusal.code;
    EXPECT_EQ(fired.state, target) << NameOf(event) << " in " << state;
    last = fired.effects;
    Apply(last, facts.progress);
    state = fired.state;
    return *this;
  }
  bool Tells(CaseNews news) const {
    return std::any_of(last.begin(), last.end(), [&](const TaskEffect& effect) {
      const auto* tell = std::get_if<TellCase>(&effect);
      return tell != nullptr && tell->news == news;
    });
  }
  std::string_view Calls() const {
    for (const TaskEffect& effect : last) {
      if (const auto* call = std::get_if<CallPerson>(&effect)) return call->reason;
    }
    return "";
  }
};

Task Claimed(WarehouseTaskKind kind) {
  Task task(kind);
  task.Take(Claim{200}, "Claimed");
  return task;
}

TEST(TaskSteps, AReturnIsReceivedAndInspected) {
  Task task = Claimed(WarehouseTaskKind::kInboundReturn);
  task.Take(Received{2}, "Received");
  EXPECT_TRUE(task.Tells(CaseNews::kArrived));
  EXPECT_EQ(task.Calls(), "");
  task.Take(Inspected{1}, "Done");
  EXPECT_TRUE(task.Tells(CaseNews::kInspected));
  EXPECT_EQ(task.facts.progress.quantity_good, 1);
  EXPECT_EQ(task.facts.progress.claimed_by, 0U) << "nobody holds what is over";
}

TEST(TaskSteps, AnotherQuantityCallsAPerson) {
  Task task = Claimed(WarehouseTaskKind::kInboundReturn);
  task.Take(Received{3}, "Received");
  EXPECT_EQ(task.Calls(), "RECEIVED_OTHER_QUANTITY");
}

TEST(TaskSteps, AnEmptyParcelLeavesTheGoodsAwaited) {
  Task task = Claimed(WarehouseTaskKind::kInboundReturn);
  task.Take(Received{0}, "Claimed");
  EXPECT_FALSE(task.Tells(CaseNews::kArrived));
  EXPECT_EQ(task.Calls(), "RECEIVED_OTHER_QUANTITY");
}

TEST(TaskSteps, NoMoreAreGoodThanWereReceived) {
  Task task = Claimed(WarehouseTaskKind::kInboundReturn);
  task.Take(Received{1}, "Received");
  EXPECT_EQ(task.Code(Inspected{2}), "MORE_GOOD_THAN_RECEIVED");
}

TEST(TaskSteps, AReplacementIsPackedOrNotAndLeaves) {
  Task packed = Claimed(WarehouseTaskKind::kOutboundReplacement);
  packed.Take(Packed{}, "Packed");
  EXPECT_TRUE(packed.Tells(CaseNews::kPacked));
  packed.Take(Shipped{}, "Done");
  EXPECT_TRUE(packed.Tells(CaseNews::kShipped));
  Claimed(WarehouseTaskKind::kOutboundReplacement).Take(Shipped{}, "Done");
  Claimed(WarehouseTaskKind::kSendBack).Take(Shipped{}, "Done");
}

TEST(TaskSteps, AParcelIsCaughtOrMissed) {
  Task caught = Claimed(WarehouseTaskKind::kIntercept);
  caught.Take(Intercepted{true}, "Done");
  EXPECT_EQ(caught.facts.progress.intercepted, InterceptOutcome::kCaught);
  Task missed = Claimed(WarehouseTaskKind::kIntercept);
  missed.Take(Intercepted{false}, "Done");
  EXPECT_EQ(missed.facts.progress.intercepted, InterceptOutcome::kMissed);
  EXPECT_TRUE(missed.Tells(CaseNews::kIntercepted));
}

TEST(TaskSteps, WorkThatCannotBeDoneCallsAPerson) {
  Task task = Claimed(WarehouseTaskKind::kSendBack);
  task.Take(Failed{}, "Failed");
  EXPECT_EQ(task.Calls(), "WAREHOUSE_FAILED");
}

TEST(TaskSteps, WorkThatIsGivenUpBeginsAgainWhereItsGoodsAre) {
  TaskProgress progress;
  EXPECT_EQ(StateToBeginIn(progress), "Queued");
  progress.quantity_received = 1;
  EXPECT_EQ(StateToBeginIn(progress), "Received");
}

TEST(TaskSteps, AReportOfAnotherKindOfWorkIsRefused) {
  EXPECT_EQ(Claimed(WarehouseTaskKind::kIntercept).Code(Received{1}), "TASK_KIND");
  EXPECT_EQ(Claimed(WarehouseTaskKind::kInboundReturn).Code(Shipped{}), "TASK_KIND");
  EXPECT_EQ(Claimed(WarehouseTaskKind::kSendBack).Code(Packed{}), "TASK_KIND");
  const Task packed = Claimed(WarehouseTaskKind::kOutboundReplacement).Take(Packed{}, "Packed");
  EXPECT_EQ(packed.Code(Received{1}), kNotLegalInState);
  EXPECT_EQ(AskedAnywhere(Received{1}, packed.facts).code, "TASK_KIND");
}

TEST(TaskLease, IsOneAccountsUntilItRunsOut) {
  Task task = Claimed(WarehouseTaskKind::kInboundReturn);
  EXPECT_EQ(task.As(kOther).Code(Claim{300}), "TASK_CLAIMED");
  EXPECT_EQ(task.Code(Received{2}), "LEASE_NOT_HELD");
  EXPECT_EQ(task.Code(ExpireLease{}), "LEASE_IN_FORCE");
  task.As(kHandler).Take(RenewLease{150}, "Claimed");
  EXPECT_EQ(task.facts.progress.lease_until, 200) << "renewing shortened it";
  task.Take(RenewLease{250}, "Claimed").At(250);
  EXPECT_EQ(task.Code(Received{2}), "LEASE_NOT_HELD");
  task.Take(ExpireLease{}, "Queued");
  EXPECT_EQ(task.Code(ExpireLease{}), kNotLegalInState);
  task.As(kOther).Take(Claim{400}, "Claimed");
}

TEST(TaskLease, EndsWithoutUndoingWhatWasDone) {
  Task received = Claimed(WarehouseTaskKind::kInboundReturn);
  received.Take(Received{2}, "Received").Take(Release{}, "Received");
  received.As(kOther).Take(Claim{300}, "Received").At(300).Take(ExpireLease{}, "Received");
  Task packed = Claimed(WarehouseTaskKind::kOutboundReplacement);
  packed.Take(Packed{}, "Packed").At(200).Take(ExpireLease{}, "Packed");
  EXPECT_EQ(packed.facts.progress.claimed_by, 0U);
}

TEST(TaskSteps, WhoLacksTheLeaseIsToldThatBeforeTheState) {
  Task queued(WarehouseTaskKind::kInboundReturn);
  EXPECT_EQ(queued.Code(Received{2}), kNotLegalInState);
  EXPECT_EQ(AskedAnywhere(Received{2}, queued.facts).code, "LEASE_NOT_HELD");
  EXPECT_EQ(AskedAnywhere(RenewLease{300}, queued.facts).code, "LEASE_NOT_HELD");
  EXPECT_EQ(AskedAnywhere(Cancel{}, queued.facts).code, "");
}

}  // namespace
}  // namespace redress::workflows::task
