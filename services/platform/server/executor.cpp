#include "services/platform/server/executor.h"

#include <utility>

namespace redress::platform {

Executor::Executor(Options options) : options_(options) {}

Executor::~Executor() { Stop(); }

bool Executor::Submit(std::shared_ptr<ExecutorTask> task) {
  {
    std::lock_guard lock(mutex_);
    if (stopped_) return false;
    if (running_ + tasks_.size() >= options_.threads + options_.queue) return false;
    tasks_.push_back(std::move(task));
    if (tasks_.size() > idle_ && threads_.size() < options_.threads) {
      threads_.emplace_back([this] { Work(); });
    }
  }
  wake_.notify_one();
  return true;
}

void Executor::Work() {
  std::unique_lock lock(mutex_);
  while (true) {
    ++idle_;
    wake_.wait(lock, [this] { return stopped_ || !tasks_.empty(); });
    --idle_;
    if (tasks_.empty()) return;
    auto task = std::move(tasks_.front());
    tasks_.pop_front();
    ++running_;
    lock.unlock();
    auto* running = task.get();
    running->Run(std::move(task));
    lock.lock();
    --running_;
  }
}

void Executor::Stop() {
  std::vector<std::thread> threads;
  {
    std::lock_guard lock(mutex_);
    stopped_ = true;
    threads.swap(threads_);
  }
  wake_.notify_all();
  for (auto& thread : threads) thread.join();
}

std::size_t Executor::Depth() const {
  std::lock_guard lock(mutex_);
  return tasks_.size();
}

}  // namespace redress::platform
