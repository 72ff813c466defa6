#include "tests/chaos/killer.h"

#include <algorithm>
#include <chrono>
#include <cstdio>

#include "tests/support/wait_for.h"

namespace redress::chaos {
namespace {

using std::chrono::seconds;
using std::chrono::steady_clock;

constexpr int kReportEvery = 20;
constexpr int kMostPassings = 3;
// A timer comes by every few seconds, everything else many times a second.
constexpr auto kPassWithin = seconds(60);
constexpr auto kBackWithin = seconds(120);
constexpr std::uint64_t kFewestSteps = 5;
constexpr std::uint64_t kMostSteps = 25;

}  // namespace

Killer::Killer(e2e::Stack& stack, Journal& journal, Violations& violations, std::uint64_t seed)
    : journal_(journal), violations_(violations), random_(seed), victims_(AllVictims(stack)) {}

std::vector<Killer::Kill> Killer::Plan(int kills) {
  std::vector<Kill> plan;
  for (const auto& victim : victims_) {
    const std::size_t points = victim->points().size();
    for (int i = 0; i < kills; ++i) {
      const bool named = points != 0 && i % 2 == 0;
      plan.push_back(
          {victim.get(),
           named ? &victim->points()[static_cast<std::size_t>(i / 2) % points] : nullptr});
    }
  }
  std::shuffle(plan.begin(), plan.end(), random_);
  return plan;
}

void Killer::KillAll(int kills) {
  const auto started = steady_clock::now();
  const std::vector<Kill> plan = Plan(kills);
  int done = 0;
  AwaitSteps(kMostSteps, "the start");
  for (const Kill& kill : plan) {
    Carry(kill);
    if (++done % kReportEvery != 0) continue;
    const auto passed = std::chrono::duration_cast<seconds>(steady_clock::now() - started);
    std::printf(
        "chaos: %d of %zu kills, %zu calls, %llu unknown outcomes, %llu violations, %lld s\n", done,
        plan.size(), journal_.size(), static_cast<unsigned long long>(journal_.unknown_outcomes()),
        static_cast<unsigned long long>(violations_.count()),
        static_cast<long long>(passed.count()));
    std::fflush(stdout);
  }
}

void Killer::Carry(const Kill& kill) {
  Victim& victim = *kill.victim;
  const std::string what =
      victim.name() + " at " + (kill.point == nullptr ? "a random moment" : kill.point->name);
  const auto before = victim.Pid();
  const bool killed = kill.point == nullptr ? victim.Kill() : KillAt(victim, *kill.point);
  if (!killed) {
    violations_.Add("a kill did not happen", what + ": " + victim.Condition());
    return;
  }
  const bool back = test::WaitFor(
      [&] {
        const auto now = victim.Pid();
        return now && now != before && victim.Serves();
      },
      kBackWithin);
  if (!back) {
    violations_.Add("a killed process did not come back", what + ": " + victim.Condition());
    return;
  }
  const auto steps =
      std::uniform_int_distribution<std::uint64_t>(kFewestSteps, kMostSteps)(random_);
  if (!AwaitSteps(steps, "killing " + what)) return;
  ++survived_;
  if (kill.point != nullptr) ++at_points_;
}

bool Killer::KillAt(Victim& victim, const Point& point) {
  const int passing =
      point.at_start ? 1 : std::uniform_int_distribution<int>(1, kMostPassings)(random_);
  victim.Arm(point, passing);
  if (point.at_start && !victim.Kill()) return false;
  if (test::WaitFor([&] { return victim.Struck(); }, kPassWithin)) return true;
  victim.Disarm();
  return false;
}

bool Killer::AwaitSteps(std::uint64_t steps, const std::string& after) {
  const std::uint64_t seen = journal_.acknowledged_steps();
  const bool came =
      test::WaitFor([&] { return journal_.acknowledged_steps() >= seen + steps; }, kBackWithin);
  if (!came) violations_.Add("the clients do not get on", "after " + after);
  return came;
}

}  // namespace redress::chaos
