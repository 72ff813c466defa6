// The executor in front of a real database, in the shape of the stepper: lock, decide, write with
// multi-row statements, commit, answer elsewhere.

#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <map>
#include <thread>
#include <vector>

#include "services/platform/base/errors.h"
#include "services/platform/batching/batch_executor.h"
#include "services/platform/database/rows.h"
#include "services/platform/database/transact.h"
#include "tests/support/figure.h"
#include "tests/support/private_maria_db.h"
#include "tests/support/wait_for.h"

namespace redress::platform {
namespace {

constexpr std::uint64_t kCounters = 2'000;

struct Increment {
  std::uint32_t shop = 0;
  std::uint64_t counter = 0;
  std::uint64_t request = 0;
  bool applied = false;
};

const MultiRow kLock(
    "SELECT shop_id, counter_id, amount FROM counters FORCE INDEX (PRIMARY)"
    " WHERE (shop_id, counter_id) IN (",
    2, ") FOR UPDATE");
const MultiRow kFindRequests(
    "SELECT shop_id, request_id FROM steps WHERE (shop_id, request_id) IN (", 2, ")");
const MultiRow kWriteCounters("INSERT INTO counters (shop_id, counter_id, amount) VALUES ", 3,
                              " ON DUPLICATE KEY UPDATE amount = VALUES(amount)");
const MultiRow kInsertSteps("INSERT INTO steps (shop_id, request_id, counter_id, sequence) VALUES ",
                            4);

using Key = std::pair<std::uint32_t, std::uint64_t>;

// A pure function of the commands and the loaded rows, so that it may run again.
void RunIncrements(Connection& db, std::span<Increment* const> batch) {
  std::map<Key, std::int64_t> counters;
  std::vector<Value> requests;
  for (const Increment* command : batch) {
    counters.emplace(Key(command->shop, command->counter), 0);
    requests.insert(requests.end(), {command->shop, command->request});
  }
  std::vector<Value> keys;
  for (const auto& [key, amount] : counters) keys.insert(keys.end(), {key.first, key.second});
  kLock.Query(db, keys,
              [&](Result& row) { counters[Key(row.Shop(0).value, row.Uint64(1))] = row.Int64(2); });
  std::vector<std::uint64_t> known;
  kFindRequests.Query(db, requests, [&](Result& row) { known.push_back(row.Uint64(1)); });
  std::vector<Value> steps;
  for (const Increment* command : batch) {
    if (std::find(known.begin(), known.end(), command->request) != known.end()) continue;
    const std::int64_t sequence = ++counters[Key(command->shop, command->counter)];
    steps.insert(steps.end(), {command->shop, command->request, command->counter, sequence});
  }
  std::vector<Value> rows;
  for (const auto& [key, amount] : counters) {
    rows.insert(rows.end(), {key.first, key.second, amount});
  }
  kWriteCounters.Execute(db, rows);
  kInsertSteps.Execute(db, steps);
}

class BatchedWrites : public testing::Test {
 protected:
  BatchedWrites() {
    Pool::Lease db = pool_.Acquire();
    db->Run(
        "CREATE TABLE counters (shop_id INT UNSIGNED NOT NULL, counter_id BIGINT UNSIGNED NOT NULL,"
        " amount BIGINT NOT NULL, PRIMARY KEY (shop_id, counter_id)) ENGINE = InnoDB");
    db->Run(
        "CREATE TABLE steps (shop_id INT UNSIGNED NOT NULL, request_id BIGINT UNSIGNED NOT NULL,"
        " counter_id BIGINT UNSIGNED NOT NULL, sequence BIGINT NOT NULL,"
        " PRIMARY KEY (shop_id, request_id), UNIQUE KEY (shop_id, counter_id, sequence))"
        " ENGINE = InnoDB");
  }

  // Submits count commands as fast as they are taken; answers the commands a second.
  double Run(Pool& pool, int workers, std::uint64_t count) {
    std::atomic<std::uint64_t> applied = 0;
    const auto start = std::chrono::steady_clock::now();
    {
      BatchExecutor<Increment> executor(
          {.workers = workers},
          [&](std::span<Increment* const> batch) {
            for (;;) {
              try {
                Transact(pool, [&](Connection& db) { RunIncrements(db, batch); });
                break;
              } catch (const Refusal& refusal) {
                ASSERT_EQ(refusal.code(), Code::kUnavailable);
              }
            }
            for (Increment* command : batch) command->applied = true;
          },
          [&](Increment& command) { applied += command.applied ? 1 : 0; });
      for (std::uint64_t i = 1; i <= count; ++i) {
        const auto shop = static_cast<std::uint32_t>(1 + i % 3);
        const std::uint64_t counter = 1 + i * 7919 % kCounters;
        auto command =
            std::make_unique<Increment>(Increment{.shop = shop, .counter = counter, .request = i});
        while (!executor.Submit(shop, std::uint64_t{shop} << 32 | counter, std::move(command))) {
          std::this_thread::yield();
        }
      }
    }
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - start;
    EXPECT_EQ(applied, count);
    return static_cast<double>(count) / took.count();
  }
  std::int64_t Number(std::string_view sql) {
    Result row = pool_.Acquire()->Query(sql);
    row.Next();
    return row.Int64(0);
  }
  void ExpectEachOnce(std::int64_t count) {
    EXPECT_EQ(Number("SELECT COUNT(*) FROM steps WHERE shop_id > 0"), count);
    EXPECT_EQ(Number("SELECT CAST(SUM(amount) AS SIGNED) FROM counters WHERE shop_id > 0"), count);
    EXPECT_EQ(Number("SELECT COUNT(*) FROM counters c WHERE c.shop_id > 0 AND c.amount <> (SELECT"
                     " COUNT(*) FROM steps s WHERE s.shop_id = c.shop_id AND s.counter_id ="
                     " c.counter_id)"),
              0);
  }

  const DatabaseConfig config_ = test::PrivateMariaDb::Instance().CreateSchema("batched");
  Pool pool_{config_};
};

TEST_F(BatchedWrites, ReachTheirRateWithTwoWorkers) {
  Run(pool_, 2, 2'000);
  pool_.Acquire()->Run("DELETE FROM steps");
  pool_.Acquire()->Run("DELETE FROM counters");
  const double rate = Run(pool_, 2, 20'000);
  test::Figure("batched_increments_per_s", rate, "commands/s");
  ExpectEachOnce(20'000);
}

TEST_F(BatchedWrites, AreNeitherLostNorDoubledUnderFaults) {
  FaultPlan faults(50, 10, 10);
  Pool faulty(config_, &faults);
  Run(faulty, 4, 12'000);
  ExpectEachOnce(12'000);
  EXPECT_GT(faults.struck(), 5u);
}

}  // namespace
}  // namespace redress::platform
