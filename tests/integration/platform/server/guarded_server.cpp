#include "tests/integration/platform/server/guarded_server.h"

#include <grpcpp/create_channel.h>
#include <grpcpp/security/credentials.h>

#include <chrono>

#include "google/rpc/status.pb.h"

namespace redress::test {
namespace {

using platform::AccountId;
using platform::ShopId;

constexpr std::int64_t kTokenLife_us = 600'000'000;

std::unique_ptr<platform::Clock> OrSystemClock(std::unique_ptr<platform::Clock> clock) {
  if (clock != nullptr) return clock;
  return std::make_unique<platform::SystemClock>();
}

template <class Detail>
std::optional<Detail> DetailOf(const grpc::Status& status) {
  google::rpc::Status details;
  details.ParseFromString(status.error_details());
  Detail found;
  for (const auto& detail : details.details()) {
    if (detail.UnpackTo(&found)) return found;
  }
  return std::nullopt;
}

}  // namespace

GuardedServer::GuardedServer(platform::Guard::Options options,
                             std::unique_ptr<platform::Clock> clock)
    : clock_(OrSystemClock(std::move(clock))),
      key_(platform::GenerateSigningKey()),
      issuer_(key_.key_id, key_.private_key_pem),
      metrics_("test"),
      verifier_(directory_, *clock_),
      guard_(std::make_unique<platform::Guard>(options, *clock_, directory_, verifier_, metrics_)) {
  identity::v1::ListSigningKeysResponse keys;
  auto* key = keys.add_keys();
  key->set_key_id(key_.key_id);
  key->set_public_key_pem(key_.public_key_pem);
  directory_.SetKeys(keys.keys());
}

GuardedServer::~GuardedServer() { Stop(); }

void GuardedServer::Start(std::vector<grpc::Service*> services) {
  server_ = std::make_unique<platform::Server>(
      platform::Server::Options{.address = "127.0.0.1:0",
                                .tls = authority_.Issue("order"),
                                .grace = std::chrono::seconds(5)},
      services, *guard_);
  server_->AnnounceReady();
}

void GuardedServer::Apply(const identity::v1::DirectoryChange& change) {
  identity::v1::ListDirectoryChangesResponse changes;
  *changes.add_changes() = change;
  changes.mutable_changes(0)->set_version(directory_.version() + 1);
  directory_.Apply(changes.changes());
}

void GuardedServer::AddShop(ShopId shop, const std::string& time_zone,
                            const std::string& currency) {
  identity::v1::DirectoryChange change;
  change.mutable_shop()->set_shop_id(shop.value);
  change.mutable_shop()->set_time_zone(time_zone);
  change.mutable_shop()->set_currency_code(currency);
  Apply(change);
  shops_[shop.value] = true;
}

std::string GuardedServer::Member(AccountId account, ShopId shop,
                                  std::initializer_list<platform::Role> roles,
                                  std::optional<std::int64_t> approval_limit_minor) {
  if (!shops_.contains(shop.value)) AddShop(shop);
  identity::v1::DirectoryChange change;
  auto* membership = change.mutable_membership();
  membership->set_account_id(account.value);
  membership->set_shop_id(shop.value);
  for (const auto role : roles) membership->add_roles(role);
  if (approval_limit_minor) membership->set_approval_limit_minor(*approval_limit_minor);
  Apply(change);
  const auto now_us = clock_->NowUs();
  return issuer_.Issue(account, account.value, now_us, now_us + kTokenLife_us);
}

void GuardedServer::EndMembership(AccountId account, ShopId shop) { Member(account, shop, {}); }

void GuardedServer::EndSession(std::uint64_t session) {
  identity::v1::DirectoryChange change;
  change.mutable_ended_session()->set_session_id(session);
  Apply(change);
}

std::string GuardedServer::address() const {
  return "127.0.0.1:" + std::to_string(server_->port());
}

std::shared_ptr<grpc::Channel> GuardedServer::Channel(const std::string& certificate_name) const {
  platform::TlsIdentity identity{authority_.pem(), "", ""};
  if (!certificate_name.empty()) identity = authority_.Issue(certificate_name);
  return platform::OpenChannel(address(), "order", identity);
}

void GuardedServer::As(grpc::ClientContext& context, const std::string& token, ShopId shop) {
  if (!token.empty()) context.AddMetadata("authorization", "Bearer " + token);
  if (shop) context.AddMetadata(platform::kShopMetadata, ToString(shop));
  context.set_deadline(std::chrono::system_clock::now() + std::chrono::seconds(20));
}

std::string ReasonOf(const grpc::Status& status) {
  const auto info = DetailOf<google::rpc::ErrorInfo>(status);
  return info && info->domain() == "redress" ? info->reason() : "";
}

google::rpc::BadRequest BadRequestOf(const grpc::Status& status) {
  return DetailOf<google::rpc::BadRequest>(status).value_or(google::rpc::BadRequest());
}

std::optional<google::rpc::RetryInfo> RetryInfoOf(const grpc::Status& status) {
  return DetailOf<google::rpc::RetryInfo>(status);
}

}  // namespace redress::test
