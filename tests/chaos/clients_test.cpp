// A client gets through soon after its service is back. Nothing else in this process may poll the
// network meanwhile: gRPC would move the client's connection on by the way.

#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>

#include "clients/cpp/call_error.h"
#include "tests/chaos/victim.h"
#include "tests/e2e/shop.h"
#include "tests/e2e/stack.h"
#include "tests/support/figure.h"

namespace redress::chaos {
namespace {

using std::chrono::steady_clock;

constexpr int kRounds = 5;
// The supervisor brings a service back within a few seconds.
constexpr auto kSoon = std::chrono::seconds(10);
constexpr auto kGiveUp = std::chrono::seconds(60);

bool GetsThrough(e2e::Shop& shop) {
  try {
    shop.As("agent").Call<e2e::order::ListOrdersResponse>(e2e::order::ListOrdersRequest{});
    return true;
  } catch (const client::CallError& error) {
    if (!error.unreachable()) throw;
    return false;
  }
}

TEST(Clients, GetThroughSoonAfterTheirServiceIsBack) {
  e2e::Stack& stack = e2e::Stack::Shared();
  e2e::Shop shop(stack);
  Victim order(stack, "order", "redress-order", {});
  std::chrono::duration<double> slowest(0);
  for (int round = 0; round < kRounds; ++round) {
    ASSERT_TRUE(order.Kill());
    const auto killed = steady_clock::now();
    while (!GetsThrough(shop) && steady_clock::now() < killed + kGiveUp) continue;
    slowest = std::max<std::chrono::duration<double>>(slowest, steady_clock::now() - killed);
  }
  test::Figure("kill_to_next_answer", slowest.count(), "s");
  EXPECT_LT(slowest, kSoon);
}

}  // namespace
}  // namespace redress::chaos
