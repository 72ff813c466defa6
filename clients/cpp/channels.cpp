#include "clients/cpp/channels.h"

#include <grpcpp/create_channel.h>
#include <grpcpp/security/credentials.h>

#include <stdexcept>

#include "clients/cpp/json.h"

namespace redress::client {
namespace {

constexpr int kMaxMessageBytes = 16 * 1024 * 1024;
constexpr int kFirstReconnectMs = 100;
constexpr int kLongestReconnectMs = 2000;

}  // namespace

Channels::Channels(Endpoints endpoints, std::string user_agent, Identity identity)
    : endpoints_(std::move(endpoints)), user_agent_(std::move(user_agent)), identity_(identity) {}

std::shared_ptr<grpc::Channel> Channels::To(const std::string& service) {
  std::lock_guard lock(mutex_);
  std::shared_ptr<grpc::Channel>& channel = channels_[service];
  if (channel) return channel;
  grpc::SslCredentialsOptions tls;
  tls.pem_root_certs = ReadFile(endpoints_.ca_file);
  if (identity_ == Identity::kOperator) {
    if (endpoints_.operator_certificate.empty()) {
      throw std::runtime_error(
          "this needs the operator's certificate: name the state folder that deploy/up made with "
          "--state, or set REDRESS_OPERATOR_CERTIFICATE and REDRESS_OPERATOR_KEY");
    }
    tls.pem_cert_chain = ReadFile(endpoints_.operator_certificate);
    tls.pem_private_key = ReadFile(endpoints_.operator_key);
  }
  grpc::ChannelArguments arguments;
  arguments.SetUserAgentPrefix(user_agent_);
  arguments.SetMaxReceiveMessageSize(kMaxMessageBytes);
  arguments.SetInt(GRPC_ARG_INITIAL_RECONNECT_BACKOFF_MS, kFirstReconnectMs);
  arguments.SetInt(GRPC_ARG_MAX_RECONNECT_BACKOFF_MS, kLongestReconnectMs);
  channel = grpc::CreateCustomChannel(endpoints_.AddressOf(service), grpc::SslCredentials(tls),
                                      arguments);
  return channel;
}

}  // namespace redress::client
