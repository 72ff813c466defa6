#include "services/platform/server/problem_status.h"

#include <optional>
#include <string>
#include <typeinfo>

#include "services/platform/base/errors.h"
#include "services/platform/database/error.h"
#include "services/platform/server/status.h"
#include "services/platform/telemetry/log.h"

namespace redress::platform {
namespace {

constexpr std::int64_t kComeBackIn_us = 1'000'000;

Refusal FromDatabase(const DatabaseError& error) {
  if (error.kind() == DatabaseError::Kind::kConnectionLost ||
      error.kind() == DatabaseError::Kind::kConflict) {
    return Unavailable("DATABASE_UNAVAILABLE",
                       "The database did not answer; send the same request again.")
        .RetryAfter(kComeBackIn_us);
  }
  return Refusal(Code::kInternal, "INTERNAL", error.what());
}

grpc::Status StatusOfBug(std::string_view cause, std::string_view method, const Call& call) {
  LogError("a call failed", {{"method", method},
                             {"cause", cause},
                             {"shop", call.caller.shop.value},
                             {"account", call.caller.account.value},
                             {"caller_service", call.caller.service}});
  return InternalStatus(call.trace_id);
}

grpc::Status StatusOfRefusal(const Refusal& refusal, std::string_view method, const Call& call) {
  if (refusal.code() == Code::kInternal) return StatusOfBug(refusal.message(), method, call);
  LogDebug("refused a call", {{"method", method},
                              {"code", CodeName(refusal.code())},
                              {"reason", refusal.reason()},
                              {"shop", call.caller.shop.value},
                              {"account", call.caller.account.value}});
  return ToStatus(refusal, call.language);
}

}  // namespace

grpc::Status StatusOfProblem(const std::exception_ptr& problem, std::string_view method,
                             const Call& call) {
  try {
    std::rethrow_exception(problem);
  } catch (const Refusal& refusal) {
    return StatusOfRefusal(refusal, method, call);
  } catch (const DatabaseError& error) {
    LogWarning("a call met a database error", {{"method", method}, {"error", error.what()}});
    return StatusOfRefusal(FromDatabase(error), method, call);
  } catch (const std::exception& error) {
    return StatusOfBug(std::string(typeid(error).name()) + ": " + error.what(), method, call);
  } catch (...) {
    return StatusOfBug("something that is no std::exception was thrown", method, call);
  }
}

}  // namespace redress::platform
