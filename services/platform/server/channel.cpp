#include "services/platform/server/channel.h"

#include <grpcpp/create_channel.h>
#include <grpcpp/security/credentials.h>

#include <fstream>
#include <sstream>
#include <stdexcept>

#include "services/platform/server/guard.h"
#include "services/platform/telemetry/trace.h"

namespace redress::platform {
namespace {

constexpr int kMostMessageBytes = 32 << 20;

std::string ReadFile(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream text;
  text << file.rdbuf();
  if (!file || text.str().empty()) {
    throw std::runtime_error("cannot read " + path + "; deploy/up makes the certificates");
  }
  return text.str();
}

// The parent id of a traceparent: this process is not a span of its own, so any will do.
std::string TraceParent(std::string_view trace_id) {
  return "00-" + std::string(trace_id) + "-" + std::string(trace_id.substr(0, 16)) + "-01";
}

}  // namespace

TlsIdentity LoadTlsIdentity(const std::string& ca_file, const std::string& directory,
                            std::string_view name) {
  const std::string stem = directory + "/" + std::string(name);
  return {ReadFile(ca_file), ReadFile(stem + ".crt"), ReadFile(stem + ".key")};
}

std::shared_ptr<grpc::Channel> OpenChannel(const std::string& address, const std::string& service,
                                           const TlsIdentity& identity) {
  grpc::SslCredentialsOptions options;
  options.pem_root_certs = identity.ca_pem;
  options.pem_cert_chain = identity.certificate_pem;
  options.pem_private_key = identity.private_key_pem;
  grpc::ChannelArguments arguments;
  arguments.SetSslTargetNameOverride(service);
  arguments.SetMaxReceiveMessageSize(kMostMessageBytes);
  arguments.SetInt(GRPC_ARG_INITIAL_RECONNECT_BACKOFF_MS, 100);
  // Despite its name, the time that one attempt to connect may take.
  arguments.SetInt(GRPC_ARG_MIN_RECONNECT_BACKOFF_MS, 5000);
  arguments.SetInt(GRPC_ARG_MAX_RECONNECT_BACKOFF_MS, 1000);
  return grpc::CreateCustomChannel(address, grpc::SslCredentials(options), arguments);
}

Channels::Channels(std::map<std::string, std::string> address_of_service, TlsIdentity identity)
    : addresses_(std::move(address_of_service)), identity_(std::move(identity)) {}

std::shared_ptr<grpc::Channel> Channels::To(const std::string& service) {
  std::lock_guard lock(mutex_);
  auto& channel = open_[service];
  if (channel == nullptr) {
    const auto address = addresses_.find(service);
    if (address == addresses_.end()) {
      throw std::out_of_range("the configuration has no section [" + service + "] with an address");
    }
    channel = OpenChannel(address->second, service, identity_);
  }
  return channel;
}

void PassOn(const Call& call, grpc::ClientContext& context) {
  if (!call.token.empty()) context.AddMetadata("authorization", "Bearer " + call.token);
  if (call.caller.shop) context.AddMetadata(kShopMetadata, ToString(call.caller.shop));
  if (!call.caller.client.empty()) context.AddMetadata(kClientMetadata, call.caller.client);
  if (!call.language.empty()) context.AddMetadata("accept-language", call.language);
  context.AddMetadata(kTraceMetadata, TraceParent(call.trace_id));
  const auto left = call.expires - std::chrono::steady_clock::now();
  // A stream has no deadline of its own; a call made on its behalf does.
  context.set_deadline(
      std::chrono::system_clock::now() +
      std::min<std::chrono::steady_clock::duration>(left, std::chrono::minutes(1)));
}

void AsService(ShopId shop, std::chrono::milliseconds timeout, grpc::ClientContext& context) {
  if (shop) context.AddMetadata(kShopMetadata, ToString(shop));
  const auto trace_id = CurrentTraceId();
  context.AddMetadata(kTraceMetadata,
                      TraceParent(trace_id.empty() ? NewTraceId() : std::string(trace_id)));
  context.set_deadline(std::chrono::system_clock::now() + timeout);
}

}  // namespace redress::platform
