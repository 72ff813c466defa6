#pragma once

#include <grpcpp/server_context.h>
#include <grpcpp/support/server_callback.h>

#include <chrono>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <utility>

#include "services/platform/server/pending_call.h"

namespace redress::platform {

// What the handler of a server-streaming method writes to. Used by the handler's thread only.
//
// A stream is judged again while it is open: it ends when its caller's session has ended, its token
// has expired, or the caller may no longer call the method. The handler has to call one of these
// about once a second for that, and to return when it is told to; what the stream is answered then
// is not its business. Each call may renew the roles and the limit in `Call::caller`.
template <class Item>
class StreamWriter {
 public:
  virtual ~StreamWriter() = default;
  // Sends one item and waits until gRPC has taken it; false when the client has left, the service
  // is stopping or the caller's right has gone: then the handler returns.
  virtual bool Write(const Item& item) = 0;
  virtual bool Cancelled() = 0;
  // Waits; false, at once, when cancelled.
  virtual bool Pause(std::chrono::milliseconds time) = 0;
};

// The two halves of a streaming call: gRPC's reactor and the guard's pending call. The reactor
// keeps itself alive until gRPC is done with it.
template <class Item>
class StreamReactor final : public grpc::ServerWriteReactor<Item> {
 public:
  explicit StreamReactor(const std::atomic<bool>& stopping) : stopping_(stopping) {}

  void KeepAlive(std::shared_ptr<StreamReactor> self) { self_ = std::move(self); }

  // False when the client has left. Otherwise `item` has to live until the write is done.
  bool BeginWrite(const Item& item) {
    {
      std::lock_guard lock(mutex_);
      if (left()) return false;
      writing_ = true;
    }
    this->StartWrite(&item);
    return true;
  }
  // Whether the write is done; a client that reads nothing can make it last.
  bool WaitWritten(std::chrono::milliseconds most) {
    std::unique_lock lock(mutex_);
    return changed_.wait_for(lock, most, [this] { return !writing_; });
  }
  bool Written() const {
    std::lock_guard lock(mutex_);
    return write_ok_ && !left();
  }

  bool Cancelled() const {
    std::lock_guard lock(mutex_);
    return left();
  }

  bool Pause(std::chrono::milliseconds time) {
    // Stopping has no condition of its own to wait for, so it is looked at every 50 ms.
    const auto end = std::chrono::steady_clock::now() + time;
    std::unique_lock lock(mutex_);
    while (!left()) {
      const auto now = std::chrono::steady_clock::now();
      if (now >= end) return true;
      changed_.wait_until(lock, std::min(end, now + std::chrono::milliseconds(50)));
    }
    return false;
  }

  void OnWriteDone(bool ok) override {
    std::lock_guard lock(mutex_);
    writing_ = false;
    write_ok_ = ok;
    changed_.notify_all();
  }
  void OnCancel() override {
    std::lock_guard lock(mutex_);
    cancelled_ = true;
    changed_.notify_all();
  }
  void OnDone() override {
    // The last reference may be this one: it goes when the function is left.
    const auto self = std::move(self_);
  }

 private:
  bool left() const { return cancelled_ || stopping_.load(std::memory_order_relaxed); }

  const std::atomic<bool>& stopping_;
  mutable std::mutex mutex_;
  std::condition_variable changed_;
  bool writing_ = false;
  bool write_ok_ = true;
  bool cancelled_ = false;
  std::shared_ptr<StreamReactor> self_;
};

}  // namespace redress::platform
