// Many at once: what may happen once happens once, from two processes, with and without faults.

#include <atomic>
#include <mutex>

#include "services/aftersales/domain/settlement_dispatch.h"
#include "tests/integration/aftersales/house.h"
#include "tests/support/figure.h"

namespace redress::aftersales {
namespace {

using platform::FaultPlan;
namespace refund = workflows::refund;

constexpr int kThreads = 64;
constexpr LineId kLine{700};

// Cases that were paid more than once, and money beyond what was paid for a line.
constexpr char kSettledTwice[] =
    "SELECT COUNT(shop_id) FROM (SELECT shop_id, case_id FROM steps WHERE outcome = 'settled'"
    " GROUP BY shop_id, case_id HAVING COUNT(sequence) > 1) twice";
constexpr char kOverspent[] =
    "SELECT COUNT(l.shop_id) FROM line_ledger l WHERE l.settled + l.reserved > l.ceiling"
    " OR l.settled <> (SELECT COALESCE(SUM(c.settled_amount), 0) FROM cases c"
    " WHERE c.shop_id = l.shop_id AND c.line_id = l.line_id)"
    " OR l.settled <> (SELECT COALESCE(SUM(s.settled_minor), 0) FROM steps s, cases c"
    " WHERE c.shop_id = l.shop_id AND c.line_id = l.line_id AND s.shop_id = c.shop_id"
    " AND s.case_id = c.case_id)";

class DoubleAction : public ::testing::TestWithParam<bool> {
 protected:
  DoubleAction()
      : ground_(GetParam() ? &faults_ : nullptr), here_(ground_, 1), there_(ground_, 2) {}

  House& Either(int i) { return i % 2 == 0 ? here_ : there_; }

  FaultPlan faults_{50, 10, 5};
  Ground ground_;
  House here_;
  House there_;  // another process over the same database
};

TEST_P(DoubleAction, ThreeOfEightCasesAreSettledWhenTheLineCoversThree) {
  std::vector<CaseId> cases;
  for (int i = 0; i < 8; ++i) cases.push_back(here_.OpenCase(kLine, 1000));
  std::atomic<int> settled = 0;
  std::mutex mutex;
  std::set<CaseId> refused;
  Together(kThreads, [&](int i) {
    House& house = Either(i);
    const CaseId id = cases[static_cast<std::size_t>(i) % cases.size()];
    try {
      house.Insist(*house.Fire(id, refund::Approve{1000}));
    } catch (const platform::Refusal& refusal) {
      ASSERT_EQ(refusal.code(), platform::Code::kFailedPrecondition);
      if (refusal.reason() == "NOTHING_OWED") {
        EXPECT_EQ(refusal.metadata().at("left"), "0");
        const std::lock_guard lock(mutex);
        refused.insert(id);
      } else {
        EXPECT_EQ(refusal.reason(), "NOT_LEGAL_IN_STATE");  // another thread was first
      }
    }
    const RecordPayment paid{{PaymentResult::kSettled, "bank-" + std::to_string(i), ""}};
    if (house.Reason(*house.Make(id, paid)).empty()) ++settled;
  });
  EXPECT_EQ(settled, 3);
  EXPECT_EQ(refused.size(), 5u);
  const LedgerRow line = here_.cases.FindLine(kShop, kLine).value();
  EXPECT_EQ(line.settled, 3000);
  EXPECT_EQ(line.reserved, 0);
  EXPECT_EQ(ground_.Count("SELECT COUNT(shop_id) FROM settlements WHERE state = 2"), 3);
  const std::int64_t doubled = ground_.Count(kSettledTwice) + ground_.Count(kOverspent);
  EXPECT_EQ(doubled, 0);
  test::Figure("double_settlements", static_cast<double>(doubled));
}

// The ledger row's own ceiling is no witness here: what the order says is.
TEST_P(DoubleAction, AReleaseUnderALoweredCeilingFreesNoMoreThanTheOrderHas) {
  constexpr std::int64_t kOrdersCeiling = 1000;
  const CaseId first = here_.OpenCase(kLine, 3000);
  std::vector<CaseId> cases;
  for (int i = 0; i < 8; ++i) cases.push_back(here_.OpenCase(kLine, 1000));
  here_.Insist(*here_.Fire(first, refund::Approve{3000}));
  LineFacts lowered = here_.line_facts;
  lowered.line = kLine;
  lowered.order_version = 2;
  lowered.ceiling = kOrdersCeiling;
  here_.BringUpToDate(lowered);
  here_.Insist(
      *here_.Make(first, RecordPayment{{PaymentResult::kFailedForGood, "", "account closed"}}));
  std::atomic<int> approved = 0;
  std::atomic<int> settled = 0;
  Together(32, [&](int i) {
    House& house = Either(i);
    const CaseId id = cases[static_cast<std::size_t>(i) % cases.size()];
    if (house.Reason(*house.Fire(id, refund::Approve{1000})).empty()) ++approved;
    const RecordPayment paid{{PaymentResult::kSettled, "bank-" + std::to_string(i), ""}};
    if (house.Reason(*house.Make(id, paid)).empty()) ++settled;
  });
  EXPECT_EQ(approved, 1);
  EXPECT_EQ(settled, 1);
  const LedgerRow line = here_.cases.FindLine(kShop, kLine).value();
  EXPECT_LE(line.settled + line.reserved, kOrdersCeiling);
  EXPECT_EQ(line.ceiling, kOrdersCeiling);
  EXPECT_EQ(line.shortfall, 0);
  EXPECT_EQ(ground_.Count(kSettledTwice) + ground_.Count(kOverspent), 0);
}

TEST_P(DoubleAction, OneOf64ApprovalsOfACaseWins) {
  const CaseId id = here_.OpenCase(kLine, 1000);
  std::atomic<int> won = 0;
  std::atomic<int> aborted = 0;
  Together(kThreads, [&](int i) {
    House& house = Either(i);
    auto approve = house.Fire(id, refund::Approve{1000});
    approve->needs_version = true;
    approve->version = 1;
    try {
      house.Insist(*approve);
      ++won;
    } catch (const platform::Refusal& refusal) {
      EXPECT_EQ(refusal.code(), platform::Code::kAborted) << refusal.message();
      EXPECT_EQ(refusal.metadata().at("current_version"), "2");
      ++aborted;
    }
  });
  EXPECT_EQ(won, 1);
  EXPECT_EQ(aborted, kThreads - 1);
  EXPECT_EQ(here_.Now(id).version, 2u);
}

TEST_P(DoubleAction, OneRequestSentManyTimesIsAppliedOnceAndAlwaysAnsweredAlike) {
  const CaseId id = here_.OpenCase(kLine, 1000);
  const auto approve = here_.Fire(id, refund::Approve{1000});
  std::atomic<int> first = 0;
  Together(kThreads, [&](int i) {
    const Answer answer = Either(i).Insist(*approve);
    EXPECT_EQ(answer.after.version, 2u);
    EXPECT_EQ(answer.after.state, "Settling");
    if (!answer.repeated) ++first;
  });
  // With a lost COMMIT even the first caller may be answered by the look-up.
  EXPECT_LE(first, 1);
  EXPECT_EQ(here_.History(id).size(), 2u);
}

TEST_P(DoubleAction, OneOpeningSentManyTimesOpensOneCase) {
  const auto open = here_.Open(kLine, 1000);
  std::mutex mutex;
  std::set<CaseId> ids;
  Together(32, [&](int i) {
    Command mine = *open;
    mine.case_id = Either(i).ids.New<CaseId>();  // each call makes an id of its own
    const CaseId id = Either(i).Insist(mine).after.id;
    const std::lock_guard lock(mutex);
    ids.insert(id);
  });
  EXPECT_EQ(ids.size(), 1u);
  EXPECT_EQ(ground_.Count("SELECT COUNT(shop_id) FROM cases"), 1);
}

TEST_P(DoubleAction, OpeningsOfANewLineShareOneLedgerRow) {
  Together(16, [&](int i) { Either(i).Insist(*Either(i).Open(kLine, 1000)); });
  EXPECT_EQ(ground_.Count("SELECT COUNT(shop_id) FROM line_ledger"), 1);
  EXPECT_EQ(ground_.Count("SELECT COUNT(shop_id) FROM cases"), 16);
}

TEST_P(DoubleAction, APlatformRefundHasOneCase) {
  std::atomic<int> opened = 0;
  Together(16, [&](int i) {
    auto open = Either(i).Open(kLine, 1000);
    std::get<OpenCase>(open->body).platform_refund_id = "tb-1";
    const std::string reason = Either(i).Reason(*open);
    if (reason.empty()) {
      ++opened;
    } else {
      EXPECT_EQ(reason, "CASE_OF_PLATFORM_REFUND_ALREADY_EXISTS");
    }
  });
  EXPECT_EQ(opened, 1);
}

TEST_P(DoubleAction, ADeadlineAndPeopleAreDecidedOnce) {
  std::vector<CaseId> cases;
  for (int i = 0; i < 16; ++i) {
    cases.push_back(here_.OpenCase(LineId{1000 + static_cast<std::uint64_t>(i)}, 1000));
  }
  ground_.clock.Advance(40LL * 3600 * 1'000'000);
  DeadlineTimer timer({}, here_.deadlines, here_.engine, ground_.clock);
  DeadlineTimer other({}, there_.deadlines, there_.engine, ground_.clock);
  Together(18, [&](int i) {
    if (i >= 16) {
      (i == 16 ? timer : other).Round();
      return;
    }
    House& house = Either(i);
    const std::string reason =
        house.Reason(*house.Fire(cases[static_cast<std::size_t>(i)], refund::Reject{}));
    EXPECT_TRUE(reason.empty() || reason == "NOT_LEGAL_IN_STATE") << reason;
  });
  while (!here_.deadlines.Due(ground_.clock.NowUs(), 1).empty()) timer.Round();
  for (const CaseId id : cases) {
    const std::vector<Step> steps = here_.History(id);
    ASSERT_EQ(steps.size(), 2u);
    const bool by_timer = steps[1].actor_kind == refund::ActorKind::kTimeout;
    EXPECT_EQ(steps[1].to_state, by_timer ? "Settling" : "Rejected");
    EXPECT_EQ(steps[1].deadline_rule, by_timer ? "seller_answers" : "");
  }
}

TEST_P(DoubleAction, OneOfManyClaimsHoldsTheLease) {
  const WarehouseTask claimed = here_.ReturnUnderWay(kLine);
  const std::int64_t now = ground_.clock.NowUs() + 901'000'000;  // that lease has run out
  std::atomic<int> won = 0;
  Together(16, [&](int i) {
    const AccountId account{200 + static_cast<std::uint64_t>(i)};
    const WriteRequest request = Either(i).Request();
    while (true) {
      try {
        const WarehouseTask task = Either(i).tasks.Change(
            kShop, claimed.id, request,
            [&](WarehouseTask& locked) { Claim(locked, account, now + 900'000'000, now); }, now);
        EXPECT_EQ(task.claimed_by, account);
        ++won;
      } catch (const platform::Refusal& refusal) {
        if (refusal.code() == platform::Code::kUnavailable) continue;
        EXPECT_EQ(refusal.reason(), "TASK_CLAIMED");
      }
      break;
    }
  });
  EXPECT_EQ(won, 1);
}

TEST_P(DoubleAction, AReportSentManyTimesCountsOnce) {
  const WarehouseTask task = here_.ReturnUnderWay(kLine);
  const auto received = here_.Report(task, GoodsReceived{2}, "wms-1");
  Together(32, [&](int i) {
    const Answer answer = Either(i).Insist(*received);
    EXPECT_EQ(answer.task->state, TaskState::kReceived);
    EXPECT_EQ(answer.after.state, "Inspecting");
  });
  EXPECT_EQ(ground_.Count("SELECT COUNT(shop_id) FROM task_reports"), 1);
  EXPECT_EQ(here_.History(task.case_id).back().event, "receive_goods");
  EXPECT_EQ(here_.History(task.case_id).size(), 4u);
  auto other = here_.Report(task, GoodsReceived{1}, "wms-1");
  EXPECT_EQ(here_.Reason(*other), "REQUEST_ID_REUSED");
}

INSTANTIATE_TEST_SUITE_P(Faults, DoubleAction, ::testing::Bool(),
                         [](const auto& of) { return of.param ? "Injected" : "None"; });

}  // namespace
}  // namespace redress::aftersales
