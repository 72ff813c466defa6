#include "services/platform/batching/batch_engine.h"

#include <stdexcept>
#include <utility>

#include "services/platform/base/crash_point.h"

namespace redress::platform {

BatchEngine::BatchEngine(Options options, Actions actions)
    : options_(std::move(options)),
      actions_(std::move(actions)),
      queue_({.all = options_.max_queue, .per_tenant = options_.max_queue_per_tenant}) {
  if (options_.workers < 1 || options_.max_batch < 1 || options_.max_queue < 1) {
    throw std::invalid_argument("a batch executor needs a worker, a batch and a queue");
  }
  for (int i = 0; i < options_.workers; ++i) workers_.emplace_back([this] { Work(); });
  answering_ = std::thread([this] { Answer(); });
}

BatchEngine::~BatchEngine() { Stop(); }

bool BatchEngine::Submit(std::uint32_t tenant, std::uint64_t key, void* command,
                         KeyedQueue::Lane lane) {
  bool wake = false;
  {
    const std::lock_guard lock(mutex_);
    if (stopping_ || unanswered_ >= options_.max_queue) return false;
    if (!queue_.Push({tenant, key}, command, lane)) return false;
    ++unanswered_;
    // A worker that waits for more sets its own alarm; the first command tells it to.
    wake = waiting_workers_ > 0 && !paused_ && (MayStart() || queue_.size(lane) == 1);
  }
  if (wake) work_.notify_one();
  return true;
}

// What can wait starts nothing beside another batch: it rides along with what somebody waits for,
// or runs where nothing else does, and then keeps nobody else from starting.
bool BatchEngine::MayStart() const {
  if (paused_ || !queue_.Ready()) return false;
  if (running_ == 0 || stopping_) return true;
  if (!queue_.Ready(KeyedQueue::Lane::kForeground)) return false;
  if (running_ == running_in_background_) return true;
  if (queue_.size(KeyedQueue::Lane::kForeground) >= options_.beside_at) return true;
  return std::chrono::steady_clock::now() - last_start_ >= options_.patience;
}

// False when the engine has stopped and nothing is left.
bool BatchEngine::WaitForWork(std::unique_lock<std::mutex>& lock) {
  ++waiting_workers_;
  while (!MayStart() && !(stopping_ && queue_.size() == 0)) {
    if (!paused_ && queue_.Ready(KeyedQueue::Lane::kForeground)) {
      work_.wait_until(lock, last_start_ + options_.patience);
    } else {
      // Parked commands are not ready, but they become so when the batch that they wait for ends.
      work_.wait(lock);
    }
  }
  --waiting_workers_;
  return queue_.Ready();
}

void BatchEngine::Work() {
  std::vector<void*> commands;
  std::vector<KeyedQueue::Key> keys;
  commands.reserve(options_.max_batch);
  keys.reserve(options_.max_batch);
  std::unique_lock lock(mutex_);
  while (WaitForWork(lock)) {
    commands.clear();
    keys.clear();
    RunOne(lock, commands, keys);
  }
}

void BatchEngine::RunOne(std::unique_lock<std::mutex>& lock, std::vector<void*>& commands,
                         std::vector<KeyedQueue::Key>& keys) {
  const bool background = !queue_.Ready(KeyedQueue::Lane::kForeground);
  queue_.Take(options_.max_batch,
              background ? options_.background_batch : options_.background_share, commands, keys);
  if (commands.empty()) return;
  ++running_;
  if (background) ++running_in_background_;
  last_start_ = std::chrono::steady_clock::now();
  if (waiting_workers_ > 0 && queue_.Ready()) work_.notify_one();
  lock.unlock();
  try {
    actions_.run(commands);
  } catch (const std::exception& error) {
    Failed(error);
  }
  HandOver(commands);
  lock.lock();
  --running_;
  if (background) --running_in_background_;
  queue_.Release(keys);
  if (stopping_) work_.notify_all();
  if (paused_) idle_.notify_all();
}

void BatchEngine::HandOver(const std::vector<void*>& commands) {
  bool wake = false;
  {
    const std::lock_guard lock(answers_mutex_);
    wake = to_answer_.empty();
    to_answer_.insert(to_answer_.end(), commands.begin(), commands.end());
  }
  if (wake) answers_.notify_one();
}

void BatchEngine::Answer() {
  std::vector<void*> batch;
  for (;;) {
    {
      std::unique_lock lock(answers_mutex_);
      answers_.wait(lock, [this] { return !to_answer_.empty() || workers_ended_; });
      if (to_answer_.empty()) return;
      batch.swap(to_answer_);
    }
    for (void* command : batch) {
      try {
        actions_.answer(command);
      } catch (const std::exception& error) {
        Failed(error);
      }
      actions_.destroy(command);
      CrashPoint(kWhileAnswering);
    }
    {
      const std::lock_guard lock(mutex_);
      unanswered_ -= batch.size();
    }
    batch.clear();
  }
}

void BatchEngine::Failed(const std::exception& error) const noexcept {
  if (options_.on_failure) options_.on_failure(error);
}

void BatchEngine::Pause() {
  std::unique_lock lock(mutex_);
  paused_ = !stopping_;
  idle_.wait(lock, [this] { return running_ == 0 || !paused_; });
}

void BatchEngine::Resume() {
  {
    const std::lock_guard lock(mutex_);
    paused_ = false;
  }
  work_.notify_all();
  idle_.notify_all();
}

void BatchEngine::Stop() {
  const std::lock_guard one_stops(stop_mutex_);
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
    paused_ = false;
  }
  work_.notify_all();
  idle_.notify_all();
  for (std::thread& worker : workers_) {
    if (worker.joinable()) worker.join();
  }
  {
    const std::lock_guard lock(answers_mutex_);
    workers_ended_ = true;
  }
  answers_.notify_one();
  if (answering_.joinable()) answering_.join();
}

std::size_t BatchEngine::Depth() const {
  const std::lock_guard lock(mutex_);
  return queue_.size();
}

}  // namespace redress::platform
