#pragma once

// The clients' way to call: each call is recorded, and one of which nobody knows whether it took
// effect is repeated with the same request_id until it has an answer. Thread-safe.

#include <google/protobuf/message.h>

#include <atomic>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>

#include "clients/cpp/call_error.h"
#include "clients/cpp/client.h"
#include "tests/chaos/journal.h"
#include "tests/chaos/violations.h"
#include "tests/e2e/shop.h"

namespace redress::chaos {

class Caller {
 public:
  Caller(e2e::Stack& stack, e2e::Shop& shop, Journal& journal, Violations& violations);

  // The answer of a write, or nothing when it was refused. Throws Abandoned when no answer came for
  // far longer than a process takes to come back.
  template <class Response, class Request>
  std::optional<Response> Write(const std::string& role, Request request,
                                Expect expect = Expect::kAnswer) {
    Response response;
    const CallRecord& record = Send(role, request, response, expect);
    if (record.outcome != CallRecord::Outcome::kAnswered) return std::nullopt;
    return response;
  }

  // The answer of a read: asked until it comes, and not recorded.
  template <class Response, class Request>
  Response Read(const std::string& role, Request request) {
    Response response;
    CallRecord unrecorded;
    unrecorded.role = role;
    CallUntilAnswered(unrecorded, request, response);
    if (!unrecorded.refusal.empty()) throw std::runtime_error("a read: " + unrecorded.refusal);
    return response;
  }

  // The call of an answered record once more.
  void Repeat(const CallRecord& record, google::protobuf::Message& response);

  // As nobody: logging in and renewing. One attempt; throws CallError.
  void CallOnceWithoutToken(google::protobuf::Message& request,
                            google::protobuf::Message& response);

  // Whether nobody knows if the call took effect.
  static bool IsUnknown(const client::CallError& error);
  // A client's pause before its next attempt.
  void Pause(const google::protobuf::Message& request, int attempt);

  struct Abandoned : std::runtime_error {
    using std::runtime_error::runtime_error;
  };

 private:
  const CallRecord& Send(const std::string& role, google::protobuf::Message& request,
                         google::protobuf::Message& response, Expect expect);
  void CallUntilAnswered(CallRecord& record, google::protobuf::Message& request,
                         google::protobuf::Message& response);
  // Whether to try again.
  bool Failed(CallRecord& record, const client::CallError& error);
  std::shared_ptr<client::Client> As(const std::string& role);
  void LogIn(const std::string& role);
  // Unless another thread has logged the role in anew.
  void Forget(const std::string& role, const std::shared_ptr<client::Client>& ended);
  void Judge(const CallRecord& record);

  e2e::Shop& shop_;
  Journal& journal_;
  Violations& violations_;
  const std::shared_ptr<client::Channels> channels_;
  client::Client nobody_;
  std::mutex mutex_;
  std::map<std::string, std::shared_ptr<client::Client>> clients_;
};

}  // namespace redress::chaos
