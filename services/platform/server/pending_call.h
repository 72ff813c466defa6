#pragma once

#include <grpcpp/server_context.h>
#include <grpcpp/support/server_callback.h>

#include <atomic>
#include <chrono>
#include <exception>
#include <memory>
#include <optional>
#include <utility>

#include "services/platform/access/token_verifier.h"
#include "services/platform/server/call.h"
#include "services/platform/server/executor.h"
#include "services/platform/server/stream_shares.h"

namespace redress::platform {

class Guard;
struct MethodPlan;

// A call between its arrival and its answer. Answers exactly once: what is dropped without an
// answer answers INTERNAL, so that no caller waits for nothing. Answering needs no guard: a service
// that is being stopped may let go of a call last.
class PendingCall : public ExecutorTask {
 public:
  PendingCall(Guard& guard, grpc::CallbackServerContext* context);
  PendingCall(const PendingCall&) = delete;
  PendingCall& operator=(const PendingCall&) = delete;

  const Call& call() const { return call_; }
  // Ends the call: OK without an exception, else what the exception says. The first answer counts.
  // Request and response must not be touched afterwards.
  void Answer(const std::exception_ptr& problem = nullptr) noexcept;
  void Run(std::shared_ptr<ExecutorTask> self) final;

 protected:
  // Hands the status to gRPC.
  virtual void Finish(const grpc::Status& status) = 0;
  // Runs the service's code; whatever it throws becomes the answer.
  virtual void Handle(std::shared_ptr<PendingCall> self) = 0;
  virtual bool ClientLeft() const { return context_->IsCancelled(); }
  virtual const google::protobuf::Message& request() const = 0;
  // Answers INTERNAL if nobody has answered; called by the destructors of final classes.
  void AnswerIfDropped() noexcept;

  // For streams, on the handler's thread. Whether the caller may go on; judged again when it was
  // last judged longer ago than the guard's option says, and false for good once it was refused.
  bool StillAllowed() noexcept;
  // At least 1 ms.
  std::chrono::milliseconds UntilJudgedAgain() const;
  // The refusal; null without one.
  const std::exception_ptr& why_ended() const { return why_ended_; }
  void Cancel() { context_->TryCancel(); }

 private:
  friend class Guard;

  // `self` keeps the call alive to the end, also when the handler lets go of it.
  void HandleAndCatch(const std::shared_ptr<PendingCall>& self) noexcept;

  Guard& guard_;
  grpc::CallbackServerContext* context_;
  std::shared_ptr<MethodPlan> plan_;  // once the guard has seen the call
  const std::chrono::steady_clock::time_point begin_;
  std::atomic<bool> answered_ = false;
  bool metadata_read_ = false;
  bool admitted_ = false;
  std::string_view shop_text_;  // of the call's metadata
  Call call_;

  // Of streams.
  std::optional<TokenClaims> claims_;  // of the token that the caller was admitted with
  std::unique_ptr<StreamShares::Share> share_;
  std::chrono::steady_clock::time_point judged_at_;
  std::exception_ptr why_ended_;
};

// Answers a call later, from any thread. Copies answer the same call; the first answer counts.
class Done {
 public:
  explicit Done(std::shared_ptr<PendingCall> call) : call_(std::move(call)) {}
  void operator()(const std::exception_ptr& problem = nullptr) const { call_->Answer(problem); }

 private:
  std::shared_ptr<PendingCall> call_;
};

}  // namespace redress::platform
