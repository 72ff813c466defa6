#include "services/platform/batching/batch_executor.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <atomic>
#include <chrono>
#include <future>
#include <map>
#include <mutex>
#include <set>
#include <stdexcept>
#include <thread>

#include "tests/support/wait_for.h"

namespace redress::platform {
namespace {

using testing::ElementsAre;

struct Command {
  int number = 0;
  std::uint64_t key = 0;
  std::string outcome = "not run";
};
using Executor = BatchExecutor<Command>;
using Batch = std::span<Command* const>;

std::unique_ptr<Command> Make(int number, std::uint64_t key = 0) {
  return std::make_unique<Command>(Command{.number = number, .key = key});
}

// What was answered, in order.
class Answers {
 public:
  auto Recorder() {
    return [this](Command& command) {
      const std::lock_guard lock(mutex_);
      numbers_.push_back(command.number);
      outcomes_.push_back(command.outcome);
      threads_.insert(std::this_thread::get_id());
    };
  }
  std::size_t count() {
    const std::lock_guard lock(mutex_);
    return numbers_.size();
  }

  std::mutex mutex_;
  std::vector<int> numbers_;
  std::vector<std::string> outcomes_;
  std::set<std::thread::id> threads_;
};

TEST(BatchExecutor, AnswersOnAnotherThreadThanItRuns) {
  Answers answers;
  std::thread::id ran_on;
  Executor executor(
      {.workers = 1},
      [&](Batch batch) {
        ran_on = std::this_thread::get_id();
        for (Command* command : batch) command->outcome = "done";
      },
      answers.Recorder());
  EXPECT_TRUE(executor.Submit(1, 1, Make(1)));
  executor.Stop();
  EXPECT_THAT(answers.numbers_, ElementsAre(1));
  EXPECT_THAT(answers.outcomes_, ElementsAre("done"));
  EXPECT_FALSE(answers.threads_.contains(ran_on));
}

// Batches that run until they are let go.
class HeldBatches {
 public:
  auto Runner() {
    return [this](Batch batch) {
      const std::size_t number = started_.fetch_add(1);
      sizes_[number] = batch.size();
      gate_.wait();
    };
  }
  bool WaitForStarted(std::size_t batches) {
    return test::WaitFor([&] { return started_ >= batches; });
  }
  void LetGo() { open_.set_value(); }

  std::array<std::atomic<std::size_t>, 8> sizes_{};
  std::atomic<std::size_t> started_ = 0;

 private:
  std::promise<void> open_;
  std::shared_future<void> gate_ = open_.get_future().share();
};

TEST(BatchExecutor, StartsABatchBesideARunningOneOnlyOnceEnoughWait) {
  HeldBatches batches;
  Executor executor({.workers = 2, .beside_at = 4, .patience = std::chrono::hours(1)},
                    batches.Runner(), [](Command&) {});
  EXPECT_TRUE(executor.Submit(1, 1, Make(1)));
  ASSERT_TRUE(batches.WaitForStarted(1));
  for (unsigned i = 2; i <= 4; ++i) EXPECT_TRUE(executor.Submit(1, i, Make(2)));
  EXPECT_EQ(executor.Depth(), 3U);
  EXPECT_TRUE(executor.Submit(1, 5, Make(5)));
  EXPECT_TRUE(batches.WaitForStarted(2));
  EXPECT_EQ(batches.sizes_[1], 4U);
  batches.LetGo();
}

TEST(BatchExecutor, DoesNotWaitLongForABatchThatHangs) {
  HeldBatches batches;
  Executor executor({.workers = 2, .beside_at = 4, .patience = std::chrono::milliseconds(1)},
                    batches.Runner(), [](Command&) {});
  EXPECT_TRUE(executor.Submit(1, 1, Make(1)));
  ASSERT_TRUE(batches.WaitForStarted(1));
  EXPECT_TRUE(executor.Submit(1, 2, Make(2)));
  EXPECT_TRUE(batches.WaitForStarted(2));
  batches.LetGo();
}

constexpr auto kBackground = KeyedQueue::Lane::kBackground;

TEST(BatchExecutor, StartsAtOnceBesideABatchThatNobodyWaitsFor) {
  HeldBatches batches;
  Executor executor({.workers = 2, .beside_at = 100, .patience = std::chrono::hours(1)},
                    batches.Runner(), [](Command&) {});
  EXPECT_TRUE(executor.Submit(1, 1, Make(1), kBackground));
  ASSERT_TRUE(batches.WaitForStarted(1));
  EXPECT_TRUE(executor.Submit(1, 2, Make(2)));
  EXPECT_TRUE(batches.WaitForStarted(2));
  batches.LetGo();
}

TEST(BatchExecutor, WhatNobodyWaitsForStartsNothingBesideAnotherBatch) {
  HeldBatches batches;
  Executor executor({.workers = 2, .beside_at = 1, .patience = std::chrono::microseconds(0)},
                    batches.Runner(), [](Command&) {});
  EXPECT_TRUE(executor.Submit(1, 1, Make(1), kBackground));
  ASSERT_TRUE(batches.WaitForStarted(1));
  EXPECT_TRUE(executor.Submit(1, 2, Make(2), kBackground));
  // One that somebody waits for starts, and takes the other along.
  EXPECT_TRUE(executor.Submit(1, 3, Make(3)));
  ASSERT_TRUE(batches.WaitForStarted(2));
  EXPECT_EQ(batches.sizes_[1], 2u);
  batches.LetGo();
}

TEST(BatchExecutor, WhatNobodyWaitsForRidesAlongInSmallNumbers) {
  std::vector<std::size_t> sizes;
  Executor executor(
      {.workers = 1, .max_batch = 32, .background_share = 2, .background_batch = 4},
      [&](Batch batch) { sizes.push_back(batch.size()); }, [](Command&) {});
  executor.Pause();
  for (unsigned i = 0; i < 10; ++i) EXPECT_TRUE(executor.Submit(1, i, Make(1), kBackground));
  for (unsigned i = 10; i < 13; ++i) EXPECT_TRUE(executor.Submit(1, i, Make(2)));
  executor.Resume();
  executor.Stop();
  EXPECT_THAT(sizes, ElementsAre(5, 4, 4));
}

TEST(BatchExecutor, TakesWhatHasGatheredAsOneBatch) {
  Answers answers;
  std::vector<std::size_t> sizes;
  Executor executor(
      {.workers = 1, .max_batch = 8}, [&](Batch batch) { sizes.push_back(batch.size()); },
      answers.Recorder());
  executor.Pause();
  for (int i = 0; i < 20; ++i) EXPECT_TRUE(executor.Submit(1, static_cast<unsigned>(i), Make(i)));
  EXPECT_EQ(executor.Depth(), 20u);
  EXPECT_EQ(answers.count(), 0u);
  executor.Resume();
  executor.Stop();
  EXPECT_THAT(sizes, ElementsAre(8, 8, 4));
  EXPECT_EQ(answers.count(), 20u);
}

TEST(BatchExecutor, WorksWhileTheAnswersOfTheLastBatchAreSlow) {
  std::promise<void> release;
  std::shared_future<void> released = release.get_future().share();
  std::atomic<int> ran = 0;
  Executor executor(
      {.workers = 1, .max_batch = 1}, [&](Batch) { ++ran; }, [&](Command&) { released.wait(); });
  for (int i = 0; i < 5; ++i) executor.Submit(1, static_cast<unsigned>(i), Make(i));
  EXPECT_TRUE(test::WaitFor([&] { return ran == 5; }));
  release.set_value();
}

TEST(BatchExecutor, RefusesWhenFullAndTakesAgainWhenAnswered) {
  Answers answers;
  Executor executor(
      {.workers = 1, .max_queue = 3}, [](Batch) {}, answers.Recorder());
  executor.Pause();
  for (int i = 0; i < 3; ++i) EXPECT_TRUE(executor.Submit(1, 1, Make(i)));
  auto refused = Make(9);
  EXPECT_FALSE(executor.Submit(1, 1, std::move(refused)));
  EXPECT_NE(refused, nullptr);  // still the caller's, to answer RESOURCE_EXHAUSTED
  executor.Resume();
  EXPECT_TRUE(test::WaitFor([&] { return executor.Submit(1, 1, Make(10)); }));
}

TEST(BatchExecutor, OneTenantCannotFillTheQueue) {
  Executor executor(
      {.workers = 1, .max_queue = 100, .max_queue_per_tenant = 2}, [](Batch) {}, [](Command&) {});
  executor.Pause();
  EXPECT_TRUE(executor.Submit(1, 1, Make(1)));
  EXPECT_TRUE(executor.Submit(1, 2, Make(2)));
  EXPECT_FALSE(executor.Submit(1, 3, Make(3)));
  EXPECT_TRUE(executor.Submit(2, 4, Make(4)));
}

TEST(BatchExecutor, SmallTenantIsServedThoughAnotherFloods) {
  Answers answers;
  Executor executor(
      {.workers = 1, .max_batch = 4}, [](Batch) {}, answers.Recorder());
  executor.Pause();
  for (int i = 0; i < 1000; ++i) executor.Submit(1, static_cast<unsigned>(i), Make(i));
  executor.Submit(2, 5000, Make(5000));
  executor.Resume();
  executor.Stop();
  const auto& numbers = answers.numbers_;
  const auto place = std::find(numbers.begin(), numbers.end(), 5000) - numbers.begin();
  EXPECT_LT(place, 4);
}

TEST(BatchExecutor, AnswersCommandsOfAFailedBatchAsTheyAre) {
  Answers answers;
  std::atomic<int> failures = 0;
  Executor executor(
      {.workers = 1, .on_failure = [&](const std::exception&) { ++failures; }},
      [](Batch) { throw std::runtime_error("the database is gone"); }, answers.Recorder());
  executor.Submit(1, 1, Make(1));
  EXPECT_TRUE(test::WaitFor([&] { return answers.count() == 1; }));
  executor.Submit(1, 1, Make(2));
  executor.Stop();
  EXPECT_THAT(answers.outcomes_, ElementsAre("not run", "not run"));
  EXPECT_EQ(failures, 2);
}

TEST(BatchExecutor, StopRunsWhatIsThereAndRefusesWhatComes) {
  Answers answers;
  Executor executor(
      {.workers = 2}, [](Batch) {}, answers.Recorder());
  executor.Pause();
  for (int i = 0; i < 500; ++i) executor.Submit(1, static_cast<unsigned>(i % 7), Make(i));
  executor.Stop();
  EXPECT_EQ(answers.count(), 500u);
  EXPECT_FALSE(executor.Submit(1, 1, Make(1)));
  executor.Stop();
}

TEST(BatchExecutor, PauseReturnsWhenNothingRuns) {
  std::atomic<int> running = 0;
  Executor executor(
      {.workers = 2, .max_batch = 2},
      [&](Batch) {
        ++running;
        std::this_thread::yield();
        --running;
      },
      [](Command&) {});
  for (int round = 0; round < 200; ++round) {
    for (int i = 0; i < 8; ++i) executor.Submit(1, static_cast<unsigned>(i), Make(i));
    executor.Pause();
    ASSERT_EQ(running, 0);
    executor.Resume();
  }
}

// Many threads, few keys: each command runs once, in the order in which its thread sent it, and no
// key is ever worked on by two workers at once.
TEST(BatchExecutor, KeepsKeysApartAndInOrder) {
  constexpr int kThreads = 8;
  constexpr int kEach = 5'000;
  constexpr std::uint64_t kKeys = 16;
  std::array<std::atomic<int>, kKeys> working{};
  std::array<std::array<int, kThreads>, kKeys> last{};
  std::atomic<int> wrong = 0;
  std::atomic<int> answered = 0;
  {
    Executor executor(
        {.workers = 4, .max_batch = 16},
        [&](Batch batch) {
          std::set<std::uint64_t> keys;
          for (Command* command : batch) keys.insert(command->key);
          for (const std::uint64_t key : keys) wrong += working[key]++ == 0 ? 0 : 1;
          for (Command* command : batch) {
            const int thread = command->number / kEach;
            int& previous = last[command->key][static_cast<unsigned>(thread)];
            if (command->number < previous) ++wrong;
            previous = command->number;
          }
          std::this_thread::yield();
          for (const std::uint64_t key : keys) --working[key];
        },
        [&](Command&) { ++answered; });
    std::vector<std::thread> threads;
    for (int t = 0; t < kThreads; ++t) {
      threads.emplace_back([&, t] {
        for (int i = 0; i < kEach; ++i) {
          const auto key = static_cast<std::uint64_t>(i * 7 + t) % kKeys;
          auto command = Make(t * kEach + i, key);
          while (!executor.Submit(static_cast<std::uint32_t>(key % 3), key, std::move(command))) {
            std::this_thread::yield();
          }
        }
      });
    }
    for (std::thread& thread : threads) thread.join();
  }
  EXPECT_EQ(wrong, 0);
  EXPECT_EQ(answered, kThreads * kEach);
}

TEST(BatchExecutor, RefusesNonsense) {
  EXPECT_THROW(Executor(
                   {.workers = 0}, [](Batch) {}, [](Command&) {}),
               std::invalid_argument);
}

}  // namespace
}  // namespace redress::platform
