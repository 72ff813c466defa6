// Who is given which of nobody's cases.

#include <gtest/gtest.h>

#include "services/aftersales/domain/assignment.h"

namespace redress::aftersales {
namespace {

constexpr AccountId kAnn{1};
constexpr AccountId kBen{2};
constexpr CustomerId kCustomer{70};

Agent AgentOf(AccountId account, std::uint32_t open_cases = 0) {
  Agent agent;
  agent.account = account;
  agent.open_cases = open_cases;
  agent.shift.on = true;
  return agent;
}

WaitingCase CaseOf(std::uint64_t id, CustomerId customer = {}) {
  return {CaseId{id}, 1, std::string(kRefundKind), customer};
}

std::vector<AccountId> Given(const std::vector<WaitingCase>& waiting,
                             const std::vector<Agent>& agents,
                             const std::map<CustomerId, AccountId>& known = {}) {
  std::vector<AccountId> given(waiting.size());
  for (const Assignment& one : Assign(waiting, agents, known)) given.at(one.id.value - 1) = one.to;
  return given;
}

using Accounts = std::vector<AccountId>;
constexpr AccountId kNobody{};

TEST(Assign, GivesToTheOneWithTheFewestOpenCases) {
  EXPECT_EQ(Given({CaseOf(1)}, {AgentOf(kAnn, 3), AgentOf(kBen, 2)}), Accounts{kBen});
}

TEST(Assign, CountsWhatItHasJustGiven) {
  EXPECT_EQ(Given({CaseOf(1), CaseOf(2), CaseOf(3)}, {AgentOf(kAnn, 1), AgentOf(kBen, 0)}),
            (Accounts{kBen, kAnn, kBen}));
}

TEST(Assign, LeavesACaseNobodysWhenEverybodyIsAtTheCap) {
  Agent ann = AgentOf(kAnn, 4);
  ann.profile.most_open_cases = 5;
  EXPECT_EQ(Given({CaseOf(1), CaseOf(2)}, {ann}), (Accounts{kAnn, kNobody}));
}

TEST(Assign, GivesOnlyKindsThatAnAgentTakes) {
  Agent ann = AgentOf(kAnn, 0);
  ann.profile.kinds = {std::string(kDisputeKind)};
  EXPECT_EQ(Given({CaseOf(1)}, {ann}), Accounts{kNobody});
  EXPECT_EQ(Given({CaseOf(1)}, {ann, AgentOf(kBen, 9)}), Accounts{kBen});
}

TEST(Assign, KeepsACustomerWithTheAgentOfTheirOpenCaseAlsoAboveTheCap) {
  Agent ann = AgentOf(kAnn, 15);
  EXPECT_EQ(Given({CaseOf(1, kCustomer)}, {ann, AgentOf(kBen, 0)}, {{kCustomer, kAnn}}),
            Accounts{kAnn});
}

TEST(Assign, GivesTwoNewCasesOfOneCustomerToOneAgent) {
  EXPECT_EQ(Given({CaseOf(1, kCustomer), CaseOf(2, kCustomer)}, {AgentOf(kAnn), AgentOf(kBen)}),
            (Accounts{kAnn, kAnn}));
}

TEST(Assign, GivesACustomerToAColleagueWhileTheirAgentIsOffShift) {
  EXPECT_EQ(Given({CaseOf(1, kCustomer)}, {AgentOf(kBen)}, {{kCustomer, kAnn}}), Accounts{kBen});
}

TEST(Assign, GivesACustomerToAColleagueWhereTheirAgentLacksTheSkill) {
  Agent ann = AgentOf(kAnn);
  ann.profile.kinds = {std::string(kDisputeKind)};
  EXPECT_EQ(Given({CaseOf(1, kCustomer)}, {ann, AgentOf(kBen)}, {{kCustomer, kAnn}}),
            Accounts{kBen});
}

TEST(Assign, NeverGivesACaseBackToWhoHadIt) {
  WaitingCase given_up = CaseOf(1, kCustomer);
  given_up.earlier = {kAnn};
  EXPECT_EQ(Given({given_up}, {AgentOf(kAnn), AgentOf(kBen, 9)}, {{kCustomer, kAnn}}),
            Accounts{kBen});
  EXPECT_EQ(Given({given_up}, {AgentOf(kAnn)}), Accounts{kNobody});
}

TEST(Shift, EndsByItself) {
  const Shift shift{true, 100};
  EXPECT_TRUE(shift.IsOn(99));
  EXPECT_FALSE(shift.IsOn(100));
  EXPECT_TRUE((Shift{true, 0}.IsOn(1'000'000)));
  EXPECT_FALSE((Shift{false, 0}.IsOn(1)));
}

}  // namespace
}  // namespace redress::aftersales
