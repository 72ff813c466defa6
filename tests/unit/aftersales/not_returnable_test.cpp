// Goods that an agent marks as not returnable, and lines that have nothing left, by the stepper.

#include <gtest/gtest.h>

#include "tests/unit/aftersales/desk.h"
#include "tests/unit/aftersales/verified.h"

namespace redress::aftersales {
namespace {

namespace refund = workflows::refund;

class NotReturnable : public ::testing::Test {
 protected:
  NotReturnable() { desk_.Apply(desk_.Open(1000)); }

  // By an agent whose limit covers the amount.
  std::unique_ptr<Command> AsAgent(std::unique_ptr<Command> command) {
    command->sender.unlimited = false;
    command->sender.amount_limit = 10'000;
    return command;
  }
  std::unique_ptr<Command> Mark(std::string reason, bool by_supervisor = false) {
    auto command = desk_.Make(MarkNotReturnable{std::move(reason)});
    command->sender.is_supervisor = by_supervisor;
    return command;
  }

  Desk desk_;
};

TEST_F(NotReturnable, AMarkSendsAnApprovalToASupervisorAndLeavesTheRest) {
  const Case before = desk_.Now();
  const Answer marked = desk_.Apply(Mark("opened"));
  EXPECT_EQ(marked.after.not_returnable, "opened");
  EXPECT_EQ(marked.after.state, before.state);
  EXPECT_EQ(marked.after.due_at, before.due_at);
  desk_.Apply(AsAgent(desk_.Fire(refund::Approve{1000})));
  EXPECT_EQ(desk_.Now().state, "PendingApproval");
}

TEST_F(NotReturnable, AMarkLeavesRejectingFree) {
  desk_.Apply(Mark("opened"));
  desk_.Apply(AsAgent(desk_.Fire(refund::Reject{})));
  EXPECT_EQ(desk_.Now().state, "Rejected");
}

TEST_F(NotReturnable, WithoutAMarkTheAgentApproves) {
  desk_.Apply(AsAgent(desk_.Fire(refund::Approve{1000})));
  EXPECT_EQ(desk_.Now().state, "Settling");
}

TEST_F(NotReturnable, ASupervisorTakesTheMarkBack) {
  desk_.Apply(Mark("opened"));
  EXPECT_EQ(desk_.Reason(Mark("")), "SUPERVISOR_REQUIRED");
  EXPECT_EQ(desk_.Apply(Mark("", true)).after.not_returnable, "");
}

TEST_F(NotReturnable, TheSameMarkAgainIsNoStep) {
  desk_.Apply(Mark("opened"));
  EXPECT_TRUE(desk_.Apply(Mark("opened")).ignored);
  EXPECT_EQ(desk_.Now().version, 2u);
}

TEST_F(NotReturnable, OnlyARefundThatIsOpenIsMarked) {
  desk_.Apply(desk_.OpenDispute(CaseId{12}));
  auto other = desk_.Make(MarkNotReturnable{"opened"}, CaseId{12});
  EXPECT_EQ(desk_.Reason(std::move(other)), "OTHER_KIND");
  desk_.Apply(desk_.Fire(refund::Withdraw{}));
  EXPECT_EQ(desk_.Reason(Mark("opened")), "CASE_FINAL");
}

TEST_F(NotReturnable, AHistoryWithMarksIsTakenOnceMore) {
  desk_.Apply(Mark("opened"));
  desk_.Apply(AsAgent(desk_.Fire(refund::Approve{1000})));
  desk_.Apply(Mark("", true));
  EXPECT_EQ(Told(VerifyAs("refund", desk_.steps, desk_.Now())), "");
  Case altered = desk_.Now();
  altered.not_returnable = "fresh";
  EXPECT_EQ(VerifyAs("refund", desk_.steps, altered).findings.at(0).field, "case.not_returnable");
}

TEST_F(NotReturnable, ALineThatHasNothingLeftPointsToCompensation) {
  desk_.Apply(desk_.Open(3000, CaseId{12}));
  desk_.Apply(desk_.Fire(refund::Approve{3000}, CaseId{12}));
  auto open = desk_.Open(100, CaseId{13});
  const Verdict opened = desk_.Decide(*open);
  const auto& refusal = std::get<platform::Refusal>(opened);
  EXPECT_EQ(refusal.reason(), "NOTHING_OWED");
  EXPECT_NE(refusal.message().find("compensation"), std::string::npos);
  EXPECT_EQ(desk_.Reason(desk_.Fire(refund::Approve{1000})), "NOTHING_OWED");
}

TEST_F(NotReturnable, PartialAndRepeatedRefundsAreMeasuredAgainstWhatIsLeft) {
  desk_.Apply(desk_.Fire(refund::Approve{600}));
  desk_.Apply(desk_.Open(2400, CaseId{12}));
  EXPECT_EQ(desk_.Reason(desk_.Open(2401, CaseId{13})), "ABOVE_LINE_CEILING");
  desk_.Apply(desk_.Fire(refund::Approve{2400}, CaseId{12}));
  EXPECT_EQ(desk_.Line().reserved, 3000);
  EXPECT_EQ(desk_.Reason(desk_.Open(1, CaseId{13}, refund::Variant::kPriceDifference)),
            "NOTHING_OWED");
}

}  // namespace
}  // namespace redress::aftersales
