#include "services/platform/server/method_plan.h"

namespace redress::platform {

MethodPlan::MethodPlan(const google::protobuf::MethodDescriptor* method, Metrics& metrics)
    : name(method->full_name()),
      permission(PermissionOf(method)),
      streams(method->server_streaming()),
      metrics_(metrics),
      duration_(metrics.Histogram("redress_call_seconds", "Duration of calls.", DurationBounds(),
                                  {{"method", name}})) {}

void MethodPlan::Count(grpc::StatusCode code, std::chrono::steady_clock::duration duration) {
  const auto index = static_cast<std::size_t>(code) < kCodes ? static_cast<std::size_t>(code) : 2;
  auto* counter = by_code_[index].load(std::memory_order_acquire);
  if (counter == nullptr) {
    // Two threads may both come here: the registry gives both the same counter.
    counter = &metrics_.Counter("redress_calls_total", "Answered calls by status code.",
                                {{"method", name}, {"code", std::to_string(index)}});
    by_code_[index].store(counter, std::memory_order_release);
  }
  counter->Increment();
  duration_.Observe(std::chrono::duration<double>(duration).count());
}

}  // namespace redress::platform
