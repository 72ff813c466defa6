#include "services/platform/server/executor.h"

#include <gtest/gtest.h>

#include <atomic>
#include <functional>
#include <latch>

namespace redress::platform {
namespace {

struct Task final : ExecutorTask {
  explicit Task(std::function<void()> work) : work(std::move(work)) {}
  void Run(std::shared_ptr<ExecutorTask>) override { work(); }
  std::function<void()> work;
};

std::shared_ptr<ExecutorTask> Make(std::function<void()> work) {
  return std::make_shared<Task>(std::move(work));
}

TEST(Executor, TakesAsManyAsItHasThreadsAndPlaces) {
  std::latch open(1);
  std::atomic<int> ran = 0;
  Executor executor({.threads = 2, .queue = 3});
  const auto work = [&] {
    open.wait();
    ++ran;
  };
  int taken = 0;
  while (taken < 100 && executor.Submit(Make(work))) ++taken;
  EXPECT_EQ(taken, 5);
  open.count_down();
  executor.Stop();
  EXPECT_EQ(ran, 5);
}

TEST(Executor, FinishesWhatItTookAndTakesNothingAfterwards) {
  std::atomic<int> ran = 0;
  Executor executor({.threads = 4, .queue = 1000});
  int taken = 0;
  for (int i = 0; i < 1000; ++i) taken += executor.Submit(Make([&] { ++ran; })) ? 1 : 0;
  executor.Stop();
  EXPECT_EQ(ran, taken);
  EXPECT_GT(taken, 0);
  EXPECT_FALSE(executor.Submit(Make([] {})));
  executor.Stop();
}

TEST(Executor, FreedThreadsAreUsedAgain) {
  Executor executor({.threads = 1, .queue = 0});
  for (int i = 0; i < 50; ++i) {
    auto done = std::make_shared<std::latch>(1);
    while (!executor.Submit(Make([done] { done->count_down(); }))) std::this_thread::yield();
    done->wait();
  }
}

}  // namespace
}  // namespace redress::platform
