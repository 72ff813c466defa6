// Whose turn it is: fair, bounded for each address, and the bad apart from the good.

#include "services/aftersales/domain/webhook_lanes.h"

#include <gtest/gtest.h>

#include <atomic>
#include <thread>
#include <vector>

namespace redress::aftersales {
namespace {

using After = WebhookLanes::After;

WebhookAddress Address(std::uint64_t id) { return {ShopId{7}, WebhookId{id}}; }

void Offer(WebhookLanes& lanes, std::initializer_list<std::uint64_t> ids, bool is_failing = false) {
  std::vector<DueWebhook> due;
  for (const std::uint64_t id : ids) due.push_back({Address(id), is_failing});
  lanes.Offer(due);
}

// The address's id; 0 when it is nobody's turn.
std::uint64_t TakeSound(WebhookLanes& lanes) {
  const auto taken = lanes.Take(WebhookLane::kSound);
  return taken ? taken->id.value : 0;
}
std::uint64_t TakeSuspect(WebhookLanes& lanes) {
  const auto taken = lanes.Take(WebhookLane::kSuspect);
  return taken ? taken->id.value : 0;
}

TEST(WebhookLanes, GiveEachAddressOneTurnAfterTheOther) {
  WebhookLanes lanes;
  Offer(lanes, {1, 2, 3});
  std::vector<std::uint64_t> turns;
  for (int i = 0; i < 6; ++i) {
    turns.push_back(TakeSound(lanes));
    lanes.Return(Address(turns.back()), After::kGood);
  }
  EXPECT_EQ(turns, (std::vector<std::uint64_t>{1, 2, 3, 1, 2, 3}));
}

TEST(WebhookLanes, GiveOneAddressAFewAtOnce) {
  WebhookLanes lanes;
  Offer(lanes, {1});
  for (std::size_t i = 0; i < WebhookLanes::kMostAtOnce; ++i) {
    EXPECT_EQ(TakeSound(lanes), 1u);
    lanes.Claimed(Address(1));
  }
  EXPECT_EQ(TakeSound(lanes), 0u);
  Offer(lanes, {1});
  EXPECT_EQ(TakeSound(lanes), 0u) << "however often it is due";
  lanes.Return(Address(1), After::kGood);
  EXPECT_EQ(TakeSound(lanes), 1u);
}

TEST(WebhookLanes, KeepWhatFailsApartOneAtATime) {
  WebhookLanes lanes;
  Offer(lanes, {1}, /*is_failing=*/true);
  Offer(lanes, {2});
  EXPECT_EQ(TakeSound(lanes), 2u);
  EXPECT_EQ(TakeSuspect(lanes), 1u);
  EXPECT_EQ(TakeSuspect(lanes), 0u);
  lanes.Return(Address(1), After::kBad);
  EXPECT_EQ(TakeSuspect(lanes), 1u);
}

TEST(WebhookLanes, MoveAnAddressByHowItsLastAttemptWent) {
  WebhookLanes lanes;
  Offer(lanes, {1});
  EXPECT_EQ(TakeSound(lanes), 1u);
  lanes.Return(Address(1), After::kBad);
  EXPECT_EQ(TakeSound(lanes), 0u);
  EXPECT_EQ(TakeSuspect(lanes), 1u);
  lanes.Return(Address(1), After::kGood);
  EXPECT_EQ(TakeSuspect(lanes), 0u);
  EXPECT_EQ(TakeSound(lanes), 1u);
}

TEST(WebhookLanes, ForgetWhereNothingIsLeftUntilItIsDueAgain) {
  WebhookLanes lanes;
  Offer(lanes, {1});
  EXPECT_EQ(TakeSound(lanes), 1u);
  lanes.Return(Address(1), After::kNothingLeft);
  EXPECT_EQ(TakeSound(lanes), 0u);
  Offer(lanes, {1});
  EXPECT_EQ(TakeSound(lanes), 1u);
  lanes.Return(Address(1), After::kGood);
}

TEST(WebhookLanes, ExceedNoBoundWithManySendersAtOnce) {
  WebhookLanes lanes;
  std::atomic<int> under_way[4] = {};
  std::atomic<int> most = 0;
  std::atomic<int> sent = 0;
  std::vector<std::thread> senders;
  for (int i = 0; i < 8; ++i) {
    senders.emplace_back([&] {
      for (int round = 0; round < 2000; ++round) {
        Offer(lanes, {1, 2, 3});
        const std::uint64_t id = TakeSound(lanes);
        if (id == 0) continue;
        const int now = ++under_way[id];
        lanes.Claimed(Address(id));
        int seen = most;
        while (now > seen && !most.compare_exchange_weak(seen, now)) {
        }
        ++sent;
        --under_way[id];
        lanes.Return(Address(id), round % 3 == 0 ? After::kNothingLeft : After::kGood);
      }
    });
  }
  for (std::thread& sender : senders) sender.join();
  EXPECT_LE(most, static_cast<int>(WebhookLanes::kMostAtOnce));
  EXPECT_GT(sent, 1000);
}

}  // namespace
}  // namespace redress::aftersales
