#include "services/platform/database/transact.h"

#include <atomic>
#include <memory>
#include <random>
#include <thread>
#include <vector>

#include "services/platform/base/errors.h"
#include "tests/integration/platform/database/fixture.h"

namespace redress::platform {
namespace {

using Kind = DatabaseError::Kind;

[[noreturn]] void Throw(Kind kind) { throw DatabaseError(kind, 0, {}, "made by the test"); }

std::string ReasonThrownBy(const std::function<void()>& work) {
  try {
    work();
  } catch (const Refusal& refusal) {
    return refusal.reason();
  }
  return "nothing";
}

using TransactTest = DatabaseTest;

TEST_F(TransactTest, CommitsAndAnswersWhatTheBodyAnswered) {
  Insert(1, 5);
  const auto answer = Transact(pool_, [&](Connection& db) {
    Add(db, 1, 2);
    return std::make_unique<int>(9);
  });
  EXPECT_EQ(*answer, 9);
  EXPECT_EQ(Amount(1), 7);
}

TEST_F(TransactTest, RollsBackWhatARefusalInterrupts) {
  Insert(1, 5);
  EXPECT_EQ(ReasonThrownBy([&] {
              Transact(pool_, [&](Connection& db) {
                Add(db, 1, 2);
                throw Refusal(Code::kFailedPrecondition, "NO", "No.");
              });
            }),
            "NO");
  EXPECT_EQ(Amount(1), 5);
  EXPECT_EQ(pool_.InUse(), 0);
}

TEST_F(TransactTest, RunsAgainAfterAConflictFromACleanState) {
  Insert(1, 5);
  int runs = 0;
  Transact(pool_, [&](Connection& db) {
    Add(db, 1, 10);
    if (++runs < 5) Throw(Kind::kConflict);
  });
  EXPECT_EQ(runs, 5);
  EXPECT_EQ(Amount(1), 15);
}

TEST_F(TransactTest, GivesUpAfterFiveConflicts) {
  int runs = 0;
  EXPECT_EQ(ReasonThrownBy([&] {
              Transact(pool_, [&](Connection&) {
                ++runs;
                Throw(Kind::kConflict);
              });
            }),
            "DATABASE_CONTENTION");
  EXPECT_EQ(runs, 5);
}

TEST_F(TransactTest, TakesANewConnectionWhenOneIsLost) {
  Insert(1, 5);
  Connection killer(config_);
  std::vector<std::uint64_t> sessions;
  Transact(pool_, [&](Connection& db) {
    sessions.push_back(db.session_number());
    Add(db, 1, 1);
    if (sessions.size() < 3) {
      killer.Run("KILL CONNECTION " + std::to_string(db.session_number()));
    }
  });
  ASSERT_EQ(sessions.size(), 3u);
  EXPECT_NE(sessions[0], sessions[1]);
  EXPECT_EQ(Amount(1), 6);
}

TEST_F(TransactTest, NeverSaysOkWhenEveryConnectionIsKilledBeforeCommit) {
  Insert(1, 5);
  Connection killer(config_);
  EXPECT_EQ(ReasonThrownBy([&] {
              Transact(pool_, [&](Connection& db) {
                Add(db, 1, 1);
                killer.Run("KILL CONNECTION " + std::to_string(db.session_number()));
              });
            }),
            "DATABASE_CONNECTION_LOST");
  EXPECT_EQ(Amount(1), 5);
}

TEST_F(TransactTest, PassesOtherErrorsOnAtOnce) {
  Insert(1, 5);
  int runs = 0;
  EXPECT_EQ(KindThrownBy([&] {
              Transact(pool_, [&](Connection& db) {
                ++runs;
                Add(db, 1, -6);
              });
            }),
            Kind::kCheckViolated);
  EXPECT_EQ(runs, 1);
}

// Transfers in both directions deadlock again and again; the sum stays what it was, and every
// transfer that was answered happened exactly once.
TEST_F(TransactTest, TransfersThatCollideKeepTheSum) {
  constexpr int kThreads = 8;
  constexpr int kEach = 60;
  for (std::uint64_t account = 1; account <= 4; ++account) Insert(account, 100'000);
  std::atomic<std::int64_t> moved_to_first = 0;
  std::atomic<int> contended = 0;
  std::vector<std::thread> threads;
  for (int t = 0; t < kThreads; ++t) {
    threads.emplace_back([&, t] {
      std::mt19937 random(static_cast<unsigned>(t));
      for (int i = 0; i < kEach; ++i) {
        const std::uint64_t from = 1 + random() % 4;
        const std::uint64_t to = 1 + random() % 4;
        try {
          Transact(pool_, [&](Connection& db) {
            Add(db, from, -1);
            Add(db, to, 1);
          });
          moved_to_first += (to == 1) - (from == 1);
        } catch (const Refusal&) {
          ++contended;
        }
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(Amount(1) + Amount(2) + Amount(3) + Amount(4), 400'000);
  EXPECT_EQ(Amount(1), 100'000 + moved_to_first);
  EXPECT_LT(contended, kThreads * kEach / 20);
}

TEST_F(TransactTest, ReadingIsRepeatedOnceOnANewConnection) {
  Insert(1, 5);
  Connection killer(config_);
  int runs = 0;
  const auto read = [&](int kills) {
    return Read(pool_, [&](Connection& db) {
      if (runs++ < kills) killer.Run("KILL CONNECTION " + std::to_string(db.session_number()));
      return AmountSeenBy(db, 1);
    });
  };
  EXPECT_EQ(read(1), 5);
  EXPECT_EQ(runs, 2);
  runs = 0;
  EXPECT_EQ(ReasonThrownBy([&] { read(9); }), "DATABASE_CONNECTION_LOST");
}

}  // namespace
}  // namespace redress::platform
