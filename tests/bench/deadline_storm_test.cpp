// A hundred thousand deadlines due at once: how long they take, and how long people wait for their
// own steps meanwhile, beside how long they wait in quiet minutes of the same run.

#include <gtest/gtest.h>

#include <chrono>
#include <map>
#include <sstream>

#include "tests/bench/ground.h"
#include "tests/bench/report.h"
#include "tests/support/wait_for.h"

namespace redress::bench {
namespace {

using Clock = std::chrono::steady_clock;

constexpr int kStorm = 100'000;
constexpr int kWorked = 2048;
// People at work: a few hundred steps a second, as a large installation has at its busiest.
constexpr int kCallers = 16;
constexpr double kRate = 200;
constexpr int kRunMs = 6000;
// Beyond every id that the services make in a test, and above case numbers.
constexpr std::int64_t kFirstId = 9'000'000'000'000'000'000;

class Storm {
 public:
  Storm() : ground_({}, kWorked, 1) {
    // Cases that are copied have no history that figures could follow.
    ground_.Stop("scoring");
    const std::string model = ground_.kept_aside().front().case_id();
    const std::string far = std::to_string(ground_.stack().NowUs() + 30LL * 86'400'000'000);
    Copy("line_ledger",
         "line_id = (SELECT line_id FROM redress_aftersales.cases WHERE case_id = " + model + ")",
         {{"line_id", Numbered(kFirstId)}});
    Copy("cases", "case_id = " + model,
         {{"case_id", Numbered(kFirstId)},
          {"case_number", Numbered(1'000'000)},
          {"order_id", Numbered(kFirstId)},
          {"line_id", Numbered(kFirstId)},
          {"platform_refund_id", "CONCAT('STORM', seq)"},
          {"warn_at", "NULL"},
          {"due_at", far},
          {"timer_at", far}});
  }

  void Begin() {
    const std::string now = std::to_string(ground_.stack().NowUs());
    ground_.stack().Sql("UPDATE redress_aftersales.cases SET due_at = " + now +
                        ", timer_at = " + now + " WHERE case_id > " + std::to_string(kFirstId));
  }
  std::int64_t Left() {
    return ground_.Number("SELECT COUNT(*) FROM redress_aftersales.cases WHERE timer_at <= " +
                          std::to_string(ground_.stack().NowUs()));
  }
  double P99Ms() {
    return static_cast<double>(RunLoad(ground_.load(), "service", kCallers, kRunMs, kRate).p99_us) /
           1000;
  }
  std::int64_t Fired() {
    return ground_.Number("SELECT COUNT(*) FROM redress_aftersales.steps WHERE case_id > " +
                          std::to_string(kFirstId));
  }

 private:
  static std::string Numbered(std::int64_t from) { return std::to_string(from) + " + seq"; }

  // kStorm copies of one row, with some columns of their own.
  void Copy(const std::string& table, const std::string& which,
            const std::map<std::string, std::string>& own) {
    std::istringstream columns(ground_.stack().Sql(
        "SELECT column_name FROM information_schema.columns WHERE table_schema ="
        " 'redress_aftersales' AND table_name = '" +
        table + "' ORDER BY ordinal_position"));
    std::string names, values;
    for (std::string name; columns >> name;) {
      const auto changed = own.find(name);
      names += (names.empty() ? "" : ", ") + name;
      values += (values.empty() ? "" : ", ") + (changed == own.end() ? name : changed->second);
    }
    ground_.stack().Sql("INSERT INTO redress_aftersales." + table + " (" + names + ") SELECT " +
                        values + " FROM redress_aftersales." + table +
                        ", redress_aftersales.seq_1_to_" + std::to_string(kStorm) + " WHERE " +
                        which);
  }

  Ground ground_;
};

TEST(DeadlineStorm, IsWorkedOffWithoutKeepingPeopleWaiting) {
  Storm storm;
  Series quiet, under_fire, ratio;
  storm.P99Ms();  // caches and connections as in any later minute
  for (int i = 0; i < 3; ++i) quiet.Add(storm.P99Ms());
  storm.Begin();
  const auto begin = Clock::now();
  while (storm.Left() > 0) {
    const double p99_ms = storm.P99Ms();
    // A run that the storm did not outlast is half a quiet one.
    if (storm.Left() > 0) under_fire.Add(p99_ms);
  }
  const double drained_s = std::chrono::duration<double>(Clock::now() - begin).count();
  ASSERT_GT(under_fire.size(), 0u) << "the storm was over before anybody looked";
  EXPECT_EQ(storm.Fired(), kStorm) << "each once";
  for (int i = 0; i < 3; ++i) quiet.Add(storm.P99Ms());
  for (std::size_t i = 0; i < under_fire.size(); ++i) ratio.Add(under_fire[i] / quiet.Median());
  Series drain;
  drain.Add(drained_s);
  Claim("deadline_drain_s", drain, "s");
  Claim("deadline_foreground_p99_ratio", ratio);
  Tell("a person's step, p99, in quiet minutes", quiet, "ms");
  Tell("a person's step, p99, while 100,000 deadlines are due", under_fire, "ms");
  EXPECT_LE(ratio.Median(), 2.0);
}

}  // namespace
}  // namespace redress::bench
