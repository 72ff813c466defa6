#pragma once

#include <grpcpp/support/status.h>

#include <string_view>

#include "services/platform/base/errors.h"

namespace redress::platform {

// A refusal as a gRPC status: google.rpc.Status with ErrorInfo (reason, domain "redress",
// metadata), BadRequest and RetryInfo as the refusal has them. `language` is the caller's
// accept-language; texts exist in English.
grpc::Status ToStatus(const Refusal& refusal, std::string_view language = "");

// A bug as a status: INTERNAL with the trace id and nothing of the cause.
grpc::Status InternalStatus(std::string_view trace_id);

// Another service's answer as a refusal of ours, details and all; codes that no refusal has become
// kInternal, a cancelled call kUnavailable.
Refusal ToRefusal(const grpc::Status& status);
void ThrowUnlessOk(const grpc::Status& status);

}  // namespace redress::platform
