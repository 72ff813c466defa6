// How near a step comes to what the network and the database alone would allow. In each round the
// service, its two limits and the plain loops take turns on the same server and the same kind of
// rows, so that what slows the machine slows them all.
//
// E is an echo of the same messages over the same connections; S is the step's SQL in batches of 8,
// 16 or 32 on two connections, whichever is best. One after another they take 1/E + 1/S a step. A
// plain loop makes one step per transaction.

#include <gtest/gtest.h>

#include <array>

#include "tests/bench/report.h"
#include "tests/bench/statement_loop.h"

namespace redress::bench {
namespace {

constexpr int kCallers = 64;
constexpr int kCases = 4096;
constexpr std::array kBatches = {8, 16, 32};
constexpr std::array kLoops = {1, 4, 16, 64};

struct Rounds {
  Series steps, echo, p50_ms, p99_ms, cpu_us, echo_cpu_us, steps_per_batch;
  std::map<std::string, Series> cpu_of;
  std::array<Series, kBatches.size()> batched;
  std::array<Series, kBatches.size()> batched_cpu_us;
  std::array<Series, kLoops.size()> plain;

  void Steps(Ground& ground) {
    const std::int64_t batches_before = Batches(ground);
    const CpuSeconds before = ground.Cpu();
    const LoadResult result = RunLoad(ground.load(), "service", kCallers, 1500);
    const CpuSeconds spent = ground.Cpu() - before;
    steps_per_batch.Add(static_cast<double>(result.all) /
                        static_cast<double>(Batches(ground) - batches_before));
    const double us = 1e6 / static_cast<double>(result.all);
    steps.Add(result.steps_per_s);
    p50_ms.Add(static_cast<double>(result.p50_us) / 1000);
    p99_ms.Add(static_cast<double>(result.p99_us) / 1000);
    cpu_us.Add(Sum(spent) * us);
    for (const auto& [name, seconds] : spent) cpu_of[name].Add(seconds * us);
  }
  // While the relay is paused, every transaction leaves its one outbox row.
  static std::int64_t Batches(Ground& ground) {
    return ground.Number("SELECT COUNT(*) FROM redress_aftersales.outbox");
  }
  void Echo(Ground& ground) {
    const double before = ground.EchoCpu();
    const LoadResult result = RunLoad(ground.load(), "echo", kCallers, 1000);
    echo.Add(result.steps_per_s);
    echo_cpu_us.Add(1e6 * (ground.EchoCpu() - before) / static_cast<double>(result.all));
  }
  void Batched(Ground& ground, StatementLoop& loop, std::size_t which) {
    const double before = ground.Cpu().at("mariadb");
    const StatementLoop::Result result = loop.Run(2, kBatches[which], 800);
    batched[which].Add(result.steps_per_s);
    batched_cpu_us[which].Add(1e6 * (ground.Cpu().at("mariadb") - before) /
                              static_cast<double>(result.all));
  }
};

// Of several series, the one with the best median.
template <std::size_t size>
const Series& Best(const std::array<Series, size>& all) {
  const Series* best = &all[0];
  for (const Series& one : all) {
    if (one.Median() > best->Median()) best = &one;
  }
  return *best;
}

Rounds Measure(Ground& ground, StatementLoop& loop, int rounds) {
  Rounds measured;
  for (int round = 0; round < rounds; ++round) {
    measured.Steps(ground);
    measured.Echo(ground);
    for (std::size_t i = 0; i < kBatches.size(); ++i) measured.Batched(ground, loop, i);
    for (std::size_t i = 0; i < kLoops.size(); ++i) {
      measured.plain[i].Add(loop.Run(kLoops[i], 1, 600).steps_per_s);
    }
  }
  return measured;
}

// What no service could do without: receiving and answering the call, and the step's SQL in the
// batches that cost the database least.
void PublishFloor(const Rounds& measured, const std::string& suffix) {
  Tell("server CPU a call, echo" + suffix, measured.echo_cpu_us, "us");
  const Series* least = &measured.batched_cpu_us[0];
  for (std::size_t i = 0; i < kBatches.size(); ++i) {
    const Series& cpu = measured.batched_cpu_us[i];
    Tell("database CPU a step, the SQL alone, batches of " + std::to_string(kBatches[i]) + suffix,
         cpu, "us");
    if (cpu.Median() < least->Median()) least = &cpu;
  }
  Series floor;
  for (std::size_t i = 0; i < least->size(); ++i) {
    floor.Add(measured.echo_cpu_us[i] + (*least)[i]);
  }
  Claim("cpu_floor_us_per_step" + suffix, floor, "us");
}

void Publish(const Rounds& measured, const std::string& suffix) {
  const Series& batched = Best(measured.batched);
  const Series& plain = Best(measured.plain);
  Series to_limit, to_plain;
  for (std::size_t i = 0; i < measured.steps.size(); ++i) {
    to_limit.Add(measured.steps[i] * (1 / measured.echo[i] + 1 / batched[i]));
    to_plain.Add(measured.steps[i] / plain[i]);
  }
  Tell("steps through the service, 64 callers" + suffix, measured.steps, "/s");
  Tell("E, echo" + suffix, measured.echo, "/s");
  for (std::size_t i = 0; i < kBatches.size(); ++i) {
    Tell("S, the SQL alone, batches of " + std::to_string(kBatches[i]) + suffix,
         measured.batched[i], "/s");
  }
  for (std::size_t i = 0; i < kLoops.size(); ++i) {
    Tell("plain loop, " + std::to_string(kLoops[i]) + " connections" + suffix, measured.plain[i],
         "/s");
  }
  Claim("steps_vs_limit_64" + suffix, to_limit);
  Claim("steps_vs_plain_loop_best" + suffix, to_plain);
  Claim("step_p50_ms" + suffix, measured.p50_ms, "ms");
  Claim("step_p99_ms" + suffix, measured.p99_ms, "ms");
  Tell("steps a transaction of the service" + suffix, measured.steps_per_batch, "");
  PublishFloor(measured, suffix);
  Tell("server CPU a step, bare" + suffix, measured.cpu_us, "us");
  for (const auto& [name, of_one] : measured.cpu_of) {
    if (of_one.Median() >= 0.5) Tell("  of it " + name + suffix, of_one, "us");
  }
}

void NoteServer(Ground& ground) {
  Note("callers 64 over 4 TLS connections, cases " + std::to_string(kCases) +
       ", steps: reject and revise_request in turn; aftersales.batch_workers 2, batch_size 32,"
       " database.connections 8 a service");
  std::string variables = ground.stack().Sql(
      "SHOW GLOBAL VARIABLES WHERE Variable_name IN ('version','innodb_flush_log_at_trx_commit',"
      "'sync_binlog','log_bin','binlog_format','innodb_buffer_pool_size','innodb_log_file_size',"
      "'innodb_flush_method','tx_isolation','binlog_annotate_row_events',"
      "'binlog_row_image','binlog_cache_size')");
  for (char& c : variables) c = c == '\n' ? ';' : c == '\t' ? ' ' : c;
  Note("server: " + variables);
}

// Relay paused and scoring stopped: the step alone.
TEST(Speed, BareStepAgainstItsLimits) {
  Ground ground({"REDRESS_NATS_RELAY_PAUSED=true"}, kCases, 1);
  ground.Stop("scoring");
  ground.StartEcho();
  StatementLoop loop(ground);
  NoteServer(ground);
  Publish(Measure(ground, loop, 5), "");
}

TEST(Speed, BareStepOnASlowDisk) {
  const char* build = std::getenv("REDRESS_BUILD_DIR");
  const std::string shim = std::string(build != nullptr ? build : "build/release") +
                           "/tests/bench/libbench_slow_fsync.so";
  Ground ground({"REDRESS_NATS_RELAY_PAUSED=true", "REDRESS_DATABASE_PRELOAD=" + shim}, kCases, 1);
  ground.Stop("scoring");
  ground.StartEcho();
  StatementLoop loop(ground);
  Publish(Measure(ground, loop, 3), "_slow_disk");
}

}  // namespace
}  // namespace redress::bench
