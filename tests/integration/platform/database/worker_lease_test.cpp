#include "services/platform/database/worker_lease.h"

#include <atomic>
#include <set>
#include <thread>
#include <vector>

#include "services/platform/base/errors.h"
#include "services/platform/migrations/migrations.gen.h"
#include "tests/integration/platform/database/fixture.h"
#include "tests/support/wait_for.h"

namespace redress::platform {
namespace {

class WorkerLeaseTest : public DatabaseTest {
 protected:
  WorkerLeaseTest() { Migrate(pool_, PlatformMigrations()); }

  std::unique_ptr<WorkerLease> Take(std::function<void()> on_lost = {}) {
    return std::make_unique<WorkerLease>(
        pool_, clock_,
        WorkerLease::Options{.renew_every_us = 5 * kMillisecondUs, .on_lost = std::move(on_lost)});
  }
  std::int64_t LeasedUntil(std::uint16_t number) {
    Result row = pool_.Acquire()->Query(
        "SELECT leased_until FROM id_workers WHERE worker_number = ?", {number});
    return row.Next() ? row.Int64(0) : -1;
  }
  // Every number was used once, and none is leased beyond until.
  void UseUp(std::int64_t until) {
    Pool::Lease db = pool_.Acquire();
    db->Run("START TRANSACTION");
    for (int number = 0; number < 1024; ++number) {
      db->Execute(
          "INSERT IGNORE INTO id_workers (worker_number, holder, leased_until) VALUES (?, '', ?)",
          {number, until + number});
    }
    db->Run("COMMIT");
  }

  ManualClock clock_;
};

TEST_F(WorkerLeaseTest, GivesEveryProcessItsOwnNumber) {
  constexpr int kProcesses = 24;
  std::vector<std::unique_ptr<WorkerLease>> leases(kProcesses);
  std::vector<std::thread> threads;
  for (auto& lease : leases) threads.emplace_back([&] { lease = Take(); });
  for (std::thread& thread : threads) thread.join();
  std::set<std::uint16_t> numbers;
  for (const auto& lease : leases) numbers.insert(lease->number());
  EXPECT_EQ(numbers.size(), static_cast<std::size_t>(kProcesses));
}

TEST_F(WorkerLeaseTest, IsRenewedWhileItIsHeld) {
  const auto lease = Take();
  const std::int64_t first = LeasedUntil(lease->number());
  clock_.Advance(kHourUs);
  EXPECT_TRUE(test::WaitFor([&] { return LeasedUntil(lease->number()) > first + kHourUs / 2; }));
  // A clock that steps back must not shorten it: ids were made until then.
  const std::int64_t second = LeasedUntil(lease->number());
  clock_.Advance(-kHourUs);
  const auto other = Take();
  EXPECT_EQ(LeasedUntil(lease->number()), second);
}

TEST_F(WorkerLeaseTest, PrefersNumbersThatNobodyHad) {
  const std::uint16_t first = Take()->number();
  clock_.Advance(kHourUs);
  EXPECT_NE(Take()->number(), first);
}

TEST_F(WorkerLeaseTest, TakesTheLongestEndedNumberWhenAllWereUsed) {
  UseUp(clock_.NowUs() - kHourUs);
  EXPECT_EQ(Take()->number(), 0);
  EXPECT_EQ(Take()->number(), 1);
}

TEST_F(WorkerLeaseTest, SaysSoWhenAllAreHeld) {
  UseUp(clock_.NowUs() + kHourUs);
  try {
    Take();
    FAIL();
  } catch (const Refusal& refusal) {
    EXPECT_EQ(refusal.reason(), "NO_WORKER_NUMBER");
  }
}

TEST_F(WorkerLeaseTest, NoticesThatAnotherWasGivenItsNumber) {
  std::atomic<int> lost = 0;
  const auto lease = Take([&] { ++lost; });
  pool_.Acquire()->Execute("UPDATE id_workers SET holder = 'another' WHERE worker_number = ?",
                           {lease->number()});
  EXPECT_TRUE(test::WaitFor([&] { return lost == 1; }));
}

TEST_F(WorkerLeaseTest, IdsOfTheNextHolderAreLarger) {
  UseUp(clock_.NowUs() - kHourUs);
  std::uint64_t last = 0;
  std::uint16_t number = 0;
  {
    const auto lease = Take();
    number = lease->number();
    TimeOrderedIds ids(clock_, number);
    for (int i = 0; i < 10'000; ++i) last = ids.Next();
  }
  // Only when its lease is over is the number given out again.
  pool_.Acquire()->Execute("UPDATE id_workers SET leased_until = ? WHERE worker_number <> ?",
                           {clock_.NowUs() + kDayUs, number});
  EXPECT_THROW(Take(), Refusal);
  clock_.Advance(kMinuteUs + kSecondUs);
  const auto next = Take();
  EXPECT_EQ(next->number(), number);
  EXPECT_GT(TimeOrderedIds(clock_, number).Next(), last);
}

}  // namespace
}  // namespace redress::platform
