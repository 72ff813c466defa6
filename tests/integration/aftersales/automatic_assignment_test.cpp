// Nobody's cases given to agents on shift, over the real database.

#include "services/aftersales/domain/automatic_assignment.h"

#include <set>

#include "services/aftersales/domain/history.h"
#include "services/aftersales/store/agent_repository.h"
#include "tests/integration/aftersales/house.h"
#include "tests/support/figure.h"

namespace redress::aftersales {
namespace {

using platform::Code;
using platform::FaultPlan;
using platform::kMinuteUs;
using platform::Refusal;

constexpr AccountId kAnn{301};
constexpr AccountId kBen{302};
constexpr AccountId kSupervisor{303};

// A process that gives cases to agents.
struct Desk {
  explicit Desk(Ground& ground, std::uint16_t worker_number = 1) : house(ground, worker_number) {}

  AgentChange ChangeOf(AccountId account) {
    return {kShop, account, kSupervisor, house.ground.clock.NowUs()};
  }
  // As a client does: again while nobody knows what became of it.
  template <class Write>
  auto Insist(Write write) {
    while (true) {
      try {
        return write();
      } catch (const Refusal& refusal) {
        if (refusal.code() != Code::kUnavailable) throw;
      }
    }
  }
  Agent Begin(AccountId account, std::int64_t ends_at = 0) {
    const WriteRequest request = house.Request();
    return Insist([&] { return agents.SetShift(ChangeOf(account), request, {true, ends_at}); });
  }
  Agent Update(AccountId account, std::uint32_t version, const AgentProfile& profile) {
    const WriteRequest request = house.Request();
    return Insist([&] { return agents.Update(ChangeOf(account), request, version, profile); });
  }
  // Looks at the shop until a look was not disturbed by a fault.
  void Give() {
    notices.Add(kShop);
    Insist([&] { return assignment.Round(); });
  }
  std::vector<CaseId> Open(int count) {
    std::vector<CaseId> cases;
    for (int i = 0; i < count; ++i) {
      cases.push_back(house.OpenCase(LineId{static_cast<std::uint64_t>(++lines)}, 100));
      house.ground.clock.Advance(1000);
    }
    return cases;
  }
  AccountId AssigneeOf(CaseId id) { return house.Now(id).assignee; }

  House house;
  SqlAgentRepository agents{house.ground.pool};
  AssignmentNotices notices;
  std::set<AccountId> gone;  // from the shop
  AutomaticAssignment assignment{
      {.works_here = [this](ShopId, AccountId account) { return !gone.contains(account); }},
      notices,
      agents,
      house.cases,
      house.engine,
      house.ground.clock};
  int lines = 0;
};

struct OneDesk : ::testing::Test {
  Ground ground;
  Desk desk{ground};
};

using AutomaticAssignmentTest = OneDesk;

TEST_F(AutomaticAssignmentTest, GivesEveryCaseToSomebodyOnShift) {
  const auto cases = desk.Open(4);
  desk.Begin(kAnn);
  desk.Begin(kBen);
  desk.Give();
  for (const CaseId id : cases) EXPECT_NE(desk.AssigneeOf(id), AccountId{});
}

TEST_F(AutomaticAssignmentTest, GivesCasesOfDifferentCustomersToWhoHasTheFewest) {
  desk.house.line_facts.customer = CustomerId{51};
  const CaseId first = desk.Open(1).front();
  desk.house.line_facts.customer = CustomerId{52};
  const CaseId second = desk.Open(1).front();
  desk.Begin(kAnn);
  desk.Begin(kBen);
  desk.Give();
  EXPECT_EQ(desk.AssigneeOf(first), kAnn);
  EXPECT_EQ(desk.AssigneeOf(second), kBen);
}

TEST_F(AutomaticAssignmentTest, KeepsACustomerWithTheirAgent) {
  desk.house.line_facts.customer = CustomerId{51};
  const CaseId first = desk.Open(1).front();
  desk.Begin(kAnn);
  desk.Give();
  desk.Begin(kBen);
  const CaseId second = desk.Open(1).front();
  desk.Give();
  EXPECT_EQ(desk.AssigneeOf(first), kAnn);
  EXPECT_EQ(desk.AssigneeOf(second), kAnn);
}

TEST_F(AutomaticAssignmentTest, GivesNothingWhileNobodyIsOnShift) {
  const CaseId id = desk.Open(1).front();
  desk.Begin(kAnn, ground.clock.NowUs() + kMinuteUs);
  ground.clock.Advance(kMinuteUs);
  desk.Give();
  EXPECT_EQ(desk.AssigneeOf(id), AccountId{});
}

TEST_F(AutomaticAssignmentTest, GivesNothingToWhoHasLeftTheShop) {
  const CaseId id = desk.Open(1).front();
  desk.Begin(kAnn);
  desk.gone.insert(kAnn);
  desk.Give();
  EXPECT_EQ(desk.AssigneeOf(id), AccountId{});
}

TEST_F(AutomaticAssignmentTest, GivesACaseThatWasGivenUpToSomebodyElse) {
  const CaseId id = desk.Open(1).front();
  desk.Begin(kAnn);
  desk.Give();
  ASSERT_EQ(desk.AssigneeOf(id), kAnn);
  auto gives_up = desk.house.Make(id, AssignTo{});
  gives_up->sender.account = kAnn;
  desk.house.Insist(*gives_up);
  desk.Give();
  EXPECT_EQ(desk.AssigneeOf(id), AccountId{});
  desk.Begin(kBen);
  desk.Give();
  EXPECT_EQ(desk.AssigneeOf(id), kBen);
}

TEST_F(AutomaticAssignmentTest, LooksAtEveryShopOnShiftNowAndThen) {
  const CaseId id = desk.Open(1).front();
  desk.Begin(kAnn);
  desk.Insist([&] { return desk.assignment.Round(); });
  EXPECT_EQ(desk.AssigneeOf(id), kAnn);
}

TEST_F(AutomaticAssignmentTest, GoesOnBehindCasesThatNobodyTakes) {
  const auto cases = desk.Open(105);
  desk.Begin(kAnn);
  desk.Update(kAnn, 1, {.most_open_cases = 200});
  desk.Give();
  for (const CaseId id : cases) {
    auto gives_up = desk.house.Make(id, AssignTo{});
    gives_up->sender.account = kAnn;
    desk.house.Insist(*gives_up);
  }
  const CaseId last = desk.Open(1).front();
  desk.Give();
  EXPECT_EQ(desk.AssigneeOf(last), kAnn);
}

TEST_F(AutomaticAssignmentTest, StaysInTheHistoryAsTheServicesStep) {
  const CaseId id = desk.Open(1).front();
  desk.Begin(kAnn);
  desk.Give();
  const Step step = desk.house.History(id).back();
  EXPECT_EQ(step.event, kAssignEvent);
  EXPECT_EQ(step.actor_kind, workflows::ActorKind::kService);
  EXPECT_EQ(step.assignee, kAnn);
}

TEST_F(AutomaticAssignmentTest, RefusesAnUpdateOfAnOldVersion) {
  desk.Begin(kAnn);
  const Agent updated = desk.Update(kAnn, 1, {.team = "Night", .kinds = {"refund"}});
  EXPECT_EQ(updated.version, 2U);
  EXPECT_EQ(updated.profile.team, "Night");
  EXPECT_TRUE(updated.shift.on);
  EXPECT_THROW(desk.Update(kAnn, 1, {}), Refusal);
}

TEST_F(AutomaticAssignmentTest, ARepeatedUpdateChangesNothing) {
  const WriteRequest request = desk.house.Request();
  const auto update = [&] {
    return desk.agents.Update(desk.ChangeOf(kAnn), request, 0, {.team = "Day"});
  };
  EXPECT_EQ(desk.Insist(update).version, 1U);
  EXPECT_EQ(desk.Insist(update).version, 1U);
}

TEST_F(AutomaticAssignmentTest, ListsATeamWithItsOpenCases) {
  desk.Update(kAnn, 0, {.team = "Day"});
  desk.Update(kBen, 0, {.team = "Night"});
  desk.Begin(kAnn);
  desk.Open(2);
  desk.Give();
  const std::vector<Agent> day = desk.agents.List({kShop, "Day", {}, 10});
  ASSERT_EQ(day.size(), 1U);
  EXPECT_EQ(day.front().account, kAnn);
  EXPECT_EQ(day.front().open_cases, 2U);
  CaseQuery query;
  query.shop = kShop;
  query.team = "Day";
  EXPECT_EQ(desk.house.cases.List(query).size(), 2U);
  query.team = "Night";
  EXPECT_TRUE(desk.house.cases.List(query).empty());
  EXPECT_EQ(desk.agents.List({kShop, "", kAnn, 10}).size(), 1U);
}

// Two processes give, people claim, all at once: a case changes hands once.
TEST(AutomaticAssignmentRace, GivesEachCaseOnce) {
  Ground ground;
  Desk here(ground, 1);
  Desk there(ground, 2);
  here.Begin(kAnn);
  here.Begin(kBen);
  here.Update(kAnn, 1, {.most_open_cases = 200});
  here.Update(kBen, 1, {.most_open_cases = 200});
  const auto cases = here.Open(60);
  Together(6, [&](int i) {
    if (i % 3 == 2) {
      for (std::size_t n = static_cast<std::size_t>(i); n < cases.size(); n += 6) {
        auto claim = here.house.Make(cases[n], AssignTo{kAgent, AccountId{}});
        here.house.Reason(*claim);
      }
    } else {
      (i % 2 == 0 ? here : there).Give();
    }
  });
  here.Give();
  double given_twice = 0;
  for (const CaseId id : cases) {
    EXPECT_NE(here.AssigneeOf(id), AccountId{});
    int assigned = 0;
    for (const Step& step : here.house.History(id)) assigned += step.event == kAssignEvent ? 1 : 0;
    given_twice += assigned - 1;
  }
  EXPECT_EQ(given_twice, 0);
  test::Figure("double_assignments", given_twice);
}

}  // namespace
}  // namespace redress::aftersales
