#include "services/platform/server/pending_call.h"

#include <algorithm>
#include <stdexcept>

#include "services/platform/base/errors.h"
#include "services/platform/server/guard.h"
#include "services/platform/server/method_plan.h"
#include "services/platform/server/problem_status.h"
#include "services/platform/telemetry/trace.h"

namespace redress::platform {

PendingCall::PendingCall(Guard& guard, grpc::CallbackServerContext* context)
    : guard_(guard),
      context_(context),
      begin_(std::chrono::steady_clock::now()),
      call_(guard.clock_),
      judged_at_(begin_) {}

void PendingCall::Answer(const std::exception_ptr& problem) noexcept {
  if (answered_.exchange(true)) return;
  const TraceScope trace(call_.trace_id);
  const grpc::Status status =
      problem == nullptr
          ? grpc::Status::OK
          : StatusOfProblem(problem, plan_ == nullptr ? std::string_view() : plan_->name, call_);
  if (plan_ != nullptr) {
    plan_->Count(status.error_code(), std::chrono::steady_clock::now() - begin_);
  }
  share_.reset();  // before the caller knows, who may come back at once
  Finish(status);
}

void PendingCall::AnswerIfDropped() noexcept {
  if (answered_) return;
  Answer(std::make_exception_ptr(std::logic_error("the call was dropped without an answer")));
}

void PendingCall::Run(std::shared_ptr<ExecutorTask> self) {
  const auto pending = std::static_pointer_cast<PendingCall>(std::move(self));
  if (!admitted_ && !guard_.AdmitOnExecutor(*pending)) return;
  // It may have waited in the queue for longer than its caller did: then it does no work.
  if (ClientLeft() || call_.Expired()) {
    Answer(std::make_exception_ptr(Refusal(Code::kDeadlineExceeded, "DEADLINE_EXCEEDED",
                                           "The deadline passed before the call's turn came.")));
    return;
  }
  HandleAndCatch(pending);
}

bool PendingCall::StillAllowed() noexcept {
  if (why_ended_ != nullptr) return false;
  const auto now = std::chrono::steady_clock::now();
  if (now < judged_at_ + guard_.options_.judge_streams_every) return true;
  judged_at_ = now;
  try {
    guard_.JudgeAgain(*this);
    return true;
  } catch (...) {
    why_ended_ = std::current_exception();
    return false;
  }
}

std::chrono::milliseconds PendingCall::UntilJudgedAgain() const {
  const auto left = std::chrono::ceil<std::chrono::milliseconds>(
      judged_at_ + guard_.options_.judge_streams_every - std::chrono::steady_clock::now());
  return std::max(left, std::chrono::milliseconds(1));
}

void PendingCall::HandleAndCatch(const std::shared_ptr<PendingCall>& self) noexcept {
  const TraceScope trace(call_.trace_id);
  try {
    Handle(self);
  } catch (...) {
    Answer(std::current_exception());
  }
}

}  // namespace redress::platform
