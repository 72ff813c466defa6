#pragma once

#include <google/protobuf/descriptor.h>
#include <grpcpp/support/status_code_enum.h>
#include <prometheus/counter.h>
#include <prometheus/histogram.h>

#include <array>
#include <atomic>
#include <chrono>
#include <string>

#include "services/platform/server/permission.h"
#include "services/platform/telemetry/metrics.h"

namespace redress::platform {

// What the guard has worked out about one method before the first call of it.
struct MethodPlan {
  MethodPlan(const google::protobuf::MethodDescriptor* method, Metrics& metrics);

  // Rate, errors and duration.
  void Count(grpc::StatusCode code, std::chrono::steady_clock::duration duration);

  const std::string name;  // "redress.order.v1.OrderService.GetOrder"
  const Permission permission;
  const bool streams;
  bool carries_events = false;  // whose senders have to be permitted

 private:
  static constexpr std::size_t kCodes = 17;

  Metrics& metrics_;
  prometheus::Histogram& duration_;
  // Made when first met: most methods only ever answer a few codes.
  std::array<std::atomic<prometheus::Counter*>, kCodes> by_code_{};
};

}  // namespace redress::platform
