#pragma once

#include <grpcpp/channel.h>
#include <grpcpp/client_context.h>
#include <grpcpp/impl/service_type.h>

#include <initializer_list>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "google/rpc/error_details.pb.h"
#include "services/platform/access/directory.h"
#include "services/platform/access/token_issuer.h"
#include "services/platform/access/token_verifier.h"
#include "services/platform/base/clock.h"
#include "services/platform/server/guard.h"
#include "services/platform/server/server.h"
#include "services/platform/telemetry/metrics.h"
#include "tests/integration/platform/server/certificates.h"

namespace redress::test {

// What a service stands on, in one process and with real TLS: a CA, a directory, a key that signs
// tokens, a clock, a guard, and (once Start was called) a listening server. Example:
//   GuardedServer house;
//   const auto token = house.Member(AccountId{7}, ShopId{1}, {ROLE_AGENT});
//   MyApi api(house.guard(), …);
//   house.Start({&api});
//   auto stub = OrderService::NewStub(house.Channel());
//   grpc::ClientContext context;
//   house.As(context, token, ShopId{1});
class GuardedServer {
 public:
  explicit GuardedServer(platform::Guard::Options options = {},
                         std::unique_ptr<platform::Clock> clock = nullptr);
  ~GuardedServer();

  void Start(std::vector<grpc::Service*> services);
  void Stop() { server_.reset(); }

  // Creates the shop where it is new, gives the account these roles in it, answers a token of a
  // session of its own (the session's number is the account's).
  std::string Member(platform::AccountId account, platform::ShopId shop,
                     std::initializer_list<platform::Role> roles,
                     std::optional<std::int64_t> approval_limit_minor = std::nullopt);
  void EndMembership(platform::AccountId account, platform::ShopId shop);
  void EndSession(std::uint64_t session);
  void AddShop(platform::ShopId shop, const std::string& time_zone = "Asia/Shanghai",
               const std::string& currency = "CNY");

  // A client without certificate, or with that of a service.
  std::shared_ptr<grpc::Channel> Channel(const std::string& certificate_name = "") const;
  // Puts token and shop into a call's metadata; it times out after 20 s.
  static void As(grpc::ClientContext& context, const std::string& token,
                 platform::ShopId shop = {});

  platform::Guard& guard() { return *guard_; }
  platform::Directory& directory() { return directory_; }
  platform::Metrics& metrics() { return metrics_; }
  platform::TokenVerifier& verifier() { return verifier_; }
  const platform::Clock& clock() const { return *clock_; }
  const platform::SigningKeyPair& key() const { return key_; }
  const CertificateAuthority& authority() const { return authority_; }
  platform::Server& server() { return *server_; }
  std::string address() const;

 private:
  void Apply(const identity::v1::DirectoryChange& change);

  CertificateAuthority authority_;
  std::unique_ptr<platform::Clock> clock_;
  platform::SigningKeyPair key_;
  platform::TokenIssuer issuer_;
  platform::Metrics metrics_;
  platform::Directory directory_;
  platform::TokenVerifier verifier_;
  std::unique_ptr<platform::Guard> guard_;
  std::unique_ptr<platform::Server> server_;
  std::map<std::uint32_t, bool> shops_;
};

// The machine-readable reason of a status, "" where it has none; and its other details.
std::string ReasonOf(const grpc::Status& status);
google::rpc::BadRequest BadRequestOf(const grpc::Status& status);
std::optional<google::rpc::RetryInfo> RetryInfoOf(const grpc::Status& status);

}  // namespace redress::test
