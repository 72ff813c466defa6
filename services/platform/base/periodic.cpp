#include "services/platform/base/periodic.h"

#include <exception>

namespace redress::platform {

Periodic::Periodic(std::chrono::milliseconds pause, std::function<bool()> round,
                   std::function<void(const std::exception&)> failed)
    : pause_(pause), round_(std::move(round)), failed_(std::move(failed)) {}

Periodic::~Periodic() { Stop(); }

void Periodic::Start() {
  const std::lock_guard lock(mutex_);
  if (!thread_.joinable() && !stopping_) thread_ = std::thread([this] { Work(); });
}

void Periodic::Wake() {
  const std::lock_guard lock(mutex_);
  woken_ = true;
  changed_.notify_all();
}

void Periodic::AskToStop() {
  const std::lock_guard lock(mutex_);
  stopping_ = true;
  changed_.notify_all();
}

void Periodic::Stop() {
  AskToStop();
  if (thread_.joinable()) thread_.join();
}

void Periodic::Work() {
  std::unique_lock lock(mutex_);
  while (!stopping_) {
    woken_ = false;
    lock.unlock();
    bool more = false;
    try {
      more = round_();
    } catch (const std::exception& error) {
      if (failed_) failed_(error);
    }
    lock.lock();
    if (!more) changed_.wait_for(lock, pause_, [this] { return woken_ || stopping_; });
  }
}

}  // namespace redress::platform
