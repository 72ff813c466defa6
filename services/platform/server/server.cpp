#include "services/platform/server/server.h"

#include <grpcpp/ext/proto_server_reflection_plugin.h>
#include <grpcpp/health_check_service_interface.h>
#include <grpcpp/impl/server_builder_option.h>
#include <grpcpp/impl/server_builder_plugin.h>
#include <grpcpp/impl/server_initializer.h>
#include <grpcpp/security/server_credentials.h>
#include <grpcpp/server_builder.h>

#include <exception>
#include <stdexcept>

#include "health/v1/health.pb.h"

namespace redress::platform {
namespace {

constexpr int kMostMessageBytes = 32 << 20;

bool IsOpen(const std::string& service) {
  return service == "grpc.health.v1.Health" || service.starts_with("grpc.reflection.");
}

// Learns from gRPC itself which services were registered, so that none can be forgotten, and
// declares them before the server starts.
class DeclaringPlugin final : public grpc::ServerBuilderPlugin {
 public:
  DeclaringPlugin(Guard& guard, std::exception_ptr& problem) : guard_(guard), problem_(problem) {}

  std::string name() override { return "declare_to_guard"; }
  void InitServer(grpc::ServerInitializer* initializer) override {
    // gRPC's own code is between here and the caller: no exception may cross it.
    try {
      for (const auto& name : *initializer->GetServiceList()) Declare(name);
    } catch (...) {
      problem_ = std::current_exception();
    }
  }
  void Finish(grpc::ServerInitializer*) override {}
  void ChangeArguments(const std::string&, void*) override {}

 private:
  void Declare(const std::string& name) {
    if (IsOpen(name)) return;
    const auto* service =
        google::protobuf::DescriptorPool::generated_pool()->FindServiceByName(name);
    if (service == nullptr) throw std::logic_error("no proto is known of service " + name);
    guard_.Declare(service);
  }

  Guard& guard_;
  std::exception_ptr& problem_;
};

class DeclaringOption final : public grpc::ServerBuilderOption {
 public:
  DeclaringOption(Guard& guard, std::exception_ptr& problem) : guard_(guard), problem_(problem) {}

  void UpdateArguments(grpc::ChannelArguments*) override {}
  void UpdatePlugins(std::vector<std::unique_ptr<grpc::ServerBuilderPlugin>>* plugins) override {
    plugins->push_back(std::make_unique<DeclaringPlugin>(guard_, problem_));
  }

 private:
  Guard& guard_;
  std::exception_ptr& problem_;
};

std::shared_ptr<grpc::ServerCredentials> CredentialsOf(const TlsIdentity& tls) {
  grpc::SslServerCredentialsOptions options(GRPC_SSL_REQUEST_CLIENT_CERTIFICATE_AND_VERIFY);
  options.pem_root_certs = tls.ca_pem;
  options.pem_key_cert_pairs.push_back({tls.private_key_pem, tls.certificate_pem});
  return grpc::SslServerCredentials(options);
}

}  // namespace

Server::Server(const Options& options, std::span<grpc::Service* const> services, Guard& guard)
    : grace_(options.grace), guard_(guard) {
  grpc::EnableDefaultHealthCheckService(true);
  grpc::reflection::InitProtoReflectionServerBuilderPlugin();
  // Reflection lists gRPC's own health service, whose definition gRPC does not bring: clients that
  // resolve every listed service would fail.
  google::protobuf::LinkMessageReflection<grpc::health::v1::HealthCheckRequest>();
  std::exception_ptr problem;
  grpc::ServerBuilder builder;
  builder.SetOption(std::make_unique<DeclaringOption>(guard, problem));
  builder.AddListeningPort(options.address, CredentialsOf(options.tls), &port_);
  builder.SetMaxReceiveMessageSize(kMostMessageBytes);
  // A second process on the same port would take half of the calls without anyone noticing.
  builder.AddChannelArgument(GRPC_ARG_ALLOW_REUSEPORT, 0);
  for (auto* service : services) builder.RegisterService(service);
  server_ = builder.BuildAndStart();
  if (problem != nullptr) std::rethrow_exception(problem);
  if (server_ == nullptr || port_ == 0) {
    throw std::runtime_error("cannot listen on " + options.address +
                             "; is another process using it?");
  }
  server_->GetHealthCheckService()->SetServingStatus(false);
}

Server::~Server() { Stop(); }

void Server::AnnounceReady() { server_->GetHealthCheckService()->SetServingStatus(true); }

void Server::AnnounceStopping() {
  server_->GetHealthCheckService()->SetServingStatus(false);
  guard_.RefuseNewCalls();
}

void Server::Stop() {
  if (server_ == nullptr) return;
  AnnounceStopping();
  server_->Shutdown(std::chrono::system_clock::now() + grace_);
  guard_.Stop();
  server_->Wait();
  server_.reset();
}

}  // namespace redress::platform
