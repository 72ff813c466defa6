// kill -9 of every process of a deployment, again and again, while clients work cases: nothing that
// was acknowledged is lost, nothing is done twice, every unknown outcome is resolved, and the
// figures are those of the steps.
//
// environment:
//   REDRESS_CHAOS_KILLS  kills of each process (20)
//   REDRESS_CHAOS_SEED   which cases are worked and in which order processes die; else a new one

#include <gtest/gtest.h>
#include <redress/aftersales/v1/workflow_service.pb.h>

#include <atomic>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <random>
#include <string>
#include <thread>
#include <vector>

#include "tests/chaos/caller.h"
#include "tests/chaos/checks.h"
#include "tests/chaos/clerk.h"
#include "tests/chaos/front_desk.h"
#include "tests/chaos/journal.h"
#include "tests/chaos/killer.h"
#include "tests/chaos/violations.h"
#include "tests/e2e/shop.h"
#include "tests/e2e/stack.h"
#include "tests/support/figure.h"

namespace redress::chaos {
namespace {

constexpr int kClerks = 5;
constexpr int kKills = 20;

std::uint64_t FromEnvironment(const char* name, std::uint64_t otherwise) {
  const char* text = std::getenv(name);
  return text == nullptr ? otherwise : std::stoull(text);
}

// Cases that nobody answers are approved by the timer while the run still goes on.
void ShortenSellersDeadline(e2e::Shop& shop) {
  const auto rules =
      shop.As("admin")
          .Call<aftersales::ListDeadlineRulesResponse>(aftersales::ListDeadlineRulesRequest{})
          .rules();
  for (const aftersales::DeadlineRule& rule : rules) {
    if (rule.rule() != "seller_answers") continue;
    aftersales::SetDeadlineRuleRequest request;
    request.set_rule(rule.rule());
    request.set_condition(rule.condition());
    request.set_duration_seconds(60);
    shop.As("admin").Call<aftersales::SetDeadlineRuleResponse>(request);
  }
}

// Clients at work from construction to Finish.
class Load {
 public:
  Load(e2e::Stack& stack, e2e::Shop& shop, Caller& caller, FrontDesk& front_desk,
       std::uint64_t seed) {
    for (int i = 0; i < kClerks; ++i) {
      clerks_.push_back(std::make_unique<Clerk>(stack, shop, caller, "clerk" + std::to_string(i),
                                                seed + static_cast<std::uint64_t>(i)));
      threads_.emplace_back([this, &clerk = *clerks_.back()] { clerk.Work(stop_); });
    }
    threads_.emplace_back([this, &front_desk] { front_desk.Work(stop_); });
  }
  ~Load() { Finish(); }

  void Finish() {
    stop_ = true;
    for (std::thread& thread : threads_) {
      if (thread.joinable()) thread.join();
    }
  }

 private:
  std::atomic<bool> stop_{false};
  std::vector<std::unique_ptr<Clerk>> clerks_;
  std::vector<std::thread> threads_;
};

TEST(Kills, LoseNothingAndDoNothingTwice) {
  const auto kills = static_cast<int>(FromEnvironment("REDRESS_CHAOS_KILLS", kKills));
  const std::uint64_t seed = FromEnvironment("REDRESS_CHAOS_SEED", std::random_device{}());
  std::printf("chaos: seed %llu, %d kills of each process\n", static_cast<unsigned long long>(seed),
              kills);
  e2e::Stack& stack = e2e::Stack::Shared();
  e2e::Shop shop(stack);
  ShortenSellersDeadline(shop);

  Journal journal;
  Violations violations;
  Caller caller(stack, shop, journal, violations);
  FrontDesk front_desk(shop, caller, journal, violations);
  Killer killer(stack, journal, violations, seed);
  {
    Load load(stack, shop, caller, front_desk, seed);
    killer.KillAll(kills);
  }
  std::printf("chaos: the load has ended; checking\n");
  AwaitQuiescence(stack, violations);
  CheckSteps(stack, journal, violations);
  CheckHistories(shop, violations);
  CheckOtherWrites(stack, shop, journal, violations);
  CheckRepeats(caller, journal, violations);
  CheckTexts(caller, journal, violations);
  front_desk.LogInAMember();
  CheckRows(stack, violations);
  CheckFigures(stack, shop, violations);

  test::Figure("kills_survived", killer.survived());
  test::Figure("kills_at_crash_points", killer.at_points());
  test::Figure("kill_violations", static_cast<double>(violations.count()));
  test::Figure("kill_calls_recorded", static_cast<double>(journal.size()));
  test::Figure("kill_unknown_outcomes", static_cast<double>(journal.unknown_outcomes()));
  EXPECT_EQ(killer.survived(), kills * static_cast<int>(killer.processes()));
  EXPECT_EQ(violations.count(), 0u) << violations.Summary();
  EXPECT_GT(journal.unknown_outcomes(), 0u) << "no call was in the air when a process died";
}

}  // namespace
}  // namespace redress::chaos
