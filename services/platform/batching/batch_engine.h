#pragma once

// The threads behind BatchExecutor, without the command's type.

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <exception>
#include <functional>
#include <memory>
#include <mutex>
#include <span>
#include <thread>
#include <vector>

#include "services/platform/batching/keyed_queue.h"

namespace redress::platform {

class BatchEngine {
 public:
  struct Options {
    int workers;
    std::size_t max_batch;
    std::size_t max_queue;
    std::size_t max_queue_per_tenant;
    std::size_t beside_at;
    std::size_t background_share;
    std::size_t background_batch;
    std::chrono::microseconds patience;
    std::function<void(const std::exception&)> on_failure;
  };
  struct Actions {
    std::function<void(std::span<void* const>)> run;
    std::function<void(void*)> answer;
    std::function<void(void*)> destroy;
  };

  BatchEngine(Options options, Actions actions);
  ~BatchEngine();
  BatchEngine(const BatchEngine&) = delete;
  BatchEngine& operator=(const BatchEngine&) = delete;

  // Owns the command when it answers true.
  bool Submit(std::uint32_t tenant, std::uint64_t key, void* command, KeyedQueue::Lane lane);
  void Pause();
  void Resume();
  void Stop();
  std::size_t Depth() const;

 private:
  void Work();
  bool WaitForWork(std::unique_lock<std::mutex>& lock);
  bool MayStart() const;
  // Takes a batch and runs it, with the lock given up meanwhile.
  void RunOne(std::unique_lock<std::mutex>& lock, std::vector<void*>& commands,
              std::vector<KeyedQueue::Key>& keys);
  void HandOver(const std::vector<void*>& commands);
  void Answer();
  void Failed(const std::exception& error) const noexcept;

  const Options options_;
  const Actions actions_;

  mutable std::mutex mutex_;
  std::condition_variable work_;  // something to take, or stopping
  std::condition_variable idle_;  // a batch ended
  KeyedQueue queue_;
  std::size_t unanswered_ = 0;
  int running_ = 0;
  int running_in_background_ = 0;  // of them, those that nobody waits for
  int waiting_workers_ = 0;
  std::chrono::steady_clock::time_point last_start_{};
  bool paused_ = false;
  bool stopping_ = false;

  std::mutex answers_mutex_;
  std::condition_variable answers_;
  std::vector<void*> to_answer_;
  bool workers_ended_ = false;

  std::mutex stop_mutex_;
  std::vector<std::thread> workers_;
  std::thread answering_;
};

}  // namespace redress::platform
