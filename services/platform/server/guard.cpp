#include "services/platform/server/guard.h"

#include <stdexcept>

#include "services/platform/rules/field_rules.h"
#include "services/platform/server/method_plan.h"

namespace redress::platform {
namespace {

constexpr std::int64_t kComeBackIn_us = 1'000'000;

Refusal Overloaded() {
  return Refusal(Code::kResourceExhausted, "OVERLOADED",
                 "The service has more calls than it can take; try again in a second.")
      .RetryAfter(kComeBackIn_us);
}

}  // namespace

Guard::Guard(Options options, const Clock& clock, Directory& directory, TokenVerifier& verifier,
             Metrics& metrics)
    : options_(options),
      clock_(clock),
      directory_(directory),
      verifier_(verifier),
      metrics_(metrics),
      calls_(std::make_shared<Executor>(options.calls)),
      streams_(std::make_unique<Executor>(options.streams)),
      shares_(options.streams_per_shop) {
  // The metrics may be looked at for longer than the guard lives.
  metrics_.Sampled("redress_calls_waiting", "Calls that wait for a thread.",
                   [executor = std::weak_ptr<Executor>(calls_)] {
                     const auto alive = executor.lock();
                     return alive == nullptr ? 0.0 : static_cast<double>(alive->Depth());
                   });
}

Guard::~Guard() { Stop(); }

void Guard::Declare(const google::protobuf::ServiceDescriptor* service) {
  for (int i = 0; i < service->method_count(); ++i) {
    const auto* method = service->method(i);
    auto plan = std::make_shared<MethodPlan>(method, metrics_);
    CompileRules(method->input_type());
    const auto events = EventMessagesIn(method->input_type());
    for (const auto* event : events) senders_.try_emplace(event, SenderOf(event));
    plan->carries_events = !events.empty();
    const auto [entry, is_new] = plans_.try_emplace(method->input_type(), std::move(plan));
    if (!is_new) {
      throw std::logic_error("methods " + entry->second->name + " and " + method->full_name() +
                             " share a request type; give each one its own");
    }
  }
}

void Guard::StartOnExecutor(const std::shared_ptr<PendingCall>& pending, Executor& executor) {
  switch (AdmitNow(*pending)) {
    case Admission::kAnswered:
      return;
    case Admission::kAdmitted:
    case Admission::kNeedsKey:
      if (!executor.Submit(pending)) pending->Answer(std::make_exception_ptr(Overloaded()));
      return;
  }
}

void Guard::StartInline(const std::shared_ptr<PendingCall>& pending) {
  switch (AdmitNow(*pending)) {
    case Admission::kAnswered:
      return;
    case Admission::kAdmitted:
      pending->HandleAndCatch(pending);
      return;
    case Admission::kNeedsKey:
      if (!calls_->Submit(pending)) pending->Answer(std::make_exception_ptr(Overloaded()));
      return;
  }
}

Guard::Admission Guard::AdmitNow(PendingCall& pending) noexcept {
  try {
    return Admit(pending, false) ? Admission::kAdmitted : Admission::kNeedsKey;
  } catch (...) {
    pending.Answer(std::current_exception());
    return Admission::kAnswered;
  }
}

bool Guard::AdmitOnExecutor(PendingCall& pending) noexcept {
  try {
    return Admit(pending, true);
  } catch (...) {
    pending.Answer(std::current_exception());
    return false;
  }
}

bool Guard::Admit(PendingCall& pending, bool may_block) {
  if (pending.plan_ == nullptr) {
    const auto plan = plans_.find(pending.request().GetDescriptor());
    if (plan == plans_.end()) {
      throw std::logic_error("a call of an undeclared method takes " +
                             pending.request().GetTypeName());
    }
    pending.plan_ = plan->second;
    ReadMetadata(pending);
    SetDeadline(pending);
  }
  if (stopping_.load(std::memory_order_relaxed)) {
    throw Unavailable("STOPPING", "The service is being stopped; try again in a second.")
        .RetryAfter(kComeBackIn_us);
  }
  if (!EstablishCaller(pending, may_block)) return false;
  Permit(pending);
  if (pending.plan_->carries_events) PermitEvents(pending.call_.caller, pending.request());
  CheckFields(pending.request());
  if (pending.call_.Expired()) {
    throw Refusal(Code::kDeadlineExceeded, "DEADLINE_EXCEEDED",
                  "The call's deadline had passed when it arrived.");
  }
  if (pending.plan_->streams) pending.share_ = shares_.Take(pending.call_.caller.shop);
  pending.admitted_ = true;
  return true;
}

void Guard::SetDeadline(PendingCall& pending) const {
  using SystemTime = std::chrono::system_clock::time_point;
  auto& call = pending.call_;
  const auto deadline = pending.context_->deadline();
  const bool asked = deadline != SystemTime::max();
  if (!asked && pending.plan_->streams) {
    call.expires = std::chrono::steady_clock::time_point::max();
    call.deadline_us = INT64_MAX;
    return;
  }
  const auto left = asked ? std::chrono::duration_cast<std::chrono::microseconds>(
                                deadline - std::chrono::system_clock::now())
                          : std::chrono::microseconds(options_.longest_call);
  call.expires = pending.begin_ + left;
  call.deadline_us = clock_.NowUs() + left.count();
}

bool Guard::MaySend(const Caller& caller, const google::protobuf::Descriptor* event) const {
  const auto sender = senders_.find(event);
  return sender != senders_.end() && sender->second.Allows(caller);
}

void Guard::RefuseNewCalls() { stopping_ = true; }

void Guard::Stop() {
  RefuseNewCalls();
  streams_->Stop();
  calls_->Stop();
}

}  // namespace redress::platform
