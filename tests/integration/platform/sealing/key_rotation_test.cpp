#include "services/platform/sealing/key_rotation.h"

#include <gtest/gtest.h>

#include <atomic>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "services/platform/base/errors.h"
#include "services/platform/database/transact.h"
#include "services/platform/migrations/migrations.gen.h"
#include "services/platform/sealing/key_store.h"
#include "services/platform/sealing/master_key.h"
#include "services/platform/sealing/sealer.h"
#include "tests/support/figure.h"
#include "tests/support/private_maria_db.h"

namespace redress::platform {
namespace {

constexpr ShopId kShop{7};
constexpr ShopId kOtherShop{8};
constexpr auto kCustomer = SubjectKind::kCustomer;

DatabaseConfig PatientSchema() {
  DatabaseConfig config = test::PrivateMariaDb::Instance().CreateSchema("rotation");
  config.acquire_timeout_us = kMinuteUs;
  return config;
}

// One process of a service, as far as keys and caches go.
struct Process {
  Process(Pool& pool, const MasterKeys& master, Clock& clock)
      : pool(pool), store(pool, clock), sealer(store, master), rotation(pool, sealer, clock) {}

  std::string Seal(ShopId shop, std::uint64_t subject, std::string_view clear) {
    return Transact(pool, [&](Connection& connection) {
      return sealer.Seal(connection, shop, kCustomer, subject, clear);
    });
  }
  std::optional<std::string> Open(ShopId shop, std::uint64_t subject, std::string_view sealed) {
    return Read(pool, [&](Connection& connection) {
      return sealer.Open(connection, shop, kCustomer, subject, sealed);
    });
  }
  void Begin(ShopId shop, const std::string& request_id) {
    rotation.Begin(shop, request_id, Sha256("rotate"));
  }
  void Finish() {
    while (rotation.RunSome()) continue;
  }

  Pool& pool;
  KeyStore store;
  Sealer sealer;
  KeyRotation rotation;
};

class KeyRotationTest : public ::testing::Test {
 protected:
  KeyRotationTest() : pool_(PatientSchema()), master_(SecretKey::Random()) {
    Migrate(pool_, PlatformMigrations());
  }

  std::vector<std::string> SealMany(Process& process, std::uint64_t subjects) {
    std::vector<std::string> clear;
    std::vector<SealItem> items;
    for (std::uint64_t id = 1; id <= subjects; ++id) clear.push_back("text " + std::to_string(id));
    for (std::uint64_t id = 1; id <= subjects; ++id) {
      items.push_back({{kCustomer, id}, clear[id - 1]});
    }
    return Transact(pool_, [&](Connection& connection) {
      return process.sealer.SealMany(connection, kShop, items);
    });
  }
  std::int64_t Count(std::string_view sql) {
    return Read(pool_, [&](Connection& connection) {
      auto row = connection.Query(sql);
      row.Next();
      return row.Int64(0);
    });
  }

  ManualClock clock_;
  Pool pool_;
  MasterKeys master_;
};

TEST_F(KeyRotationTest, EverythingStaysReadableAndTheOldGenerationGoes) {
  constexpr std::uint64_t kSubjects = 1000;
  Process process(pool_, master_, clock_);
  const auto sealed = SealMany(process, kSubjects);
  const std::string hash = process.sealer.KeyedHash(kShop, "phone", "+8613812345678");
  process.Begin(kShop, "r1");
  EXPECT_EQ(process.rotation.State(kShop).subject_count, kSubjects);
  process.Finish();
  const KeyState state = process.rotation.State(kShop);
  EXPECT_EQ(state.generation, 2u);
  EXPECT_EQ(state.oldest_generation, 2u);
  EXPECT_EQ(state.rewrapped_count, kSubjects);
  EXPECT_NE(state.finished_at, 0);
  EXPECT_EQ(Count("SELECT COUNT(1) FROM subject_keys WHERE shop_generation < 2"), 0);
  Process restarted(pool_, master_, clock_);
  for (std::uint64_t id = 1; id <= kSubjects; id += 97) {
    EXPECT_EQ(process.Open(kShop, id, sealed[id - 1]), "text " + std::to_string(id));
    EXPECT_EQ(restarted.Open(kShop, id, sealed[id - 1]), "text " + std::to_string(id));
  }
  EXPECT_EQ(restarted.sealer.KeyedHash(kShop, "phone", "+8613812345678"), hash);
}

// Somebody took a copy of the shop's wrapped key before it was changed, and the rows after it.
TEST_F(KeyRotationTest, ACopyOfTheOldShopKeyOpensNothing) {
  Process process(pool_, master_, clock_);
  const auto sealed = SealMany(process, 3);
  const auto old_keys = process.store.ShopKeys(kShop);
  process.Begin(kShop, "r1");
  process.Finish();
  Transact(pool_, [&](Connection& connection) {
    connection.Execute("DELETE FROM shop_keys");
    connection.Execute(
        "INSERT INTO shop_keys (shop_id, generation, wrapped_key, created_at) VALUES (?, ?, ?, 0)",
        {kShop, old_keys.front().generation, old_keys.front().wrapped});
  });
  Process thief(pool_, master_, clock_);
  EXPECT_THROW(thief.Open(kShop, 1, sealed[0]), SealBroken);
  Transact(pool_, [&](Connection& connection) {
    connection.Execute("UPDATE subject_keys SET shop_generation = 1 WHERE shop_id = 7");
  });
  EXPECT_THROW(Process(pool_, master_, clock_).Open(kShop, 1, sealed[0]), SealBroken);
}

TEST_F(KeyRotationTest, GoesOnWhereAKilledProcessWas) {
  constexpr std::uint64_t kSubjects = 900;
  std::vector<std::string> sealed;
  {
    Process killed(pool_, master_, clock_);
    sealed = SealMany(killed, kSubjects);
    killed.Begin(kShop, "r1");
    killed.rotation.RunSome();
  }
  Process next(pool_, master_, clock_);
  const KeyState between = next.rotation.State(kShop);
  EXPECT_GT(between.rewrapped_count, 0u);
  EXPECT_LT(between.rewrapped_count, kSubjects);
  EXPECT_EQ(between.oldest_generation, 1u);
  EXPECT_EQ(next.Open(kShop, 1, sealed.front()), "text 1");
  EXPECT_EQ(next.Open(kShop, kSubjects, sealed.back()), "text " + std::to_string(kSubjects));
  next.Finish();
  EXPECT_EQ(next.rotation.State(kShop).oldest_generation, 2u);
  EXPECT_EQ(next.Open(kShop, kSubjects, sealed.back()), "text " + std::to_string(kSubjects));
}

// A process that keeps the old key in memory makes new subjects all the while.
TEST_F(KeyRotationTest, AProcessThatDoesNotKnowYetLosesNothing) {
  Process stale(pool_, master_, clock_);
  Process other(pool_, master_, clock_);
  SealMany(stale, 10);
  other.Open(kShop, 1, "");
  other.Begin(kShop, "r1");
  const std::string during = stale.Seal(kShop, 100, "during");
  other.Finish();
  const std::string after = stale.Seal(kShop, 101, "after");
  EXPECT_EQ(Count("SELECT COUNT(1) FROM subject_keys WHERE shop_generation = 1"), 0);
  EXPECT_EQ(other.Open(kShop, 100, during), "during");
  EXPECT_EQ(other.Open(kShop, 101, after), "after");
  EXPECT_EQ(stale.Open(kShop, 100, during), "during");
}

TEST_F(KeyRotationTest, AnErasedPersonStaysErased) {
  Process process(pool_, master_, clock_);
  const auto sealed = SealMany(process, 5);
  Transact(pool_, [&](Connection& connection) {
    process.sealer.DestroySubject(connection, kShop, kCustomer, 3);
  });
  process.Begin(kShop, "r1");
  process.Finish();
  EXPECT_EQ(process.Open(kShop, 3, sealed[2]), std::nullopt);
  EXPECT_THROW(process.Seal(kShop, 3, "again"), Refusal);
}

TEST_F(KeyRotationTest, IsSafeToRepeatAndOneAtATime) {
  Process process(pool_, master_, clock_);
  SealMany(process, 600);
  process.Begin(kShop, "r1");
  process.Begin(kShop, "r1");
  EXPECT_EQ(process.rotation.State(kShop).generation, 2u);
  try {
    process.Begin(kShop, "r2");
    ADD_FAILURE() << "two rotations at once";
  } catch (const Refusal& refusal) {
    EXPECT_EQ(refusal.reason(), "ROTATION_UNDER_WAY");
  }
  process.Finish();
  process.Begin(kShop, "r1");
  EXPECT_EQ(process.rotation.State(kShop).generation, 2u);
  process.Begin(kShop, "r3");
  process.Finish();
  EXPECT_EQ(process.rotation.State(kShop).generation, 3u);
}

TEST_F(KeyRotationTest, LeavesOtherShopsAlone) {
  Process process(pool_, master_, clock_);
  SealMany(process, 5);
  const std::string other = process.Seal(kOtherShop, 1, "other");
  process.Begin(kShop, "r1");
  process.Finish();
  EXPECT_EQ(process.rotation.State(kOtherShop).generation, 1u);
  EXPECT_EQ(process.Open(kOtherShop, 1, other), "other");
}

// Readers and writers, half of them in a process of their own, while two rotations run one after
// the other in a third.
TEST_F(KeyRotationTest, ReadsAndWritesGoOnMeanwhile) {
  constexpr std::uint64_t kSubjects = 2000;
  constexpr int kWorkers = 6;
  Process rotating(pool_, master_, clock_);
  Process working(pool_, master_, clock_);
  const auto sealed = SealMany(rotating, kSubjects);
  std::atomic<bool> stop = false;
  std::atomic<std::uint64_t> reads = 0;
  std::atomic<std::uint64_t> failures = 0;
  std::vector<std::vector<std::pair<std::uint64_t, std::string>>> written(kWorkers);
  std::vector<std::thread> threads;
  for (int worker = 0; worker < kWorkers; ++worker) {
    threads.emplace_back([&, worker] {
      Process& process = worker % 2 == 0 ? working : rotating;
      std::uint64_t id = 1 + static_cast<std::uint64_t>(worker);
      std::uint64_t fresh = 1'000'000 * (1 + static_cast<std::uint64_t>(worker));
      while (!stop) {
        try {
          id = id * 7919 % kSubjects;
          if (process.Open(kShop, id + 1, sealed[id]) != "text " + std::to_string(id + 1)) {
            ++failures;
          }
          ++reads;
          ++fresh;
          const std::string blob = process.Seal(kShop, fresh, "new " + std::to_string(fresh));
          written[static_cast<std::size_t>(worker)].emplace_back(fresh, blob);
        } catch (const std::exception& error) {
          ADD_FAILURE() << error.what();
          ++failures;
          return;
        }
      }
    });
  }
  for (const char* request : {"r1", "r2"}) {
    rotating.Begin(kShop, request);
    rotating.Finish();
  }
  stop = true;
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(failures, 0u);
  EXPECT_GT(reads, 0u);
  EXPECT_EQ(rotating.rotation.State(kShop).oldest_generation, 3u);
  EXPECT_EQ(Count("SELECT COUNT(1) FROM subject_keys WHERE shop_generation < 3"), 0);
  Process restarted(pool_, master_, clock_);
  std::uint64_t checked = 0;
  for (const auto& part : written) {
    for (const auto& [subject, blob] : part) {
      EXPECT_EQ(restarted.Open(kShop, subject, blob), "new " + std::to_string(subject));
      ++checked;
    }
  }
  test::Figure("rotation_reads_meanwhile", static_cast<double>(reads), "count");
  EXPECT_GT(checked, 0u);
}

TEST_F(KeyRotationTest, TellsWhetherTheMasterKeyIsTheCurrentOne) {
  Process process(pool_, master_, clock_);
  SealMany(process, 1);
  EXPECT_TRUE(process.rotation.State(kShop).master_key_current);
  const MasterKeys another(SecretKey::Random());
  EXPECT_FALSE(Process(pool_, another, clock_).rotation.State(kShop).master_key_current);
}

}  // namespace
}  // namespace redress::platform
