#pragma once

#include <grpcpp/support/status.h>

#include <chrono>
#include <map>
#include <optional>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace redress::client {

// A call that was refused or never arrived, read from its status and google.rpc details.
class CallError : public std::runtime_error {
 public:
  struct FieldViolation {
    std::string field;
    std::string description;
  };

  // Of a status that is not OK.
  explicit CallError(const grpc::Status& status);

  grpc::StatusCode code() const { return code_; }
  // UPPER_SNAKE reason of google.rpc.ErrorInfo, e.g. `VERSION_CONFLICT`; empty where there is none.
  const std::string& reason() const { return reason_; }
  // Values that belong to the reason, e.g. {"found", "7"}.
  const std::map<std::string, std::string>& metadata() const { return metadata_; }
  const std::vector<FieldViolation>& violations() const { return violations_; }
  // How long the server asks to wait before the next try.
  std::optional<std::chrono::microseconds> retry_after() const { return retry_after_; }
  // The service did not answer: it is down, unreachable, or too slow for the deadline.
  bool unreachable() const;

  // Several lines for a person: what happened, the fields at fault, what to do.
  std::string Explanation() const;

 private:
  grpc::StatusCode code_;
  std::string reason_;
  std::map<std::string, std::string> metadata_;
  std::vector<FieldViolation> violations_;
  std::optional<std::chrono::microseconds> retry_after_;
};

// The status code's name, e.g. `FAILED_PRECONDITION`.
std::string CodeName(grpc::StatusCode code);

}  // namespace redress::client
