// A large shop: how fast a million customers and five million orders come in through the public
// API, and how fast agents find what they look for among them, while imports go on.

#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdlib>
#include <exception>
#include <memory>
#include <string>
#include <thread>

#include "tests/bench/consumer_lag.h"
#include "tests/bench/report.h"
#include "tests/bench/server_cpu.h"
#include "tests/bench/volume_agents.h"
#include "tests/bench/volume_load.h"
#include "tests/bench/volume_orders.h"
#include "tests/bench/volume_readings.h"
#include "tests/bench/volume_shop.h"
#include "tests/support/data_directory.h"
#include "tests/support/figure.h"
#include "tests/support/wait_for.h"

namespace redress::bench {
namespace {

using Clock = std::chrono::steady_clock;

constexpr std::uint64_t kSeed = 20'240'511;
constexpr int kAgents = 64;
// For consumers to catch up.
constexpr std::chrono::minutes kPatience(120);

std::uint64_t Setting(const char* name, std::uint64_t standard) {
  const char* text = std::getenv(name);
  return text != nullptr ? std::stoull(text) : standard;
}

struct Volume {
  Volume()
      : orders(test::DataDirectory().value(),
               {.customers = Setting("REDRESS_BENCH_CUSTOMERS", 1'000'000),
                .orders = Setting("REDRESS_BENCH_ORDERS", 5'000'000)},
               kSeed) {}

  VolumeOrders orders;
  VolumeShop shop;
};

Volume& TheVolume() {
  static Volume volume;
  return volume;
}

std::uint64_t Number(VolumeShop& shop, const std::string& sql) {
  return std::stoull(shop.stack().Sql(sql));
}

bool HasTable(VolumeShop& shop, const std::string& schema, const std::string& table) {
  return Number(shop, "SELECT COUNT(*) FROM information_schema.tables WHERE table_schema = '" +
                          schema + "' AND table_name = '" + table + "'") == 1;
}

// Until the relay has told everything, nothing waits for a consumer, the customer service knows
// every order, and everybody has been judged by the tag rules.
double CatchUp(Volume& volume) {
  const auto begin = Clock::now();
  VolumeShop& shop = volume.shop;
  const bool facts = HasTable(shop, "redress_customer", "customer_orders");
  const std::uint64_t orders = Number(shop, "SELECT COUNT(*) FROM redress_order.orders");
  const auto caught_up = [&] {
    return ConsumerLag(shop.stack(), "order") == 0 &&
           Number(shop,
                  "SELECT COUNT(*) FROM (SELECT transaction_id FROM redress_order.outbox LIMIT 1)"
                  " AS waiting") == 0 &&
           Number(shop,
                  "SELECT COUNT(*) FROM (SELECT customer_id FROM redress_customer.customer_due"
                  " FORCE INDEX (due_of_shop) WHERE shop_id = " +
                      shop.shop_id() + " AND due_at <= " + std::to_string(shop.stack().NowUs()) +
                      " LIMIT 1) AS due") == 0 &&
           (!facts ||
            Number(shop, "SELECT COUNT(*) FROM redress_customer.customer_orders") >= orders);
  };
  // Counting millions costs: every two seconds is often enough.
  auto next_look = begin;
  const auto looked = [&] {
    if (Clock::now() < next_look) return false;
    next_look = Clock::now() + std::chrono::seconds(2);
    return caught_up();
  };
  EXPECT_TRUE(test::WaitFor(looked, kPatience));
  return std::chrono::duration<double>(Clock::now() - begin).count();
}

// Goes on with orders behind the load's until it is stopped, so many a second, ten in a call.
class GoingOn {
 public:
  GoingOn(Volume& volume, double per_s)
      : thread_([this, &volume, per_s] {
          try {
            Import(volume, per_s);
          } catch (...) {
            problem_ = std::current_exception();
          }
        }) {}
  ~GoingOn() {
    stop_ = true;
    if (thread_.joinable()) thread_.join();
  }
  // The orders that were imported.
  std::uint64_t Stop() {
    stop_ = true;
    thread_.join();
    if (problem_) std::rethrow_exception(problem_);
    return done_.orders;
  }

 private:
  void Import(Volume& volume, double per_s) {
    constexpr std::uint64_t kInCall = 10;
    auto due = Clock::now();
    // A kept state has some of these already: the next ones are behind them.
    std::uint64_t next = Number(volume.shop, "SELECT COUNT(*) FROM redress_order.orders");
    while (!stop_) {
      std::this_thread::sleep_until(due);
      due += std::chrono::microseconds(
          static_cast<std::int64_t>(1e6 * static_cast<double>(kInCall) / per_s));
      ImportSome(volume.shop, volume.orders, next, kInCall, done_);
      next += kInCall;
    }
  }

  std::atomic<bool> stop_ = false;
  LoadSpeed done_;
  std::exception_ptr problem_;
  std::thread thread_;
};

Latencies Together(const ReadingResult& result) {
  Latencies all;
  for (const auto& [name, latencies] : result.of) {
    all.ms.insert(all.ms.end(), latencies.ms.begin(), latencies.ms.end());
  }
  std::sort(all.ms.begin(), all.ms.end());
  return all;
}

void TellEach(const std::string& what, const ReadingResult& result) {
  Tell(what + ", all", result.per_s, "/s");
  for (const auto& [name, latencies] : result.of) {
    Tell("  " + name + ": p50", latencies.Percentile(50), "ms");
    Tell("  " + name + ": p99", latencies.Percentile(99), "ms");
  }
}

void Figures(const std::string& name, const Latencies& latencies) {
  test::Figure(name + "_p50_ms", latencies.Percentile(50), "ms");
  test::Figure(name + "_p99_ms", latencies.Percentile(99), "ms");
}

// The same readings at a stated pace while imports go on, as fast as they go, and by plain SQL.
// What agents feel is the first: 99 of 100 within `promised_ms`.
void Measure(const std::string& name, double promised_ms, const std::vector<Reading>& readings,
             const std::vector<Reading>& plain) {
  Volume& volume = TheVolume();
  const std::chrono::seconds length(Setting("REDRESS_BENCH_SECONDS", 30));
  const auto per_s = static_cast<double>(Setting("REDRESS_BENCH_PER_S", kAgents));
  const auto imports_per_s = static_cast<double>(Setting("REDRESS_BENCH_IMPORTS_PER_S", 20));
  ReadPaced(readings, kAgents, per_s, std::chrono::seconds(5));  // connections, caches
  GoingOn going_on(volume, imports_per_s);
  const ReadingResult paced = ReadPaced(readings, kAgents, per_s, length);
  const std::uint64_t imported = going_on.Stop();
  const ReadingResult fast = ReadAsFastAsItGoes(readings, kAgents, length / 2);
  // The services read over as many connections.
  const ReadingResult by_sql = ReadPaced(plain, kAgents, per_s, length / 2);
  Note(name + ": " + std::to_string(kAgents) + " agents, open loop, together " +
       std::to_string(static_cast<int>(per_s)) + " readings/s, " + std::to_string(imported) +
       " orders imported meanwhile");
  TellEach(name + ", paced", paced);
  Tell(name + ", closed loop", fast.per_s, "/s");
  Tell(name + ", closed loop p99", Together(fast).Percentile(99), "ms");
  TellEach(name + ", plain SQL, paced", by_sql);
  Figures(name, Together(paced));
  EXPECT_LE(Together(paced).Percentile(99), promised_ms) << name;
  test::Figure(name + "_closed_loop_per_s", fast.per_s, "/s");
  const double sql_p50 = Together(by_sql).Percentile(50);
  test::Figure(name + "_sql_ratio", sql_p50 > 0 ? Together(paced).Percentile(50) / sql_p50 : 0);
}

TEST(Volume, LoadsThroughThePublicApi) {
  if (!test::DataDirectory()) GTEST_SKIP() << "needs the real data sets";
  Volume& volume = TheVolume();
  const ServerCpu cpu(volume.shop.stack());
  const CpuSeconds before = cpu.Now();
  const LoadSpeed speed = LoadOrders(volume.shop, volume.orders);
  const double lag = CatchUp(volume);
  const CpuSeconds spent = cpu.Now() - before;
  EXPECT_GE(Number(volume.shop, "SELECT COUNT(*) FROM redress_order.orders"),
            volume.orders.size().orders);
  EXPECT_GE(Number(volume.shop, "SELECT COUNT(*) FROM redress_customer.customers"),
            volume.orders.size().customers);
  if (speed.orders == 0) {
    Note("the load was found whole in the kept state");
    return;
  }
  const double seconds = std::max(speed.seconds, 1e-3);
  Tell("load, orders", static_cast<double>(speed.orders) / seconds, "/s");
  Tell("until the consumers had caught up", lag, "s");
  const auto loaded = static_cast<double>(speed.orders);
  Tell("server CPU an order, consumers and all", 1e6 * Sum(spent) / loaded, "us");
  for (const auto& [name, of_one] : spent) Tell("  of it " + name, 1e6 * of_one / loaded, "us");
  test::Figure("load_rows_per_s", static_cast<double>(speed.rows) / seconds, "/s");
  test::Figure("load_orders_per_s", static_cast<double>(speed.orders) / seconds, "/s");
  test::Figure("load_catch_up_s", lag, "s");
}

TEST(Volume, FindsAmongMillions) {
  if (!test::DataDirectory()) GTEST_SKIP() << "needs the real data sets";
  Volume& volume = TheVolume();
  LoadOrders(volume.shop, volume.orders);
  PlainReadings plain(volume.shop, volume.orders);
  Measure("search", 50, Searches(volume.shop, volume.orders), plain.Searches());
}

TEST(Volume, ShowsTimelinesAmongMillions) {
  if (!test::DataDirectory()) GTEST_SKIP() << "needs the real data sets";
  Volume& volume = TheVolume();
  LoadOrders(volume.shop, volume.orders);
  CatchUp(volume);
  PlainReadings plain(volume.shop, volume.orders);
  Measure("timeline", 20, Timelines(volume.shop, volume.orders), plain.Timelines());
}

}  // namespace
}  // namespace redress::bench
