#include <gtest/gtest.h>

#include <algorithm>

#include "tests/unit/workflows/walk.h"

namespace redress::workflows::refund {
namespace {

AllowedEvent Find(const std::vector<AllowedEvent>& answers, std::string_view event) {
  const auto it = std::find_if(answers.begin(), answers.end(),
                               [&](const AllowedEvent& answer) { return answer.event == event; });
  EXPECT_NE(it, answers.end()) << event;
  return it == answers.end() ? AllowedEvent{} : *it;
}

TEST(RefundAllowed, AnswersForEveryEventOfTheTableInItsOrder) {
  const Case c;
  const auto answers = AllowedEvents(c.state, c.facts);
  ASSERT_EQ(answers.size(), Describe().events.size());
  for (std::size_t i = 0; i < answers.size(); ++i) {
    EXPECT_EQ(answers[i].event, Describe().events[i].name);
    EXPECT_EQ(answers[i].allowed, answers[i].refusal.code.empty()) << answers[i].event;
    EXPECT_EQ(answers[i].allowed, !answers[i].target.empty()) << answers[i].event;
  }
}

TEST(RefundAllowed, SaysWhereItLeadsOrWhyNot) {
  const Case c;
  const auto answers = AllowedEvents(c.state, c.facts);
  EXPECT_EQ(Find(answers, "approve").target, "Settling");
  EXPECT_EQ(Find(answers, "reject").target, "Rejected");
  const AllowedEvent ship = Find(answers, "ship_return");
  EXPECT_FALSE(ship.allowed);
  EXPECT_EQ(ship.refusal.code, kNotLegalInState);
  EXPECT_EQ(ship.refusal.expected, "AwaitingReturn, InDispute");
  EXPECT_EQ(ship.refusal.found, "Requested");
}

TEST(RefundAllowed, ShowsTheFirstApproverThatSomebodyElseMustApprove) {
  Case c = InPendingApproval();
  c.As(Supervisor(kAgentId));
  EXPECT_EQ(Find(AllowedEvents(c.state, c.facts), "approve_large").refusal.code, "FOUR_EYES");
  c.As(Supervisor());
  EXPECT_TRUE(Find(AllowedEvents(c.state, c.facts), "approve_large").allowed);
}

TEST(RefundAllowed, ChangesNothing) {
  const Case c = InDisagreed();
  const auto before = AllowedEvents(c.state, c.facts);
  const auto after = AllowedEvents(c.state, c.facts);
  for (std::size_t i = 0; i < before.size(); ++i) EXPECT_EQ(before[i].target, after[i].target);
  EXPECT_EQ(Find(before, "accept_partial_offer").target, "Settling");
}

TEST(RefundAllowed, NothingIsAllowedInAFinalState) {
  Case c = InFollowingUp();
  c.Take(RecordFollowUp{5}, "Completed");
  for (const AllowedEvent& answer : AllowedEvents(c.state, c.facts)) {
    EXPECT_FALSE(answer.allowed) << answer.event;
  }
}

}  // namespace
}  // namespace redress::workflows::refund
