#pragma once

#include <chrono>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <thread>

namespace redress::platform {

// Runs `round` on a thread of its own, again after each pause; at once while it answers true (there
// is more to do) or when woken. An exception goes to `failed`, then the pause is taken.
class Periodic {
 public:
  Periodic(std::chrono::milliseconds pause, std::function<bool()> round,
           std::function<void(const std::exception&)> failed);
  ~Periodic();  // Stop()

  void Start();
  void Wake();
  // No further round is begun. Of several that are stopped all are asked first, so that none waits
  // for another's round.
  void AskToStop();
  // The same, and waits for the round under way.
  void Stop();

 private:
  void Work();

  const std::chrono::milliseconds pause_;
  const std::function<bool()> round_;
  const std::function<void(const std::exception&)> failed_;
  std::mutex mutex_;
  std::condition_variable changed_;
  bool woken_ = false;
  bool stopping_ = false;
  std::thread thread_;
};

}  // namespace redress::platform
