#include "services/platform/server/status.h"

#include <algorithm>

#include "google/rpc/error_details.pb.h"
#include "google/rpc/status.pb.h"

namespace redress::platform {
namespace {

constexpr char kDomain[] = "redress";
// gRPC refuses more than 8 KB of metadata, into which details go in base64.
constexpr std::size_t kMostDetailBytes = 4000;
constexpr std::size_t kMostMessageBytes = 1000;

grpc::StatusCode ToGrpc(Code code) {
  switch (code) {
    case Code::kInvalidArgument:
      return grpc::StatusCode::INVALID_ARGUMENT;
    case Code::kUnauthenticated:
      return grpc::StatusCode::UNAUTHENTICATED;
    case Code::kPermissionDenied:
      return grpc::StatusCode::PERMISSION_DENIED;
    case Code::kNotFound:
      return grpc::StatusCode::NOT_FOUND;
    case Code::kAlreadyExists:
      return grpc::StatusCode::ALREADY_EXISTS;
    case Code::kFailedPrecondition:
      return grpc::StatusCode::FAILED_PRECONDITION;
    case Code::kAborted:
      return grpc::StatusCode::ABORTED;
    case Code::kResourceExhausted:
      return grpc::StatusCode::RESOURCE_EXHAUSTED;
    case Code::kDeadlineExceeded:
      return grpc::StatusCode::DEADLINE_EXCEEDED;
    case Code::kUnavailable:
      return grpc::StatusCode::UNAVAILABLE;
    case Code::kInternal:
      return grpc::StatusCode::INTERNAL;
  }
  return grpc::StatusCode::INTERNAL;
}

Code FromGrpc(grpc::StatusCode code) {
  switch (code) {
    case grpc::StatusCode::INVALID_ARGUMENT:
    case grpc::StatusCode::OUT_OF_RANGE:
      return Code::kInvalidArgument;
    case grpc::StatusCode::UNAUTHENTICATED:
      return Code::kUnauthenticated;
    case grpc::StatusCode::PERMISSION_DENIED:
      return Code::kPermissionDenied;
    case grpc::StatusCode::NOT_FOUND:
      return Code::kNotFound;
    case grpc::StatusCode::ALREADY_EXISTS:
      return Code::kAlreadyExists;
    case grpc::StatusCode::FAILED_PRECONDITION:
      return Code::kFailedPrecondition;
    case grpc::StatusCode::ABORTED:
      return Code::kAborted;
    case grpc::StatusCode::RESOURCE_EXHAUSTED:
      return Code::kResourceExhausted;
    case grpc::StatusCode::DEADLINE_EXCEEDED:
      return Code::kDeadlineExceeded;
    case grpc::StatusCode::UNAVAILABLE:
    case grpc::StatusCode::CANCELLED:
      return Code::kUnavailable;
    default:
      return Code::kInternal;
  }
}

// Texts exist in English; this is where a catalogue in the caller's language is looked up by the
// refusal's reason once there is one.
std::string TextFor(const Refusal& refusal, std::string_view /*language*/) {
  return refusal.message().substr(0, kMostMessageBytes);
}

}  // namespace

grpc::Status ToStatus(const Refusal& refusal, std::string_view language) {
  google::rpc::Status status;
  const grpc::StatusCode code = ToGrpc(refusal.code());
  status.set_code(static_cast<int>(code));
  status.set_message(TextFor(refusal, language));

  google::rpc::ErrorInfo info;
  info.set_reason(refusal.reason());
  info.set_domain(kDomain);
  for (const auto& [key, value] : refusal.metadata()) (*info.mutable_metadata())[key] = value;
  status.add_details()->PackFrom(info);
  if (refusal.retry_after_us() > 0) {
    google::rpc::RetryInfo retry;
    retry.mutable_retry_delay()->set_seconds(refusal.retry_after_us() / 1'000'000);
    retry.mutable_retry_delay()->set_nanos(
        static_cast<std::int32_t>(refusal.retry_after_us() % 1'000'000 * 1000));
    status.add_details()->PackFrom(retry);
  }
  if (!refusal.violations().empty()) {
    google::rpc::BadRequest bad;
    std::size_t room = kMostDetailBytes - std::min(kMostDetailBytes, status.ByteSizeLong());
    for (const auto& violation : refusal.violations()) {
      const std::size_t size = violation.field.size() + violation.description.size() + 8;
      if (size > room) break;
      room -= size;
      auto* field = bad.add_field_violations();
      field->set_field(violation.field);
      field->set_description(violation.description);
    }
    status.add_details()->PackFrom(bad);
  }
  return grpc::Status(code, status.message(), status.SerializeAsString());
}

grpc::Status InternalStatus(std::string_view trace_id) {
  return ToStatus(Refusal(Code::kInternal, "INTERNAL",
                          "Something went wrong on our side; report the trace id " +
                              std::string(trace_id) + ".")
                      .With("trace_id", std::string(trace_id)));
}

Refusal ToRefusal(const grpc::Status& status) {
  google::rpc::Status details;
  details.ParseFromString(status.error_details());
  google::rpc::ErrorInfo info;
  google::rpc::BadRequest bad;
  google::rpc::RetryInfo retry;
  for (const auto& detail : details.details()) {
    if (detail.Is<google::rpc::ErrorInfo>()) detail.UnpackTo(&info);
    if (detail.Is<google::rpc::BadRequest>()) detail.UnpackTo(&bad);
    if (detail.Is<google::rpc::RetryInfo>()) detail.UnpackTo(&retry);
  }
  const Code code = FromGrpc(status.error_code());
  Refusal refusal(code, info.reason().empty() ? std::string(CodeName(code)) : info.reason(),
                  status.error_message());
  for (const auto& [key, value] : info.metadata()) refusal.With(key, value);
  for (const auto& field : bad.field_violations()) {
    refusal.Field(field.field(), field.description());
  }
  refusal.RetryAfter(retry.retry_delay().seconds() * 1'000'000 +
                     retry.retry_delay().nanos() / 1000);
  return refusal;
}

void ThrowUnlessOk(const grpc::Status& status) {
  if (!status.ok()) throw ToRefusal(status);
}

}  // namespace redress::platform
