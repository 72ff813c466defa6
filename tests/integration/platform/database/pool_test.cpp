#include "services/platform/database/pool.h"

#include <atomic>
#include <thread>
#include <vector>

#include "services/platform/base/errors.h"
#include "services/platform/database/transact.h"
#include "tests/integration/platform/database/fixture.h"
#include "tests/support/wait_for.h"

namespace redress::platform {
namespace {

Code CodeThrownBy(const std::function<void()>& work) {
  try {
    work();
  } catch (const Refusal& refusal) {
    return refusal.code();
  }
  return Code::kInternal;
}

class PoolTest : public DatabaseTest {
 protected:
  DatabaseConfig Small() const {
    DatabaseConfig small = config_;
    small.connections = 2;
    small.acquire_timeout_us = 50'000;
    return small;
  }
};

TEST_F(PoolTest, LendsNoMoreThanItHasAndSaysSo) {
  Pool pool(Small());
  Pool::Lease one = pool.Acquire();
  {
    Pool::Lease two = pool.Acquire();
    EXPECT_EQ(pool.InUse(), 2);
    EXPECT_EQ(CodeThrownBy([&] { pool.Acquire(); }), Code::kResourceExhausted);
  }
  Pool::Lease again = pool.Acquire();
  EXPECT_NE(one->session_number(), again->session_number());
}

TEST_F(PoolTest, UsesConnectionsAgain) {
  Pool pool(Small());
  const std::uint64_t first = pool.Acquire()->session_number();
  EXPECT_EQ(pool.Acquire()->session_number(), first);
}

TEST_F(PoolTest, WaitingCallerGetsWhatIsReturned) {
  DatabaseConfig patient = Small();
  patient.connections = 1;
  patient.acquire_timeout_us = 20'000'000;
  Pool pool(patient);
  std::atomic<int> most = 0;
  std::atomic<int> now = 0;
  std::vector<std::thread> threads;
  for (int i = 0; i < 8; ++i) {
    threads.emplace_back([&] {
      for (int n = 0; n < 50; ++n) {
        Pool::Lease db = pool.Acquire();
        most = std::max<int>(most, ++now);
        db->Query("SELECT 1");
        --now;
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(most, 1);
  EXPECT_EQ(pool.InUse(), 0);
}

TEST_F(PoolTest, DropsBrokenConnections) {
  Pool pool(Small());
  std::uint64_t killed = 0;
  {
    Pool::Lease db = pool.Acquire();
    killed = db->session_number();
    Connection(config_).Run("KILL CONNECTION " + std::to_string(killed));
    EXPECT_THROW(db->Query("SELECT 1"), DatabaseError);
  }
  EXPECT_NE(pool.Acquire()->session_number(), killed);
}

TEST_F(PoolTest, AsksIdleConnectionsWhenAnotherWasFoundDead) {
  Pool pool(Small());
  Connection killer(config_);
  {
    Pool::Lease one = pool.Acquire();
    Pool::Lease two = pool.Acquire();
    killer.Run("KILL CONNECTION " + std::to_string(one->session_number()));
    killer.Run("KILL CONNECTION " + std::to_string(two->session_number()));
  }
  EXPECT_THROW(pool.Acquire()->Query("SELECT 1"), DatabaseError);
  EXPECT_NO_THROW(pool.Acquire()->Query("SELECT 1"));
}

TEST_F(PoolTest, SaysUnavailableWithoutAServerAndRecovers) {
  DatabaseConfig nowhere = config_;
  nowhere.socket_path += ".gone";
  Pool pool(nowhere);
  EXPECT_EQ(CodeThrownBy([&] { pool.Acquire(); }), Code::kUnavailable);
  EXPECT_EQ(pool.InUse(), 0);
  DatabaseConfig wrong = config_;
  wrong.schema = "no_such_schema";
  Pool other(wrong);
  EXPECT_EQ(CodeThrownBy([&] { other.Acquire(); }), Code::kUnavailable);
}

// What was committed survives the server's death; the pool finds the way back by itself.
TEST(PoolAndCrash, ServerThatDiesAndComesBack) {
  test::PrivateMariaDb server;
  Pool pool(server.CreateSchema("crash"));
  pool.Acquire()->Run("CREATE TABLE t (shop_id INT PRIMARY KEY, n INT NOT NULL)");
  Transact(pool, [](Connection& db) { db.Execute("INSERT INTO t (shop_id, n) VALUES (1, 5)"); });
  server.Kill();
  EXPECT_EQ(CodeThrownBy([&] {
              Transact(pool, [](Connection& db) {
                db.Execute("INSERT INTO t (shop_id, n) VALUES (2, 6)");
              });
            }),
            Code::kUnavailable);
  server.Start();
  const std::int64_t sum = Read(pool, [](Connection& db) {
    Result row = db.Query("SELECT CAST(SUM(n) AS SIGNED) FROM t WHERE shop_id < 10");
    row.Next();
    return row.Int64(0);
  });
  EXPECT_EQ(sum, 5);
}

}  // namespace
}  // namespace redress::platform
