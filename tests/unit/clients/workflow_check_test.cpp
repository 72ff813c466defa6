// Whether live cases can go on under another program's machines.

#include "clients/cli/workflow_check.h"

#include <gtest/gtest.h>

namespace redress::cli {
namespace {

namespace v1 = aftersales::v1;

class WorkflowCheck : public ::testing::Test {
 protected:
  WorkflowCheck() {
    machine_ = machines_.add_workflows();
    machine_->set_kind("refund");
    machine_->set_version(4);
    v1::WorkflowState* state = machine_->add_states();
    state->set_name("Requested");
    state->set_deadline_rule("seller_answers");
    v1::WorkflowState* end = machine_->add_states();
    end->set_name("Closed");
    end->set_final(true);
    v1::WorkflowDeadline* rule = machine_->add_deadlines();
    rule->set_rule("seller_answers");
    rule->set_condition("unshipped");
    cases_.set_kind("refund");
    cases_.set_workflow_version(3);
    cases_.set_state("Requested");
    cases_.set_deadline_rule("seller_answers");
    cases_.set_deadline_condition("unshipped");
    cases_.set_count(7);
  }
  std::string Reasons() const {
    std::string all;
    for (const LiveProblem& one : CheckLive(cases_, machines_)) all += one.reason + " ";
    return all;
  }

  v1::WorkflowSet machines_;
  v1::Workflow* machine_;
  v1::LiveCases cases_;
};

TEST_F(WorkflowCheck, PassesWhatKeepsItsStateAndDeadline) { EXPECT_EQ(Reasons(), ""); }

TEST_F(WorkflowCheck, NamesAKindThatIsGone) {
  cases_.set_kind("poem");
  EXPECT_EQ(Reasons(), "KIND_GONE ");
}
TEST_F(WorkflowCheck, NamesAStateThatIsGone) {
  machine_->mutable_states(0)->set_name("Asked");
  EXPECT_EQ(Reasons(), "STATE_GONE ");
}
TEST_F(WorkflowCheck, NamesAStateThatHasBecomeFinal) {
  machine_->mutable_states(0)->set_final(true);
  EXPECT_EQ(Reasons(), "STATE_FINAL ");
}
TEST_F(WorkflowCheck, NamesADeadlineThatIsNoLongerTheStates) {
  machine_->mutable_states(0)->set_deadline_rule("reship");
  EXPECT_EQ(Reasons(), "RULE_DIFFERS ");
}
TEST_F(WorkflowCheck, NamesARuleWithoutADefault) {
  machine_->mutable_deadlines(0)->set_condition("shipped");
  EXPECT_EQ(Reasons(), "RULE_GONE ");
}
TEST_F(WorkflowCheck, NamesAMachineOlderThanTheCases) {
  cases_.set_workflow_version(5);
  EXPECT_EQ(Reasons(), "VERSION_OLDER ");
}

}  // namespace
}  // namespace redress::cli
