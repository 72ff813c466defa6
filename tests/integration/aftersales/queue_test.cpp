// The queue worked as a whole, over the real database: claims, hand-overs, many cases at once.

#include <atomic>
#include <mutex>
#include <set>

#include "services/aftersales/domain/claim.h"
#include "services/aftersales/domain/history.h"
#include "services/aftersales/domain/many_commands.h"
#include "services/aftersales/store/hand_over_plans.h"
#include "services/platform/database/transact.h"
#include "tests/integration/aftersales/house.h"
#include "tests/support/figure.h"

namespace redress::aftersales {
namespace {

using platform::Code;
using platform::FaultPlan;
using platform::Refusal;
namespace refund = workflows::refund;

constexpr AccountId kLeaver{200};
constexpr AccountId kHeir{201};

std::unique_ptr<Command> ClaimOf(House& house, AccountId agent) {
  auto claim = house.Make({}, AssignTo{});
  claim->sender.account = agent;
  return claim;
}

// As a client does: the same request again while nobody knows what became of it.
std::optional<Answer> InsistOnClaim(House& house, const Command& claim,
                                    const std::string& state = "") {
  while (true) {
    try {
      return ClaimNext(house.cases, house.engine, claim, state);
    } catch (const Refusal& refusal) {
      if (refusal.code() != Code::kUnavailable) throw;
    }
  }
}

std::vector<CaseId> OpenSome(House& house, int count) {
  std::vector<CaseId> cases;
  for (int i = 0; i < count; ++i) {
    cases.push_back(house.OpenCase(LineId{700 + static_cast<std::uint64_t>(i)}, 100));
    house.ground.clock.Advance(1000);
  }
  return cases;
}

class Claims : public ::testing::TestWithParam<bool> {
 protected:
  FaultPlan faults_{50, 10, 5};
  Ground ground_{GetParam() ? &faults_ : nullptr};
  House here_{ground_, 1};
  House there_{ground_, 2};  // another process over the same database
};

TEST_P(Claims, NoTwoAgentsGetTheSameCase) {
  constexpr int kAgents = 32;
  constexpr int kCases = 24;
  const std::vector<CaseId> cases = OpenSome(here_, kCases);
  std::mutex mutex;
  std::multiset<CaseId> taken;
  std::atomic<int> empty_handed = 0;
  Together(kAgents, [&](int i) {
    House& house = i % 2 == 0 ? here_ : there_;
    const auto claim = ClaimOf(house, AccountId{1000 + static_cast<std::uint64_t>(i)});
    const auto answer = InsistOnClaim(house, *claim);
    if (!answer) {
      ++empty_handed;
      return;
    }
    EXPECT_EQ(answer->after.assignee, claim->sender.account);
    const std::lock_guard lock(mutex);
    taken.insert(answer->after.id);
  });
  EXPECT_EQ(empty_handed, kAgents - kCases);
  EXPECT_EQ(std::set<CaseId>(taken.begin(), taken.end()),
            std::set<CaseId>(cases.begin(), cases.end()));
  const auto doubled =
      static_cast<double>(taken.size() - std::set<CaseId>(taken.begin(), taken.end()).size());
  EXPECT_EQ(doubled, 0);
  test::Figure("double_claims", doubled);
}

INSTANTIATE_TEST_SUITE_P(WithAndWithoutFaults, Claims, ::testing::Bool());

TEST(Claim, TakesTheMostUrgentFirst) {
  Ground ground;
  House house(ground);
  const auto cases = OpenSome(house, 3);
  house.Insist(*house.Make(cases[2], WarnSupervisor{1}));
  EXPECT_EQ(InsistOnClaim(house, *ClaimOf(house, kAgent))->after.id, cases[2]);
  EXPECT_EQ(InsistOnClaim(house, *ClaimOf(house, kAgent))->after.id, cases[0]);
}

TEST(Claim, ARepeatGetsTheSameCase) {
  Ground ground;
  House house(ground);
  OpenSome(house, 3);
  const auto claim = ClaimOf(house, kAgent);
  const auto first = InsistOnClaim(house, *claim);
  const auto again = InsistOnClaim(house, *claim);
  EXPECT_TRUE(again->repeated);
  EXPECT_EQ(again->after.id, first->after.id);
  auto other = ClaimOf(house, kHeir);
  other->request_id = claim->request_id;
  EXPECT_THROW(InsistOnClaim(house, *other), Refusal);
}

TEST(Claim, OnlyTakesCasesInTheStateThatWasAskedFor) {
  Ground ground;
  House house(ground);
  const auto cases = OpenSome(house, 2);
  house.Insist(*house.Fire(cases[1], refund::Approve{100}));
  EXPECT_EQ(InsistOnClaim(house, *ClaimOf(house, kAgent), "Settling")->after.id, cases[1]);
  EXPECT_FALSE(InsistOnClaim(house, *ClaimOf(house, kAgent), "Settling"));
}

// What HandOverCases does for each case of the plan.
std::vector<Verdict> HandOver(House& house, const WriteRequest& request, const HandOverPlan& plan,
                              AccountId to) {
  std::vector<std::unique_ptr<Command>> commands;
  for (const CaseId id : plan.cases) {
    auto command = house.Make(id, AssignTo{to, kLeaver});
    command->request_id = request.request_id + ":" + platform::ToString(id);
    command->digest.fill(9);
    command->sender.is_supervisor = true;
    commands.push_back(std::move(command));
  }
  return ApplyMany(house.engine, std::move(commands));
}

bool AllApplied(const std::vector<Verdict>& verdicts) {
  return std::ranges::all_of(
      verdicts, [](const Verdict& one) { return std::holds_alternative<Answer>(one); });
}

class HandOvers : public ::testing::Test {
 protected:
  HandOvers() : house_(ground_), plans_(ground_.pool), cases_(OpenSome(house_, 5)) {
    for (const CaseId id : cases_) {
      auto assign = house_.Make(id, AssignTo{kLeaver});
      assign->sender.is_supervisor = true;
      house_.Insist(*assign);
    }
  }
  HandOverPlan Plan(const WriteRequest& request, std::size_t limit = 1000) {
    while (true) {
      try {
        return plans_.Plan(kShop, request, {kLeaver, false}, limit, ground_.clock.NowUs());
      } catch (const Refusal& refusal) {
        if (refusal.code() != Code::kUnavailable) throw;
      }
    }
  }
  // Repeated until nothing is in doubt, as a client does.
  std::vector<Verdict> Insist(const WriteRequest& request, AccountId to) {
    while (true) {
      std::vector<Verdict> verdicts = HandOver(house_, request, Plan(request), to);
      const bool in_doubt = std::ranges::any_of(verdicts, [](const Verdict& one) {
        const auto* refusal = std::get_if<Refusal>(&one);
        return refusal != nullptr && refusal->code() == Code::kUnavailable;
      });
      if (!in_doubt) return verdicts;
    }
  }
  std::size_t CountOf(AccountId account) {
    CaseQuery query;
    query.shop = kShop;
    query.assignee = account;
    return house_.cases.List(query).size();
  }

  Ground ground_;
  House house_;
  SqlHandOverPlans plans_;
  const std::vector<CaseId> cases_;
};

TEST_F(HandOvers, GiveEveryOpenCaseToTheHeir) {
  const auto verdicts = Insist(house_.Request(), kHeir);
  EXPECT_EQ(verdicts.size(), 5U);
  EXPECT_TRUE(AllApplied(verdicts));
  EXPECT_EQ(CountOf(kLeaver), 0U);
  EXPECT_EQ(CountOf(kHeir), 5U);
}

TEST_F(HandOvers, LeaveEndedCasesWhereTheyAre) {
  house_.Insist(*house_.Fire(cases_[0], refund::Withdraw{}));
  EXPECT_EQ(Plan(house_.Request()).cases.size(), 4U);
}

TEST_F(HandOvers, GoOnAfterACrashInTheMiddle) {
  const WriteRequest request = house_.Request();
  HandOverPlan begun = Plan(request);
  begun.cases.resize(2);  // the process ends here
  ASSERT_TRUE(AllApplied(HandOver(house_, request, begun, kHeir)));
  EXPECT_EQ(CountOf(kLeaver), 3U);
  House restarted(ground_, 2);
  SqlHandOverPlans plans(ground_.quiet_pool);
  const HandOverPlan plan =
      plans.Plan(kShop, request, {kLeaver, false}, 1000, ground_.clock.NowUs());
  EXPECT_EQ(plan.cases.size(), 5U);
  EXPECT_TRUE(AllApplied(HandOver(restarted, request, plan, kHeir)));
  EXPECT_EQ(CountOf(kHeir), 5U);
  for (const CaseId id : cases_) {
    EXPECT_EQ(house_.History(id).size(), 3U) << "handed over once";
  }
}

TEST_F(HandOvers, ARepeatIsAboutTheSameCasesAndAnswersAsBefore) {
  const WriteRequest request = house_.Request();
  const auto first = Insist(request, kHeir);
  const CaseId later = house_.OpenCase(LineId{900}, 100);
  auto assign = house_.Make(later, AssignTo{kLeaver});
  assign->sender.is_supervisor = true;
  house_.Insist(*assign);
  const auto again = Insist(request, kHeir);
  ASSERT_EQ(again.size(), first.size());
  for (std::size_t i = 0; i < first.size(); ++i) {
    EXPECT_EQ(std::get<Answer>(again[i]).after.version, std::get<Answer>(first[i]).after.version);
  }
  EXPECT_EQ(CountOf(kLeaver), 1U);
}

TEST_F(HandOvers, SayThatThereAreMore) {
  const HandOverPlan plan = Plan(house_.Request(), 3);
  EXPECT_EQ(plan.cases.size(), 3U);
  EXPECT_TRUE(plan.more);
  EXPECT_FALSE(Plan(house_.Request(), 5).more);
}

TEST_F(HandOvers, RefuseAnotherRequestUnderTheSameId) {
  WriteRequest request = house_.Request();
  Plan(request);
  request.digest[0] ^= 1;
  EXPECT_THROW(Plan(request), Refusal);
}

TEST_F(HandOvers, NeedAnAccountThatHasCasesOrIsAMember) {
  const WriteRequest request = house_.Request();
  try {
    plans_.Plan(kShop, request, {AccountId{999}, false}, 10, ground_.clock.NowUs());
    ADD_FAILURE() << "a stranger's cases were planned";
  } catch (const Refusal& refusal) {
    EXPECT_TRUE(refusal.code() == Code::kNotFound || refusal.code() == Code::kUnavailable);
  }
}

TEST(ManyCommands, AreAllDoneThoughTheEnginesQueueIsSmall) {
  Ground ground;
  House house(ground);
  CaseEngine::Options options;
  options.workers = 1;
  options.max_batch = 4;
  options.max_queue = 4;
  options.max_queue_per_shop = 4;
  CaseEngine small(std::move(options), house.store, house.policies, ground.clock);
  const auto cases = OpenSome(house, 60);
  std::vector<std::unique_ptr<Command>> commands;
  for (const CaseId id : cases) commands.push_back(house.Make(id, AssignTo{kAgent}));
  std::vector<std::unique_ptr<Command>> again;
  for (const auto& one : commands) again.push_back(std::make_unique<Command>(*one));
  ApplyMany(small, std::move(commands));
  // What a fault left in doubt, the repeat settles.
  for (int i = 0; i < 20; ++i) {
    std::vector<std::unique_ptr<Command>> repeat;
    for (const auto& one : again) repeat.push_back(std::make_unique<Command>(*one));
    if (AllApplied(ApplyMany(small, std::move(repeat)))) break;
  }
  for (const CaseId id : cases) {
    EXPECT_EQ(house.Now(id).assignee, kAgent);
    EXPECT_EQ(house.History(id).size(), 2U);
  }
}

TEST(ManyCommands, WithoutTimeLeftAreAnsweredAndNotDone) {
  Ground ground;
  House house(ground);
  const auto cases = OpenSome(house, 3);
  std::vector<std::unique_ptr<Command>> commands;
  for (const CaseId id : cases) {
    commands.push_back(house.Make(id, AssignTo{kAgent}));
    commands.back()->expires = std::chrono::steady_clock::now();
  }
  for (const Verdict& verdict : ApplyMany(house.engine, std::move(commands))) {
    EXPECT_EQ(std::get<Refusal>(verdict).code(), Code::kDeadlineExceeded);
  }
  EXPECT_EQ(house.History(cases[0]).size(), 1U);
}

TEST(ManyCommands, OneThatIsRefusedKeepsNoOtherFromBeingDone) {
  Ground ground(nullptr);
  House house(ground);
  const auto cases = OpenSome(house, 3);
  house.Insist(*house.Fire(cases[1], refund::Withdraw{}));
  std::vector<std::unique_ptr<Command>> commands;
  for (const CaseId id : cases) commands.push_back(house.Fire(id, refund::Reject{}));
  const auto verdicts = ApplyMany(house.engine, std::move(commands));
  EXPECT_EQ(std::get<Answer>(verdicts[0]).after.state, "Rejected");
  EXPECT_EQ(std::get<Refusal>(verdicts[1]).reason(), "NOT_LEGAL_IN_STATE");
  EXPECT_EQ(std::get<Answer>(verdicts[2]).after.state, "Rejected");
}

std::int64_t SortedRows(Ground& ground) {
  return ground.Count(
      "SELECT CAST(variable_value AS SIGNED) FROM information_schema.global_status"
      " WHERE variable_name = 'SORT_ROWS'");
}

// The figure that the server keeps of sorting: a list that reads along its index sorts nothing.
TEST(CaseLists, SortNothing) {
  Ground ground(nullptr);
  House house(ground);
  OpenSome(house, 40);
  CaseQuery queue;
  queue.shop = kShop;
  queue.limit = 5;
  std::vector<CaseQuery> lists(7, queue);
  lists[1].assignee = AccountId{};
  lists[2].state = "Requested";
  lists[3].kind = "refund";
  lists[4].person_queue = refund::PersonQueue::kAgents;
  lists[5].order = CaseOrder::kNewest;
  lists[6].order = CaseOrder::kNewest;
  lists[6].about_order = OrderId{70};
  for (std::size_t i = 0; i < lists.size(); ++i) {
    const std::int64_t before = SortedRows(ground);
    house.cases.List(lists[i]);
    EXPECT_EQ(SortedRows(ground), before) << "list " << i;
  }
  const std::int64_t before = SortedRows(ground);
  ground.Count("SELECT case_id FROM cases WHERE shop_id = 7 ORDER BY currency, case_number");
  EXPECT_GT(SortedRows(ground), before) << "the server counts";
}

TEST(CaseLists, FilterByKindAndByWhomTheCaseWaitsFor) {
  Ground ground(nullptr);
  House house(ground);
  const auto cases = OpenSome(house, 3);
  house.Insist(*house.Make(cases[1], CallPerson{refund::PersonQueue::kFinance, "LOOK_AT_IT"}));
  CaseQuery query;
  query.shop = kShop;
  query.person_queue = refund::PersonQueue::kFinance;
  ASSERT_EQ(house.cases.List(query).size(), 1U);
  EXPECT_EQ(house.cases.List(query)[0].id, cases[1]);
  query.person_queue = refund::PersonQueue::kAgents;
  EXPECT_TRUE(house.cases.List(query).empty());
  query.person_queue.reset();
  query.kind = "refund";
  EXPECT_EQ(house.cases.List(query).size(), 3U);
  query.kind = "dispute";
  EXPECT_TRUE(house.cases.List(query).empty());
}

// A row of the time before points were kept counts what its priority tells.
TEST(TriageColumn, IsWorkedOutForRowsThatHaveNone) {
  Ground ground(nullptr);
  House house(ground);
  const CaseId id = OpenSome(house, 1)[0];
  house.Insist(*house.Make(id, WarnSupervisor{1}));
  platform::Transact(ground.quiet_pool, [](platform::Connection& db) {
    db.Execute("UPDATE cases SET triage = NULL WHERE shop_id = 7");
  });
  EXPECT_EQ(house.Now(id).triage, (TriagePoints{0, 0, 0, 0, 1}));
  EXPECT_EQ(house.Now(id).priority, 2);
}

}  // namespace
}  // namespace redress::aftersales
