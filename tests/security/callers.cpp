#include "tests/security/callers.h"

#include <google/protobuf/empty.pb.h>
#include <grpcpp/client_context.h>
#include <grpcpp/create_channel.h>
#include <grpcpp/security/credentials.h>

#include <stdexcept>

#include "clients/cpp/call_error.h"
#include "clients/cpp/wire.h"
#include "tests/support/process.h"

namespace redress::security {
namespace {

using google::protobuf::Message;
using google::protobuf::MethodDescriptor;

constexpr std::string_view kElsewhere = "from elsewhere ";
constexpr std::string_view kNoTls = "no TLS";
constexpr auto kTimeout = std::chrono::seconds(15);

std::unique_ptr<Message> New(const google::protobuf::Descriptor* type) {
  auto* factory = google::protobuf::MessageFactory::generated_factory();
  return std::unique_ptr<Message>(factory->GetPrototype(type)->New());
}

void RunOrThrow(const std::vector<std::string>& command) {
  const e2e::Finished done = e2e::Run(command);
  if (done.exit_code != 0) throw std::runtime_error(command.front() + ": " + done.output);
}

}  // namespace

std::string Answer::Text() const {
  if (!status.ok()) return client::CallError(status).Explanation();
  return response == nullptr ? "" : response->DebugString();
}

Wire::Wire(const e2e::Stack& stack) : state_(stack.state()), endpoints_(stack.endpoints()) {}

std::vector<std::string> Wire::CertificateNames() const {
  std::vector<std::string> names;
  for (const auto& entry : std::filesystem::directory_iterator(state_ / "tls")) {
    const auto& file = entry.path();
    if (file.extension() == ".crt" && file.stem() != "ca") names.push_back(file.stem());
  }
  return names;
}

std::pair<std::string, std::string> Wire::Certificate(const std::string& name) {
  const bool elsewhere = name.starts_with(kElsewhere);
  const std::string common_name = elsewhere ? name.substr(kElsewhere.size()) : name;
  const auto tls = state_ / "tls";
  auto certificate = tls / (common_name + ".crt");
  auto key = tls / (common_name + ".key");
  if (elsewhere || !std::filesystem::exists(certificate)) {
    const auto folder = state_ / "forged";
    std::filesystem::create_directory(folder);
    certificate = folder / (name + ".crt");
    key = folder / (name + ".key");
    std::vector<std::string> command = {"openssl",
                                        "req",
                                        "-x509",
                                        "-newkey",
                                        "ec",
                                        "-pkeyopt",
                                        "ec_paramgen_curve:prime256v1",
                                        "-nodes",
                                        "-days",
                                        "2",
                                        "-subj",
                                        "/O=Redress/CN=" + common_name,
                                        "-keyout",
                                        key,
                                        "-out",
                                        certificate};
    if (!elsewhere) {
      command.insert(command.end(), {"-CA", tls / "ca.crt", "-CAkey", tls / "ca.key"});
    }
    RunOrThrow(command);
  }
  return {test::ReadFile(certificate), test::ReadFile(key)};
}

std::shared_ptr<grpc::Channel> Wire::To(const std::string& program,
                                        const std::string& certificate) {
  auto& channel = channels_[{program, certificate}];
  if (channel != nullptr) return channel;
  std::shared_ptr<grpc::ChannelCredentials> credentials = grpc::InsecureChannelCredentials();
  if (certificate != kNoTls) {
    grpc::SslCredentialsOptions tls;
    tls.pem_root_certs = test::ReadFile(endpoints_.ca_file);
    if (!certificate.empty()) {
      std::tie(tls.pem_cert_chain, tls.pem_private_key) = Certificate(certificate);
    }
    credentials = grpc::SslCredentials(tls);
  }
  channel = grpc::CreateChannel(endpoints_.AddressOf(program), credentials);
  return channel;
}

Answer Wire::Call(const Caller& caller, const std::string& program, const MethodDescriptor& method,
                  const Message& request) {
  grpc::ClientContext context;
  context.set_deadline(std::chrono::system_clock::now() + kTimeout);
  if (!caller.authorization.empty()) context.AddMetadata("authorization", caller.authorization);
  if (!caller.shop.empty()) context.AddMetadata("x-redress-shop", caller.shop);
  Answer answer;
  answer.response = New(method.output_type());
  const auto channel = To(program, caller.certificate);
  const std::string path = client::PathOf(method);
  if (method.server_streaming()) {
    answer.status = client::StreamingCall(channel, path, context, request, *answer.response, [&] {
      answer.has_item = true;
      return false;
    });
  } else {
    answer.status = client::UnaryCall(channel, path, context, request, *answer.response);
  }
  if (!answer.status.ok()) {
    const client::CallError error(answer.status);
    answer.reason = error.reason();
    answer.names_fields = !error.violations().empty();
  }
  return answer;
}

Answer Wire::CallOrThrow(const Caller& caller, const Message& request) {
  const auto& method = client::MethodOf(*request.GetDescriptor());
  Answer answer = Call(caller, client::ServiceOf(method), method, request);
  if (!answer.status.ok()) throw client::CallError(answer.status);
  return answer;
}

grpc::Status Wire::CallUnknown(const std::string& program, const std::string& path,
                               const Message& request, Message& answer) {
  grpc::ClientContext context;
  context.set_deadline(std::chrono::system_clock::now() + kTimeout);
  return client::StreamingCall(To(program, ""), path, context, request, answer,
                               [] { return false; });
}

}  // namespace redress::security
