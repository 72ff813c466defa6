#include "clients/cpp/call_error.h"

#include <google/rpc/error_details.pb.h>
#include <google/rpc/status.pb.h>

#include <array>

namespace redress::client {

CallError::CallError(const grpc::Status& status)
    : std::runtime_error(status.error_message()), code_(status.error_code()) {
  google::rpc::Status details;
  if (!details.ParseFromString(status.error_details())) return;
  for (const google::protobuf::Any& any : details.details()) {
    google::rpc::ErrorInfo info;
    google::rpc::BadRequest bad_request;
    google::rpc::RetryInfo retry;
    if (any.UnpackTo(&info)) {
      reason_ = info.reason();
      metadata_.insert(info.metadata().begin(), info.metadata().end());
    } else if (any.UnpackTo(&bad_request)) {
      for (const auto& violation : bad_request.field_violations()) {
        violations_.push_back({violation.field(), violation.description()});
      }
    } else if (any.UnpackTo(&retry)) {
      retry_after_ = std::chrono::seconds(retry.retry_delay().seconds()) +
                     std::chrono::microseconds(retry.retry_delay().nanos() / 1000);
    }
  }
}

bool CallError::unreachable() const {
  return code_ == grpc::StatusCode::UNAVAILABLE || code_ == grpc::StatusCode::DEADLINE_EXCEEDED;
}

std::string CallError::Explanation() const {
  std::string text = what();
  if (text.empty()) text = "the service gave no message";
  text += " [" + CodeName(code_);
  if (!reason_.empty()) text += " " + reason_;
  text += "]";
  for (const FieldViolation& violation : violations_) {
    text += "\n  " + violation.field + ": " + violation.description;
  }
  for (const auto& [key, value] : metadata_) text += "\n  " + key + " = " + value;
  if (retry_after_) {
    const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(
        *retry_after_ + std::chrono::milliseconds(999));
    text += "\n  try again in " + std::to_string(seconds.count()) + " s";
  }
  return text;
}

std::string CodeName(grpc::StatusCode code) {
  static constexpr std::array<const char*, 17> kNames = {"OK",
                                                         "CANCELLED",
                                                         "UNKNOWN",
                                                         "INVALID_ARGUMENT",
                                                         "DEADLINE_EXCEEDED",
                                                         "NOT_FOUND",
                                                         "ALREADY_EXISTS",
                                                         "PERMISSION_DENIED",
                                                         "RESOURCE_EXHAUSTED",
                                                         "FAILED_PRECONDITION",
                                                         "ABORTED",
                                                         "OUT_OF_RANGE",
                                                         "UNIMPLEMENTED",
                                                         "INTERNAL",
                                                         "UNAVAILABLE",
                                                         "DATA_LOSS",
                                                         "UNAUTHENTICATED"};
  const auto index = static_cast<std::size_t>(code);
  return index < kNames.size() ? kNames[index] : "STATUS_" + std::to_string(index);
}

}  // namespace redress::client
