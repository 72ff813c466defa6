#pragma once

#include <grpcpp/channel.h>
#include <grpcpp/client_context.h>

#include <chrono>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>

#include "services/platform/base/ids.h"
#include "services/platform/server/call.h"

namespace redress::platform {

// PEM texts that a service shows as a server and as a client.
struct TlsIdentity {
  std::string ca_pem = {};
  std::string certificate_pem = {};
  std::string private_key_pem = {};
};
// Reads <directory>/<name>.crt and .key; throws std::runtime_error naming the file that is missing.
TlsIdentity LoadTlsIdentity(const std::string& ca_file, const std::string& directory,
                            std::string_view name);

// A channel with mutual TLS to "host:port". Certificates name services, not hosts, so the server's
// is checked against `service`. Reconnects by itself, at least once a second.
std::shared_ptr<grpc::Channel> OpenChannel(const std::string& address, const std::string& service,
                                           const TlsIdentity& identity);

// The channels of a process to other services, opened at first use and shared.
class Channels {
 public:
  Channels(std::map<std::string, std::string> address_of_service, TlsIdentity identity);

  // Throws std::out_of_range for a service without an address.
  std::shared_ptr<grpc::Channel> To(const std::string& service);

 private:
  const std::map<std::string, std::string> addresses_;
  const TlsIdentity identity_;
  std::mutex mutex_;
  std::map<std::string, std::shared_ptr<grpc::Channel>> open_;
};

// Prepares a call to another service on behalf of `call`: its token, shop, deadline, trace id and
// client are passed on. Example:
//   grpc::ClientContext context;
//   PassOn(call, context);
//   ThrowUnlessOk(stub->GetOrder(&context, request, &response));
void PassOn(const Call& call, grpc::ClientContext& context);

// Prepares a call of the service as itself, in a shop (or none: ShopId{}), under this thread's
// trace id.
void AsService(ShopId shop, std::chrono::milliseconds timeout, grpc::ClientContext& context);

}  // namespace redress::platform
