// The faults are real: sockets are cut and sessions killed around COMMIT. Whatever happens, a write
// that was answered happened once, and a write that was not answered can be repeated.

#include <gmock/gmock.h>

#include <atomic>
#include <stdexcept>
#include <thread>
#include <vector>

#include "services/platform/base/errors.h"
#include "services/platform/database/fault_plan.h"
#include "services/platform/database/requests.h"
#include "services/platform/database/transact.h"
#include "services/platform/migrations/migrations.gen.h"
#include "services/platform/migrations/migrations.h"
#include "tests/integration/platform/database/fixture.h"
#include "tests/support/wait_for.h"

namespace redress::platform {
namespace {

using Fault = FaultPlan::Fault;
using Kind = DatabaseError::Kind;

TEST(FaultPlan, IsReadFromItsText) {
  const auto plan = FaultPlan::Parse("commit_conflict=50,cut=10");
  EXPECT_EQ(plan->conflict_on_commit_permille, 50);
  EXPECT_EQ(plan->cut_permille, 10);
  EXPECT_EQ(plan->kill_permille, 0);
  for (const char* text : {"comit_conflict=50", "cut", "cut=", "cut=x", "cut=-1", "cut=1001",
                           "cut=600,kill=600", "cut=1 "}) {
    EXPECT_THROW(FaultPlan::Parse(text), std::invalid_argument) << text;
  }
}

TEST(FaultPlan, StrikesAtItsRates) {
  FaultPlan plan(50, 10, 0);
  int conflicts = 0;
  int cuts = 0;
  for (int i = 0; i < 100'000; ++i) {
    const Fault fault = plan.Next();
    conflicts += fault == Fault::kConflict;
    cuts += fault == Fault::kCutBefore || fault == Fault::kCutAfter;
  }
  EXPECT_NEAR(conflicts, 5'000, 500);
  EXPECT_NEAR(cuts, 1'000, 250);
  EXPECT_EQ(plan.struck(), static_cast<std::uint64_t>(conflicts + cuts));
}

class FaultsTest : public DatabaseTest {
 protected:
  FaultsTest() {
    Migrate(pool_, PlatformMigrations());
    Insert(1, 0);
  }

  // One idempotent write: adds 1 and answers the amount that it made.
  std::int64_t AddOnce(Pool& pool, const std::string& request_id) {
    const Digest digest = Sha256("add 1");
    return Transact(pool, [&](Connection& db) {
      ++runs_;
      if (const auto answer = FindAnswer(db, kShop, kClientOrigin, request_id, digest)) {
        ++repeats_;
        return std::int64_t{std::stoll(*answer)};
      }
      Add(db, 1, 1);
      const std::int64_t amount = AmountSeenBy(db, 1);
      RememberAnswer(db, kShop, kClientOrigin, request_id, digest, std::to_string(amount), 1);
      return amount;
    });
  }

  FaultPlan faults_;
  Pool faulty_{config_, &faults_};
  std::atomic<int> runs_ = 0;
  std::atomic<int> repeats_ = 0;
};

TEST_F(FaultsTest, RawTransactionsSeeEachFault) {
  const auto commit = [&](Fault fault) {
    faults_.Force(fault);
    Pool::Lease db = faulty_.Acquire();
    Transaction transaction(*db);
    Add(*db, 1, 1);
    return KindThrownBy([&] { transaction.Commit(); });
  };
  EXPECT_EQ(commit(Fault::kConflict), Kind::kConflict);
  EXPECT_EQ(Amount(1), 0);
  EXPECT_EQ(commit(Fault::kCutBefore), Kind::kConnectionLost);
  EXPECT_EQ(Amount(1), 0);
  EXPECT_EQ(commit(Fault::kKill), Kind::kConnectionLost);
  EXPECT_EQ(Amount(1), 0);
  EXPECT_EQ(commit(Fault::kCutAfter), Kind::kConnectionLost);
  EXPECT_TRUE(test::WaitFor([&] { return Amount(1) == 1; }));
  EXPECT_EQ(commit(Fault::kNone), std::nullopt);
  EXPECT_EQ(Amount(1), 2);
  EXPECT_EQ(faults_.struck(), 4u);
}

TEST_F(FaultsTest, WriteHappensOnceWhateverStrikes) {
  int number = 0;
  for (const Fault fault : {Fault::kConflict, Fault::kCutBefore, Fault::kCutAfter, Fault::kKill}) {
    for (int round = 0; round < 25; ++round) {
      ++number;
      runs_ = 0;
      faults_.Force(fault);
      EXPECT_EQ(AddOnce(faulty_, "request-" + std::to_string(number)), number);
      EXPECT_EQ(runs_, 2);
      EXPECT_EQ(Amount(1), number);
    }
  }
  // Only a COMMIT that took effect is found again.
  EXPECT_EQ(repeats_, 25);
}

TEST_F(FaultsTest, UnansweredWriteCanBeRepeated) {
  faults_.Force(Fault::kCutAfter, 3);
  std::int64_t answer = 0;
  try {
    answer = AddOnce(faulty_, "again");
  } catch (const Refusal& refusal) {
    EXPECT_EQ(refusal.code(), Code::kUnavailable);
    answer = AddOnce(faulty_, "again");
  }
  EXPECT_EQ(answer, 1);
  EXPECT_EQ(Amount(1), 1);
}

TEST_F(FaultsTest, ManyThreadsUnderSteadyFaultsLoseAndDoubleNothing) {
  constexpr int kThreads = 8;
  constexpr int kEach = 150;
  faults_.conflict_on_commit_permille = 50;
  faults_.cut_permille = 30;
  faults_.kill_permille = 20;
  std::vector<std::vector<std::int64_t>> answers(kThreads);
  std::vector<std::thread> threads;
  for (int t = 0; t < kThreads; ++t) {
    threads.emplace_back([&, t] {
      for (int i = 0; i < kEach; ++i) {
        const std::string request = std::to_string(t) + ":" + std::to_string(i);
        for (;;) {
          try {
            answers[static_cast<unsigned>(t)].push_back(AddOnce(faulty_, request));
            break;
          } catch (const Refusal& refusal) {
            ASSERT_EQ(refusal.code(), Code::kUnavailable);
          }
        }
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(Amount(1), kThreads * kEach);
  std::vector<std::int64_t> all;
  for (const auto& mine : answers) all.insert(all.end(), mine.begin(), mine.end());
  std::sort(all.begin(), all.end());
  for (int i = 0; i < kThreads * kEach; ++i) ASSERT_EQ(all[static_cast<unsigned>(i)], i + 1);
  EXPECT_GT(faults_.struck(), 50u);
  EXPECT_GT(repeats_, 0);
}

}  // namespace
}  // namespace redress::platform
