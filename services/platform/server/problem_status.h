#pragma once

#include <grpcpp/support/status.h>

#include <exception>
#include <string_view>

#include "services/platform/server/call.h"

namespace redress::platform {

// What a caller is told about an exception that a call of `method` met: a Refusal as it is, a
// database that did not answer as UNAVAILABLE, anything else as INTERNAL, whose cause is logged
// and not told.
grpc::Status StatusOfProblem(const std::exception_ptr& problem, std::string_view method,
                             const Call& call);

}  // namespace redress::platform
