// 32 clients escalate, settle, rule and withdraw the same linked pairs while the aftersales service
// is killed around its inbox: afterwards every invariant holds, and nothing is on its way for ever.
//
// environment: REDRESS_CHAOS_SEED, REDRESS_CHAOS_KILLS (rounds over all places; 2)

#include <gtest/gtest.h>

#include <cstdio>
#include <cstdlib>
#include <memory>
#include <thread>

#include "services/platform/base/crash_points.h"
#include "tests/chaos/linked_checks.h"
#include "tests/chaos/opponent.h"
#include "tests/chaos/victim.h"
#include "tests/e2e/cases.h"
#include "tests/support/figure.h"
#include "tests/support/wait_for.h"

namespace redress::chaos {
namespace {

using std::chrono::seconds;

constexpr int kClients = 32;
constexpr int kPairs = 12;  // fought over at once
constexpr int kWaves = 6;   // of fresh pairs
constexpr int kRounds = 2;
constexpr std::uint64_t kStepsPerWave = 100;
constexpr int kRefills = 10;  // of a wave whose pairs came to their ends early

std::uint64_t FromEnvironment(const char* name, std::uint64_t otherwise) {
  const char* text = std::getenv(name);
  return text == nullptr ? otherwise : std::stoull(text);
}

// Fresh pairs: rejected refunds, refused goods that are here, and disputes of their own.
void AddPairs(e2e::Shop& shop, Arena& arena) {
  for (int i = 0; i < kPairs; ++i) {
    if (i % 3 == 0) {
      arena.Add(e2e::BringTo(shop, aftersales::REFUND_VARIANT_RETURN_AND_REFUND, "Disagreed"));
      continue;
    }
    const auto order = shop.PushOrder();
    if (i % 3 == 1) {
      const auto refund = shop.Open(order, aftersales::REFUND_VARIANT_REFUND_ONLY);
      shop.Reject(refund.case_id());
      arena.Add(refund.case_id());
      continue;
    }
    aftersales::OpenDisputeRequest open;
    open.set_order_id(order.order_id());
    open.set_line_id(order.lines(0).line_id());
    open.set_channel(aftersales::DISPUTE_CHANNEL_DIRECT_COMPLAINT);
    open.set_reason("damaged");
    arena.Add(
        shop.As("agent").Call<aftersales::OpenDisputeResponse>(std::move(open)).case_().case_id());
  }
}

// Kills the service at a point (null: wherever it is) and waits until it is back.
bool KillAt(Victim& victim, const char* point, Violations& violations) {
  const auto before = victim.Pid();
  bool struck = false;
  if (point != nullptr) {
    victim.Arm({point}, 1);
    struck = test::WaitFor([&] { return victim.Struck(); }, seconds(20));
    if (!struck) victim.Disarm();
  } else {
    struck = victim.Kill();
  }
  const bool back = !struck || test::WaitFor(
                                   [&] {
                                     const auto now = victim.Pid();
                                     return now && now != before && victim.Serves();
                                   },
                                   seconds(90));
  if (!back) violations.Add("the service did not come back", victim.Condition());
  return struck;
}

TEST(LinkedKills, LeaveNoPairApart) {
  const std::uint64_t seed = FromEnvironment("REDRESS_CHAOS_SEED", std::random_device{}());
  const auto rounds = static_cast<int>(FromEnvironment("REDRESS_CHAOS_KILLS", kRounds));
  std::printf("chaos: linked cases, seed %llu\n", static_cast<unsigned long long>(seed));
  e2e::Stack& stack = e2e::Stack::Shared();
  e2e::Shop shop(stack);
  Journal journal;
  Violations violations;
  Caller caller(stack, shop, journal, violations);
  Victim victim(stack, "aftersales", "redress-aftersales", {});
  std::vector<std::string> cases;
  std::uint64_t applied = 0;
  int kills = 0;
  const std::vector<const char*> places{platform::kWithAsksClaimed,
                                        platform::kAfterStepBeforeMark,
                                        platform::kBeforeCommit,
                                        platform::kAfterCommitBeforeAnswer,
                                        platform::kAfterOpeningBeforeGrant,
                                        nullptr};
  for (int wave = 0; wave < kWaves; ++wave) {
    Arena arena;
    AddPairs(shop, arena);
    std::atomic<bool> stop{false};
    std::vector<std::unique_ptr<Opponent>> opponents;
    std::vector<std::thread> threads;
    for (int i = 0; i < kClients; ++i) {
      const auto number = static_cast<std::uint64_t>(wave * kClients + i);
      opponents.push_back(std::make_unique<Opponent>(caller, arena, seed + number));
      threads.emplace_back([&stop, &one = *opponents.back()] { one.Fight(stop); });
    }
    for (int round = 0; round < rounds; ++round) {
      kills += KillAt(victim, places[static_cast<std::size_t>(wave) % places.size()], violations);
    }
    const std::uint64_t enough = kStepsPerWave * static_cast<std::uint64_t>(wave + 1);
    for (int i = 0; i < kRefills && journal.acknowledged_steps() < enough; ++i) {
      AddPairs(shop, arena);
    }
    stop = true;
    for (std::thread& thread : threads) thread.join();
    for (const auto& one : opponents) applied += one->applied();
    for (const std::string& id : arena.All()) cases.push_back(id);
  }
  AwaitInboxes(stack, violations);
  CheckLinkedCases(stack, shop, violations);
  CheckHistoriesOf(shop, cases, violations);

  test::Figure("linked_kills", kills);
  test::Figure("linked_steps", static_cast<double>(applied));
  test::Figure("linked_cases", static_cast<double>(cases.size()));
  test::Figure("linked_violations", static_cast<double>(violations.count()));
  EXPECT_EQ(violations.count(), 0u) << violations.Summary();
  EXPECT_GE(kills, kWaves);
  EXPECT_GT(applied, 500u);
  EXPECT_GT(cases.size(), static_cast<std::size_t>(kWaves * kPairs)) << "nothing was linked";
}

}  // namespace
}  // namespace redress::chaos
