#pragma once

#include <grpcpp/channel.h>

#include <map>
#include <memory>
#include <mutex>
#include <string>

#include "clients/cpp/endpoints.h"

namespace redress::client {

// One TLS channel per service, made on first use and shared. Thread-safe.
class Channels {
 public:
  enum class Identity {
    kToken,     // TLS; who calls is said by the token of each call
    kOperator,  // mTLS with the operator's certificate
  };

  // `user_agent` names the client program on steps and in logs, e.g. `redress-cli/0.1.0`.
  Channels(Endpoints endpoints, std::string user_agent, Identity identity = Identity::kToken);

  // Throws std::runtime_error where the service has no address or a certificate is unreadable.
  std::shared_ptr<grpc::Channel> To(const std::string& service);

  const Endpoints& endpoints() const { return endpoints_; }

 private:
  const Endpoints endpoints_;
  const std::string user_agent_;
  const Identity identity_;
  std::mutex mutex_;
  std::map<std::string, std::shared_ptr<grpc::Channel>> channels_;
};

}  // namespace redress::client
