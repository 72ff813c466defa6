#include <gtest/gtest.h>

#include "tests/unit/aftersales/desk.h"

namespace redress::aftersales {
namespace {

namespace refund = workflows::refund;
constexpr AccountId kColleague{103};

StepText Note() {
  StepText note;
  note.clear = "the buyer calls back on Monday";
  note.digest.fill(1);
  return note;
}

class Assignment : public ::testing::Test {
 protected:
  Assignment() { desk.Apply(desk.Open(1000)); }

  std::unique_ptr<Command> Assign(AccountId to, std::optional<AccountId> from = std::nullopt) {
    return desk.Make(AssignTo{to, from});
  }
  std::unique_ptr<Command> AsSupervisor(std::unique_ptr<Command> command) {
    command->sender.account = Desk::kSupervisor;
    command->sender.is_supervisor = true;
    return command;
  }

  Desk desk;
};

TEST_F(Assignment, AnAgentTakesACaseThatIsNobodys) {
  EXPECT_EQ(desk.Apply(Assign(Desk::kAgent)).after.assignee, Desk::kAgent);
}

TEST_F(Assignment, AnAgentGivesNobodysCaseToNobodyElse) {
  EXPECT_EQ(desk.Reason(Assign(kColleague)), "SUPERVISOR_REQUIRED");
}

TEST_F(Assignment, AnAgentGivesUpTheirOwnCase) {
  desk.Apply(Assign(Desk::kAgent));
  EXPECT_EQ(desk.Apply(Assign({})).after.assignee, AccountId{});
}

TEST_F(Assignment, AnAgentTransfersTheirOwnCaseWithANote) {
  desk.Apply(Assign(Desk::kAgent));
  auto transfer = Assign(kColleague);
  transfer->text = Note();
  EXPECT_EQ(desk.Apply(std::move(transfer)).after.assignee, kColleague);
  EXPECT_FALSE(desk.steps.back().text_digest.empty());
}

TEST_F(Assignment, ATransferWithoutANoteNamesTheField) {
  desk.Apply(Assign(Desk::kAgent));
  const Verdict verdict = desk.Decide(*Assign(kColleague));
  const auto& refusal = std::get<platform::Refusal>(verdict);
  ASSERT_EQ(refusal.violations().size(), 1U);
  EXPECT_EQ(refusal.violations()[0].field, "note");
}

TEST_F(Assignment, AnAgentTransfersNoColleaguesCase) {
  desk.Apply(AsSupervisor(Assign(kColleague)));
  auto transfer = Assign(Desk::kAgent);
  transfer->text = Note();
  EXPECT_EQ(desk.Reason(std::move(transfer)), "SUPERVISOR_REQUIRED");
}

TEST_F(Assignment, ASupervisorReassignsEveryCase) {
  desk.Apply(Assign(Desk::kAgent));
  EXPECT_EQ(desk.Apply(AsSupervisor(Assign(kColleague))).after.assignee, kColleague);
}

TEST_F(Assignment, AClaimOfATakenCaseIsRefused) {
  desk.Apply(Assign(Desk::kAgent));
  auto claim = Assign(kColleague, AccountId{});
  claim->sender.account = kColleague;
  EXPECT_EQ(desk.Reason(std::move(claim)), "ASSIGNEE_CHANGED");
}

TEST_F(Assignment, AHandOverLeavesACaseThatHasMovedOn) {
  desk.Apply(AsSupervisor(Assign(kColleague)));
  EXPECT_EQ(desk.Reason(AsSupervisor(Assign(Desk::kAgent, AccountId{104}))), "ASSIGNEE_CHANGED");
  EXPECT_EQ(desk.Apply(AsSupervisor(Assign(Desk::kAgent, kColleague))).after.assignee,
            Desk::kAgent);
}

TEST_F(Assignment, KeepsWhatCallsForAPerson) {
  desk.Apply(desk.Make(CallPerson{refund::PersonQueue::kFinance, "LOOK_AT_IT"}));
  EXPECT_EQ(desk.Apply(Assign(Desk::kAgent)).after.needs_person, "LOOK_AT_IT");
}

TEST_F(Assignment, AReminderMarksTheCaseAndRaisesIt) {
  const auto reminder = CallPerson{refund::PersonQueue::kAgents, std::string(kReminded)};
  const Answer reminded = desk.Apply(desk.Make(reminder));
  EXPECT_EQ(reminded.after.needs_person, kReminded);
  EXPECT_EQ(reminded.after.priority, 2);
}

TEST_F(Assignment, AReminderTakesNoOtherCallsPlace) {
  desk.Apply(desk.Make(CallPerson{refund::PersonQueue::kFinance, "LOOK_AT_IT"}));
  const auto reminder = CallPerson{refund::PersonQueue::kAgents, std::string(kReminded)};
  const Answer reminded = desk.Apply(desk.Make(reminder));
  EXPECT_EQ(reminded.after.needs_person, "LOOK_AT_IT");
  EXPECT_EQ(reminded.after.queue, refund::PersonQueue::kFinance);
}

TEST_F(Assignment, NobodyIsRemindedOfACaseThatHasEnded) {
  desk.Apply(desk.Fire(refund::Withdraw{}));
  const auto reminder = CallPerson{refund::PersonQueue::kAgents, std::string(kReminded)};
  EXPECT_EQ(desk.Reason(desk.Make(reminder)), "CASE_FINAL");
}

}  // namespace
}  // namespace redress::aftersales
