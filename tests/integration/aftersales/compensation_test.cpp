// Compensations over a real database: many at once never give more than the month has, nothing is
// given twice, and every row is the one that the steps lead to; from two processes, with and
// without faults.

#include <atomic>
#include <string>

#include "services/aftersales/domain/history.h"
#include "services/aftersales/store/compensation_repository.h"
#include "services/platform/database/transact.h"
#include "tests/integration/aftersales/house.h"
#include "tests/support/figure.h"

namespace redress::aftersales {
namespace {

using platform::FaultPlan;
namespace refund = workflows::refund;

constexpr int kThreads = 32;
constexpr std::int32_t kMonth = 202611;
constexpr AccountId kSupervisor{101};
constexpr AccountId kFinance{104};

// Budgets of which more is spent than their limit, or another sum than that of what they hold.
constexpr char kOverLimit[] =
    "SELECT COUNT(b.shop_id) FROM compensation_budgets b WHERE b.spent > b.cap OR b.spent <>"
    " (SELECT COALESCE(SUM(m.amount), 0) FROM compensations m WHERE m.shop_id = b.shop_id"
    " AND m.month = b.month AND m.offered_by = b.account_id AND m.state <= 5)";

class Compensations : public ::testing::TestWithParam<bool> {
 protected:
  Compensations()
      : ground_(GetParam() ? &faults_ : nullptr),
        here_(ground_, 1),
        there_(ground_, 2),
        rows_(ground_.quiet_pool) {
    ground_.settings["compensation_agent_single"] = "1000";
    ground_.settings["compensation_agent_month"] = "5000";
    for (int i = 0; i < kThreads; ++i) {
      cases_.push_back(here_.OpenCase(LineId{700 + static_cast<std::uint64_t>(i)}, 1000));
    }
  }

  House& Either(int i) { return i % 2 == 0 ? here_ : there_; }
  CaseId Of(int i) { return cases_[static_cast<std::size_t>(i)]; }

  std::unique_ptr<Command> Offer(int i, std::int64_t amount,
                                 CompensationKind kind = CompensationKind::kMoney) {
    return Either(i).Make(Of(i), OfferCompensation{kind, amount, "GBP", "quality", kMonth});
  }
  std::unique_ptr<Command> Move(int i, AccountId who, CompensationAct act, std::uint32_t number) {
    MoveCompensation move;
    move.number = number;
    move.act = act;
    move.payment_reference = act == CompensationAct::kRecord ? "pay-1" : "";
    auto command = Either(i).Make(Of(i), std::move(move));
    command->sender.account = who;
    command->sender.is_supervisor = who == kSupervisor;
    command->sender.is_finance = who == kFinance;
    return command;
  }
  CompensationBudget Budget() { return rows_.Budget(kShop, kMonth, kAgent); }
  void ExpectWhole() {
    EXPECT_EQ(ground_.Count(kOverLimit), 0);
    for (const CaseId id : cases_) {
      const auto report = VerifyHistory(here_.cases, kShop, id);
      ASSERT_TRUE(report.has_value());
      for (const Finding& one : report->findings) {
        ADD_FAILURE() << one.field << ": " << one.expected << ", found " << one.found;
      }
    }
  }

  FaultPlan faults_{50, 10, 5};
  Ground ground_;
  House here_;
  House there_;  // another process over the same database
  SqlCompensationRepository rows_;
  std::vector<CaseId> cases_;
};

TEST_P(Compensations, OffersOfOnePersonTogetherNeverExceedTheMonth) {
  std::atomic<int> granted = 0;
  Together(kThreads, [&](int i) {
    const std::string reason = Either(i).Reason(*Offer(i, 900));
    if (reason.empty()) ++granted;
    EXPECT_TRUE(reason.empty() || reason == "ABOVE_MONTH_LIMIT") << reason;
  });
  EXPECT_EQ(granted, 5);
  EXPECT_EQ(Budget().spent, 4500);
  ExpectWhole();
  test::Figure("compensation_over_limit", static_cast<double>(ground_.Count(kOverLimit)));
}

TEST_P(Compensations, OffersAndGivingBackTogetherKeepTheSum) {
  Together(kThreads, [&](int i) {
    House& house = Either(i);
    for (int round = 0; round < 3; ++round) {
      std::uint32_t number = 0;
      try {
        number = house.Insist(*Offer(i, 1500)).compensation->number;
      } catch (const platform::Refusal& refusal) {
        EXPECT_EQ(refusal.reason(), "ABOVE_MONTH_LIMIT");
        continue;
      }
      const auto act = i % 3 == 0   ? CompensationAct::kCancel
                       : i % 3 == 1 ? CompensationAct::kDecline
                                    : CompensationAct::kApprove;
      EXPECT_EQ(house.Reason(
                    *Move(i, act == CompensationAct::kCancel ? kAgent : kSupervisor, act, number)),
                "");
    }
  });
  EXPECT_LE(Budget().spent, 5000);
  ExpectWhole();
}

TEST_P(Compensations, OneOfManyTakesItInHandAndItIsGivenOnce) {
  const std::uint32_t number = here_.Insist(*Offer(0, 900)).compensation->number;
  std::atomic<int> begun = 0;
  std::atomic<int> given = 0;
  Together(kThreads, [&](int i) {
    House& house = Either(i);
    auto begin = Move(0, kFinance, CompensationAct::kBegin, number);
    if (house.Reason(*begin).empty()) ++begun;
    auto record = Move(0, kFinance, CompensationAct::kRecord, number);
    if (house.Reason(*record).empty()) ++given;
  });
  EXPECT_EQ(begun, 1);
  EXPECT_EQ(given, 1);
  EXPECT_EQ(ground_.Count("SELECT COUNT(shop_id) FROM compensations"), 1);
  EXPECT_EQ(Budget().spent, 900);
  ExpectWhole();
}

TEST_P(Compensations, OneRequestSentManyTimesIsOneCompensation) {
  const auto offer = Offer(0, 900);
  Together(kThreads, [&](int i) {
    const Answer answer = Either(i).Insist(*offer);
    EXPECT_EQ(answer.compensation->number, 2u);
    EXPECT_EQ(answer.compensation->state, CompensationState::kGranted);
  });
  EXPECT_EQ(ground_.Count("SELECT COUNT(shop_id) FROM compensations"), 1);
  EXPECT_EQ(Budget().spent, 900);
}

TEST_P(Compensations, ARaisedLimitHoldsFromTheNextBatchOn) {
  here_.Insist(*Offer(0, 5000));
  EXPECT_EQ(here_.Reason(*Offer(1, 1)), "ABOVE_MONTH_LIMIT");
  ground_.settings["compensation_agent_month"] = "5001";
  EXPECT_EQ(here_.Reason(*Offer(1, 1)), "");
  EXPECT_EQ(Budget().cap, 5001);
}

// A guard that asks nothing: what it lets through stops at the row.
class Careless {
 public:
  Careless(Ground& ground, House& house)
      : ids_(ground.clock, 3), store_(ground.quiet_pool, house.sealer, ids_), house_(house) {}

  void Offer(std::unique_ptr<Command> offer, std::int64_t amount, std::int64_t limit) {
    Command* const one[] = {offer.get()};
    const ShopId shops[] = {kShop};
    const auto policy = house_.policies.ForShops(shops);
    store_.Run(one, [&](LoadedBatch rows) {
      Decision decision = Decide(one, std::move(rows), *policy, house_.ground.clock.NowUs());
      CompensationBudget& budget = decision.changes.budgets.at(0);
      budget.Take(amount, limit, budget.updated_at);
      return decision;
    });
  }

 private:
  platform::TimeOrderedIds ids_;
  SqlBatchStore store_;
  House& house_;
};

TEST_P(Compensations, WhatIsTakenAboveTheLimitStopsAtTheRow) {
  here_.Insist(*Offer(0, 4000));
  Careless careless(ground_, here_);
  try {
    careless.Offer(Offer(1, 500), 501, 5000);
    ADD_FAILURE() << "was written";
  } catch (const WriteRefused& refused) {
    EXPECT_EQ(refused.why(), WriteRefused::Why::kMonthLimit);
  }
  EXPECT_EQ(Budget().spent, 4000);
  careless.Offer(Offer(1, 500), 500, 5000);
  EXPECT_EQ(Budget().spent, 5000);
}

TEST_P(Compensations, ALimitLoweredBelowWhatIsSpentRefusesNothingElse) {
  const std::uint32_t number = here_.Insist(*Offer(0, 900)).compensation->number;
  here_.Insist(*Offer(1, 900));
  ground_.settings["compensation_agent_month"] = "500";
  EXPECT_EQ(here_.Reason(*Offer(2, 1)), "ABOVE_MONTH_LIMIT");
  EXPECT_EQ(here_.Reason(*Move(0, kAgent, CompensationAct::kCancel, number)), "");
  EXPECT_EQ(Budget().spent, 900);
  ExpectWhole();
}

TEST_P(Compensations, WhatGivesNothingBackWaitsForNoBudget) {
  const std::uint32_t number = here_.Insist(*Offer(0, 1500)).compensation->number;
  const std::uint32_t other = here_.Insist(*Offer(1, 1500)).compensation->number;
  platform::Transact(ground_.quiet_pool, [&](platform::Connection& db) {
    db.Query("SELECT b.spent FROM compensation_budgets b WHERE b.shop_id = ? FOR UPDATE", {kShop});
    // Would wait for the row, and end in UNAVAILABLE.
    EXPECT_EQ(here_.Reason(*Move(0, kSupervisor, CompensationAct::kApprove, number)), "");
    EXPECT_EQ(here_.Reason(*Move(0, kFinance, CompensationAct::kBegin, number)), "");
    EXPECT_EQ(here_.Reason(*Move(0, kFinance, CompensationAct::kRecord, number)), "");
  });
  EXPECT_EQ(here_.Reason(*Move(1, kSupervisor, CompensationAct::kDecline, other)), "");
  EXPECT_EQ(Budget().spent, 1500);
  ExpectWhole();
}

TEST_P(Compensations, AreListedByStateAndPageByPage) {
  for (int i = 0; i < 5; ++i) here_.Insist(*Offer(i, 100, CompensationKind::kCoupon));
  here_.Insist(*Offer(0, 100));
  here_.Insist(*Offer(5, 1001));
  here_.Insist(*Move(1, kAgent, CompensationAct::kCancel, 2));
  CompensationQuery query;
  query.shop = kShop;
  query.limit = 2;
  std::vector<std::pair<CaseId, std::uint32_t>> seen;
  for (auto page = rows_.List(query); !page.empty(); page = rows_.List(query)) {
    for (const Compensation& one : page) seen.emplace_back(one.case_id, one.number);
    query.after_case = page.back().case_id;
    query.after_number = page.back().number;
  }
  EXPECT_EQ(seen.size(), 6u);
  EXPECT_TRUE(std::is_sorted(seen.begin(), seen.end()));
  CompensationQuery waiting;
  waiting.shop = kShop;
  waiting.state = CompensationState::kWaiting;
  ASSERT_EQ(rows_.List(waiting).size(), 1u);
  EXPECT_EQ(rows_.List(waiting)[0].case_id, Of(5));
  CompensationQuery money;
  money.shop = kShop;
  money.kind = CompensationKind::kMoney;
  EXPECT_EQ(rows_.List(money).size(), 2u);
  EXPECT_EQ(rows_.Of(kShop, Of(0)).size(), 2u);
}

TEST_P(Compensations, ARowThatWasAlteredBesideTheProgramIsFound) {
  here_.Insist(*Offer(0, 900));
  platform::Transact(ground_.quiet_pool, [&](platform::Connection& db) {
    db.Execute("UPDATE compensations SET amount = 90000 WHERE shop_id = ?", {kShop});
  });
  const auto report = VerifyHistory(here_.cases, kShop, Of(0));
  ASSERT_EQ(report->findings.size(), 1u);
  EXPECT_EQ(report->findings[0].field, "case.compensation.2");
}

INSTANTIATE_TEST_SUITE_P(Faults, Compensations, ::testing::Bool(),
                         [](const auto& of) { return of.param ? "Injected" : "None"; });

}  // namespace
}  // namespace redress::aftersales
