#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

namespace redress::platform {

// Work for an Executor.
class ExecutorTask {
 public:
  virtual ~ExecutorTask() = default;
  // Must not throw.
  virtual void Run(std::shared_ptr<ExecutorTask> self) = 0;
};

// A bounded set of threads behind a bounded queue, for work that may block. Threads start when
// there is work for them. Safe from every thread.
class Executor {
 public:
  struct Options {
    std::size_t threads = 8;
    std::size_t queue = 1000;  // tasks that may wait while every thread is busy
  };
  explicit Executor(Options options);
  ~Executor();  // Stop()
  Executor(const Executor&) = delete;
  Executor& operator=(const Executor&) = delete;

  // false: every thread is busy and the queue is full, or the executor is stopped; the task was
  // not taken.
  bool Submit(std::shared_ptr<ExecutorTask> task);
  // Finishes what was taken, takes nothing more, and joins the threads. Safe to repeat.
  void Stop();
  // Tasks that wait.
  std::size_t Depth() const;

 private:
  void Work();

  const Options options_;
  mutable std::mutex mutex_;
  std::condition_variable wake_;
  std::deque<std::shared_ptr<ExecutorTask>> tasks_;
  std::vector<std::thread> threads_;
  std::size_t idle_ = 0;
  std::size_t running_ = 0;
  bool stopped_ = false;
};

}  // namespace redress::platform
