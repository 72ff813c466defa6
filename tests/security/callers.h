#pragma once

// Who knocks at a method, as the wire sees it, and what it was answered.

#include <google/protobuf/descriptor.h>
#include <google/protobuf/message.h>
#include <grpcpp/channel.h>
#include <grpcpp/support/status.h>

#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "tests/e2e/stack.h"

namespace redress::security {

struct Caller {
  std::string name = {};           // in reports: "warehouse", "a garbage token"
  std::string authorization = {};  // the metadata; empty for none
  std::string shop = {};           // x-redress-shop; empty for none
  // The common name of the client certificate; empty for TLS without one. "from elsewhere NAME" is
  // NAME from an authority that nobody here trusts; "no TLS" sends plain text.
  std::string certificate = {};
};

struct Answer {
  grpc::Status status = {};
  std::string reason = {};  // of google.rpc.ErrorInfo
  bool names_fields = false;
  std::unique_ptr<google::protobuf::Message> response = {};  // of a stream: its first item
  bool has_item = false;                                     // of a stream

  // The response, or all that the refusal says, in words: equal texts tell the caller nothing.
  std::string Text() const;
};

// Calls methods of a deployment as anybody, once each: nothing is retried or renewed.
class Wire {
 public:
  explicit Wire(const e2e::Stack& stack);

  // `program` serves the method, e.g. "order".
  Answer Call(const Caller& caller, const std::string& program,
              const google::protobuf::MethodDescriptor& method,
              const google::protobuf::Message& request);

  // The one method that takes the request, at the program that its package names.
  template <class Response, class Request>
  Response Get(const Caller& caller, const Request& request) {
    Response response;
    response.CopyFrom(*CallOrThrow(caller, request).response);
    return response;
  }

  // One answer of a method that this program has no code for; the bytes are put into `answer`'s
  // unknown fields.
  grpc::Status CallUnknown(const std::string& program, const std::string& path,
                           const google::protobuf::Message& request,
                           google::protobuf::Message& answer);

  // The common names of the certificates that deploy/up made.
  std::vector<std::string> CertificateNames() const;

 private:
  std::shared_ptr<grpc::Channel> To(const std::string& program, const std::string& certificate);
  Answer CallOrThrow(const Caller& caller, const google::protobuf::Message& request);
  // certificate and key, made by openssl where deploy/up has none of that name
  std::pair<std::string, std::string> Certificate(const std::string& name);

  const std::filesystem::path state_;
  const client::Endpoints endpoints_;
  std::map<std::pair<std::string, std::string>, std::shared_ptr<grpc::Channel>> channels_;
};

}  // namespace redress::security
