#pragma once

#include <grpcpp/server.h>

#include <chrono>
#include <memory>
#include <span>
#include <string>

#include "services/platform/server/channel.h"
#include "services/platform/server/guard.h"

namespace redress::platform {

// A listening gRPC server whose services stand behind a guard. One port serves clients with a
// certificate of our CA (services, the operator) and without one (people's tools); a certificate of
// another CA fails the handshake. Health checks and reflection are open to everyone, since they
// tell nothing about a shop; they are the only methods outside of the guard.
class Server {
 public:
  struct Options {
    std::string address = {};  // "127.0.0.1:7103"; port 0 picks a free one
    TlsIdentity tls = {};
    std::chrono::milliseconds grace = std::chrono::seconds(10);  // for calls under way at the end
  };

  // Declares every method of `services` to the guard; throws std::logic_error as Guard::Declare
  // does, std::runtime_error when the port cannot be had. The services outlive the server.
  Server(const Options& options, std::span<grpc::Service* const> services, Guard& guard);
  ~Server();  // Stop()

  int port() const { return port_; }
  // Health says SERVING from now on.
  void AnnounceReady();
  // Health says NOT_SERVING; new calls are refused, streams end.
  void AnnounceStopping();
  // Waits for calls under way, cancels what is left after `grace`. Safe to repeat.
  void Stop();

 private:
  const std::chrono::milliseconds grace_;
  Guard& guard_;
  int port_ = 0;
  std::unique_ptr<grpc::Server> server_;
};

}  // namespace redress::platform
