#include "services/platform/server/pending_call.h"

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
      call_(guard.clock_) {}

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

void PendingCall::HandleAndCatch(const std::shared_ptr<PendingCall>& self) noexcept {
  const TraceScope trace(call_.trace_id);
  try {
    Handle(self);
  } catch (...) {
    Answer(std::current_exception());
  }
}

}  // namespace redress::platform
