#include "services/platform/batching/keyed_queue.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <random>
#include <set>

namespace redress::platform {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using Key = KeyedQueue::Key;

void* Number(std::uintptr_t number) { return reinterpret_cast<void*>(number); }

class KeyedQueueTest : public testing::Test {
 protected:
  struct Batch {
    std::vector<std::uintptr_t> commands;
    std::vector<Key> keys;
  };
  Batch Take(std::size_t max = 32) {
    Batch batch;
    std::vector<void*> commands;
    queue_.Take(max, commands, batch.keys);
    for (void* command : commands) {
      batch.commands.push_back(reinterpret_cast<std::uintptr_t>(command));
    }
    return batch;
  }

  KeyedQueue queue_{{.all = 100, .per_tenant = 50}};
};

TEST_F(KeyedQueueTest, KeepsTheOrderOfOneTenant) {
  for (std::uintptr_t i = 1; i <= 5; ++i) EXPECT_TRUE(queue_.Push({1, i}, Number(i)));
  EXPECT_THAT(Take(3).commands, ElementsAre(1, 2, 3));
  EXPECT_THAT(Take(3).commands, ElementsAre(4, 5));
  EXPECT_FALSE(queue_.Ready());
  EXPECT_EQ(queue_.size(), 0u);
}

TEST_F(KeyedQueueTest, GivesTenantsOneTurnEach) {
  for (std::uintptr_t i = 0; i < 4; ++i) queue_.Push({1, 10 + i}, Number(10 + i));
  queue_.Push({2, 20}, Number(20));
  queue_.Push({3, 30}, Number(30));
  EXPECT_THAT(Take(4).commands, ElementsAre(10, 20, 30, 11));
  EXPECT_THAT(Take(4).commands, ElementsAre(12, 13));
}

TEST_F(KeyedQueueTest, PutsSeveralCommandsOfOneKeyInOneBatch) {
  for (std::uintptr_t i = 1; i <= 3; ++i) queue_.Push({1, 7}, Number(i));
  const Batch batch = Take();
  EXPECT_THAT(batch.commands, ElementsAre(1, 2, 3));
  EXPECT_THAT(batch.keys, ElementsAre(Key{1, 7}));
}

TEST_F(KeyedQueueTest, NeverStartsABusyKeyAgain) {
  queue_.Push({1, 7}, Number(1));
  const Batch first = Take();
  queue_.Push({1, 7}, Number(2));
  queue_.Push({1, 8}, Number(3));
  queue_.Push({1, 7}, Number(4));
  EXPECT_THAT(Take().commands, ElementsAre(3));
  EXPECT_FALSE(queue_.Ready());
  EXPECT_EQ(queue_.size(), 2u);
  queue_.Push({1, 7}, Number(5));
  queue_.Release(first.keys);
  EXPECT_THAT(Take().commands, ElementsAre(2, 4, 5));
}

// A caller may name a number of another tenant before anybody finds out that it is not theirs.
TEST_F(KeyedQueueTest, TheSameNumberOfAnotherTenantIsAnotherKey) {
  queue_.Push({1, 7}, Number(1));
  const Batch first = Take();
  queue_.Push({2, 7}, Number(2));
  const Batch second = Take();
  EXPECT_THAT(second.commands, ElementsAre(2));
  queue_.Release(first.keys);
  queue_.Release(second.keys);
  // Each tenant still has its whole part of the queue.
  for (std::uintptr_t i = 0; i < 50; ++i) EXPECT_TRUE(queue_.Push({1, i}, Number(i)));
  EXPECT_FALSE(queue_.Push({1, 99}, Number(99)));
  for (std::uintptr_t i = 0; i < 50; ++i) EXPECT_TRUE(queue_.Push({2, i}, Number(i)));
}

TEST_F(KeyedQueueTest, IsBoundedInAllAndPerTenant) {
  for (std::uintptr_t i = 0; i < 50; ++i) EXPECT_TRUE(queue_.Push({1, i}, Number(i)));
  EXPECT_FALSE(queue_.Push({1, 99}, Number(99)));
  for (std::uintptr_t i = 0; i < 50; ++i) EXPECT_TRUE(queue_.Push({2, 100 + i}, Number(i)));
  EXPECT_FALSE(queue_.Push({3, 200}, Number(1)));
  Take(1);
  EXPECT_TRUE(queue_.Push({3, 200}, Number(1)));
}

TEST_F(KeyedQueueTest, CountsParkedCommandsAgainstTheTenant) {
  queue_.Push({1, 7}, Number(1));
  Take();
  for (std::uintptr_t i = 0; i < 50; ++i) EXPECT_TRUE(queue_.Push({1, 7}, Number(i)));
  EXPECT_THAT(Take().commands, IsEmpty());
  EXPECT_FALSE(queue_.Push({1, 8}, Number(9)));
}

constexpr auto kBackground = KeyedQueue::Lane::kBackground;

TEST_F(KeyedQueueTest, TakesWhatCanWaitLastAndOnlySoMuch) {
  for (std::uintptr_t i = 1; i <= 4; ++i) queue_.Push({1, i}, Number(i), kBackground);
  queue_.Push({1, 10}, Number(10));
  std::vector<void*> commands;
  std::vector<Key> keys;
  queue_.Take(8, 2, commands, keys);
  EXPECT_THAT(commands, ElementsAre(Number(10), Number(1), Number(2)));
  EXPECT_EQ(queue_.size(kBackground), 2u);
  EXPECT_FALSE(queue_.Ready(KeyedQueue::Lane::kForeground));
}

TEST_F(KeyedQueueTest, AFullBackgroundLeavesRoomForTheTenantsPeople) {
  for (std::uintptr_t i = 0; i < 50; ++i) {
    EXPECT_TRUE(queue_.Push({1, i}, Number(i), kBackground));
  }
  EXPECT_FALSE(queue_.Push({1, 99}, Number(99), kBackground));
  EXPECT_TRUE(queue_.Push({1, 99}, Number(99)));
}

TEST_F(KeyedQueueTest, AKeyIsBusyForBothLanes) {
  queue_.Push({1, 7}, Number(1), kBackground);
  const Batch first = Take();
  queue_.Push({1, 7}, Number(2));
  queue_.Push({1, 7}, Number(3), kBackground);
  EXPECT_THAT(Take().commands, IsEmpty());
  EXPECT_EQ(queue_.size(), 2u);
  queue_.Release(first.keys);
  EXPECT_THAT(Take().commands, ElementsAre(2, 3));
}

// Thousands of pushes, batches of random size, releases in random order: nothing is lost, nothing
// overtakes within a key, no key is in two batches, and the counts agree.
TEST_F(KeyedQueueTest, HoldsItsPromisesUnderAnyInterleaving) {
  std::mt19937 random(20261122);
  const auto upto = [&](unsigned n) { return static_cast<std::uintptr_t>(random() % n); };
  KeyedQueue queue({.all = 200, .per_tenant = 80});
  std::vector<std::vector<Key>> running;
  std::set<Key> running_keys;
  std::map<std::uint64_t, std::uintptr_t> next_of_key;  // by tenant << 8 | number
  std::map<std::uint64_t, std::uintptr_t> taken_of_key;
  std::map<std::uint64_t, std::size_t> inside_of_tenant;
  std::size_t inside = 0;
  for (int round = 0; round < 50'000; ++round) {
    const auto what = upto(10);
    if (what < 6) {
      // Every tenant has every number.
      const std::uint64_t tenant = upto(5);
      const std::uint64_t key = tenant << 8 | upto(12);
      const std::uintptr_t number = next_of_key[key] + 1;
      const bool has_room = inside < 200 && inside_of_tenant[tenant] < 80;
      ASSERT_EQ(
          queue.Push({static_cast<std::uint32_t>(tenant), key & 0xff}, Number(key << 32 | number)),
          has_room);
      if (has_room) {
        next_of_key[key] = number;
        ++inside;
        ++inside_of_tenant[tenant];
      }
    } else if (what < 8) {
      std::vector<void*> commands;
      std::vector<Key> keys;
      queue.Take(1 + upto(8), commands, keys);
      for (void* command : commands) {
        const auto packed = reinterpret_cast<std::uintptr_t>(command);
        ASSERT_EQ(packed & 0xffffffff, ++taken_of_key[packed >> 32]);
        --inside_of_tenant[packed >> 40];
      }
      for (const Key& key : keys) {
        ASSERT_FALSE(running_keys.contains(key));
        running_keys.insert(key);
      }
      inside -= commands.size();
      running.push_back(keys);
    } else if (!running.empty()) {
      const std::size_t which = upto(static_cast<unsigned>(running.size()));
      for (const Key& key : running[which]) running_keys.erase(key);
      queue.Release(running[which]);
      running.erase(running.begin() + static_cast<std::ptrdiff_t>(which));
    }
    ASSERT_EQ(queue.size(), inside);
  }
  for (const auto& keys : running) queue.Release(keys);
  while (queue.Ready()) {
    std::vector<void*> commands;
    std::vector<Key> keys;
    queue.Take(32, commands, keys);
    for (void* command : commands) {
      const auto packed = reinterpret_cast<std::uintptr_t>(command);
      ASSERT_EQ(packed & 0xffffffff, ++taken_of_key[packed >> 32]);
    }
    queue.Release(keys);
  }
  EXPECT_EQ(taken_of_key, next_of_key);
  EXPECT_EQ(queue.size(), 0u);
}

}  // namespace
}  // namespace redress::platform
