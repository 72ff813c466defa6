// bench_echo: answers every ApplyStep with the same bytes and does nothing else: what the network,
// TLS and protobuf cost alone. Reads from standard input, one word a line: a certificate's file,
// its key's, the authority's, and a file with the answer; prints `port N`; ends with its input.

#include <absl/synchronization/mutex.h>
#include <grpcpp/security/server_credentials.h>
#include <grpcpp/server_builder.h>
#include <redress/aftersales/v1/case_service.grpc.pb.h>

#include <fstream>
#include <iostream>
#include <iterator>

namespace {

namespace v1 = redress::aftersales::v1;

class Echo final : public v1::CaseService::CallbackService {
 public:
  explicit Echo(const std::string& answer) {
    if (!answer_.ParseFromString(answer)) throw std::runtime_error("that is no answer");
  }
  grpc::ServerUnaryReactor* ApplyStep(grpc::CallbackServerContext* context,
                                      const v1::ApplyStepRequest*,
                                      v1::ApplyStepResponse* response) override {
    *response = answer_;
    grpc::ServerUnaryReactor* reactor = context->DefaultReactor();
    reactor->Finish(grpc::Status::OK);
    return reactor;
  }

 private:
  v1::ApplyStepResponse answer_;
};

std::string FileNamedNext() {
  std::string name;
  std::getline(std::cin, name);
  std::ifstream file(name, std::ios::binary);
  if (!file) throw std::runtime_error("cannot read " + name);
  return std::string(std::istreambuf_iterator<char>(file), {});
}

}  // namespace

int main() {
  // As in the services.
  absl::SetMutexDeadlockDetectionMode(absl::OnDeadlockCycle::kIgnore);
  try {
    const std::string certificate = FileNamedNext();
    const std::string key = FileNamedNext();
    grpc::SslServerCredentialsOptions tls(GRPC_SSL_REQUEST_CLIENT_CERTIFICATE_AND_VERIFY);
    tls.pem_root_certs = FileNamedNext();
    tls.pem_key_cert_pairs.push_back({key, certificate});
    Echo echo(FileNamedNext());
    int port = 0;
    grpc::ServerBuilder builder;
    builder.AddListeningPort("127.0.0.1:0", grpc::SslServerCredentials(tls), &port);
    builder.RegisterService(&echo);
    const auto server = builder.BuildAndStart();
    if (server == nullptr) throw std::runtime_error("cannot listen");
    std::cout << "port " << port << std::endl;
    std::string line;
    while (std::getline(std::cin, line)) continue;
    server->Shutdown();
    return 0;
  } catch (const std::exception& error) {
    std::cerr << "bench_echo: " << error.what() << '\n';
    return 1;
  }
}
