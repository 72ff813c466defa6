#pragma once

// Refusals travel as exceptions from where a rule is broken up to the guard, which maps them to
// google.rpc statuses. A refusal is an answer, not a bug: it names what was expected, what was
// found, and what to do about it. Anything else that is thrown becomes INTERNAL.
//
//   throw Refusal(Code::kFailedPrecondition, "LINE_EXHAUSTED", "Ask for at most 3.00 GBP.")
//       .With("left", "300");

#include <cstdint>
#include <exception>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace redress::platform {

enum class Code {
  kInvalidArgument,
  kUnauthenticated,
  kPermissionDenied,
  kNotFound,
  kAlreadyExists,
  kFailedPrecondition,
  kAborted,
  kResourceExhausted,
  kDeadlineExceeded,
  kUnavailable,
  kInternal
};

// The code as gRPC spells it, e.g. "FAILED_PRECONDITION".
std::string_view CodeName(Code code);

struct FieldViolation {
  std::string field;
  std::string description;
};

class Refusal : public std::exception {
 public:
  // reason is UPPER_SNAKE and stable: programs read it. message is for people and says what to do.
  Refusal(Code code, std::string reason, std::string message);

  Refusal& With(std::string key, std::string value) &;
  Refusal&& With(std::string key, std::string value) &&;
  Refusal& Field(std::string field, std::string description) &;
  Refusal&& Field(std::string field, std::string description) &&;
  Refusal& RetryAfter(std::int64_t delay_us) &;
  Refusal&& RetryAfter(std::int64_t delay_us) &&;

  Code code() const { return code_; }
  const std::string& reason() const { return reason_; }
  const std::string& message() const { return message_; }
  const std::map<std::string, std::string>& metadata() const { return metadata_; }
  const std::vector<FieldViolation>& violations() const { return violations_; }
  // 0: the caller is told nothing about when to come back.
  std::int64_t retry_after_us() const { return retry_after_us_; }
  const char* what() const noexcept override { return message_.c_str(); }

 private:
  Code code_;
  std::string reason_;
  std::string message_;
  std::map<std::string, std::string> metadata_;
  std::vector<FieldViolation> violations_;
  std::int64_t retry_after_us_ = 0;
};

// INVALID_ARGUMENT for one field; the text names the problem and the remedy.
Refusal InvalidField(std::string field, std::string problem_and_remedy);
// NOT_FOUND with reason e.g. CASE_NOT_FOUND for "case"; also for what belongs to another shop.
Refusal NotFound(std::string_view what, std::string_view id);
// ABORTED with metadata `expected_version` and `current_version`.
Refusal VersionConflict(std::uint64_t expected, std::uint64_t current);
// ALREADY_EXISTS with reason e.g. ORDER_ALREADY_EXISTS.
Refusal AlreadyExists(std::string_view what, std::string_view id);
// UNAVAILABLE: nothing is known to have happened; the same request_id may be sent again.
Refusal Unavailable(std::string reason, std::string message);

}  // namespace redress::platform
