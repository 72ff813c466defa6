#include "services/platform/base/errors.h"

#include <cctype>
#include <utility>

namespace redress::platform {

std::string_view CodeName(Code code) {
  switch (code) {
    case Code::kInvalidArgument:
      return "INVALID_ARGUMENT";
    case Code::kUnauthenticated:
      return "UNAUTHENTICATED";
    case Code::kPermissionDenied:
      return "PERMISSION_DENIED";
    case Code::kNotFound:
      return "NOT_FOUND";
    case Code::kAlreadyExists:
      return "ALREADY_EXISTS";
    case Code::kFailedPrecondition:
      return "FAILED_PRECONDITION";
    case Code::kAborted:
      return "ABORTED";
    case Code::kResourceExhausted:
      return "RESOURCE_EXHAUSTED";
    case Code::kDeadlineExceeded:
      return "DEADLINE_EXCEEDED";
    case Code::kUnavailable:
      return "UNAVAILABLE";
    case Code::kInternal:
      return "INTERNAL";
  }
  return "UNKNOWN";
}

Refusal::Refusal(Code code, std::string reason, std::string message)
    : code_(code), reason_(std::move(reason)), message_(std::move(message)) {}

Refusal& Refusal::With(std::string key, std::string value) & {
  metadata_.insert_or_assign(std::move(key), std::move(value));
  return *this;
}
Refusal&& Refusal::With(std::string key, std::string value) && {
  return std::move(With(std::move(key), std::move(value)));
}

Refusal& Refusal::Field(std::string field, std::string description) & {
  violations_.push_back({std::move(field), std::move(description)});
  return *this;
}
Refusal&& Refusal::Field(std::string field, std::string description) && {
  return std::move(Field(std::move(field), std::move(description)));
}

Refusal& Refusal::RetryAfter(std::int64_t delay_us) & {
  retry_after_us_ = delay_us;
  return *this;
}
Refusal&& Refusal::RetryAfter(std::int64_t delay_us) && { return std::move(RetryAfter(delay_us)); }

namespace {

// "order line" → "ORDER_LINE"
std::string ReasonStem(std::string_view what) {
  std::string stem;
  stem.reserve(what.size());
  for (const char c : what) {
    stem += std::isalnum(static_cast<unsigned char>(c))
                ? static_cast<char>(std::toupper(static_cast<unsigned char>(c)))
                : '_';
  }
  return stem;
}

}  // namespace

Refusal InvalidField(std::string field, std::string problem_and_remedy) {
  std::string message = field + ": " + problem_and_remedy;
  return Refusal(Code::kInvalidArgument, "INVALID_FIELD", std::move(message))
      .Field(std::move(field), std::move(problem_and_remedy));
}

Refusal NotFound(std::string_view what, std::string_view id) {
  return Refusal(Code::kNotFound, ReasonStem(what) + "_NOT_FOUND",
                 "There is no " + std::string(what) + " " + std::string(id) +
                     " in this shop; check the id and the shop.")
      .With("resource", std::string(what))
      .With("id", std::string(id));
}

Refusal VersionConflict(std::uint64_t expected, std::uint64_t current) {
  return Refusal(Code::kAborted, "VERSION_CONFLICT",
                 "Version " + std::to_string(expected) + " was changed meanwhile; it is version " +
                     std::to_string(current) + " now. Read it again, then decide again.")
      .With("expected_version", std::to_string(expected))
      .With("current_version", std::to_string(current));
}

Refusal AlreadyExists(std::string_view what, std::string_view id) {
  return Refusal(Code::kAlreadyExists, ReasonStem(what) + "_ALREADY_EXISTS",
                 "There already is a " + std::string(what) + " " + std::string(id) +
                     "; change that one or choose another.")
      .With("resource", std::string(what))
      .With("id", std::string(id));
}

Refusal Unavailable(std::string reason, std::string message) {
  return Refusal(Code::kUnavailable, std::move(reason), std::move(message)).RetryAfter(500'000);
}

}  // namespace redress::platform
