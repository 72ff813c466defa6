#pragma once

#include <gtest/gtest.h>

#include <functional>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "redress/identity/v1/directory_service.grpc.pb.h"
#include "redress/identity/v1/session_service.grpc.pb.h"
#include "redress/identity/v1/shop_service.grpc.pb.h"
#include "services/identity/api/directory_api.h"
#include "services/identity/api/session_api.h"
#include "services/identity/api/shop_api.h"
#include "services/identity/store/directory_store.h"
#include "services/identity/store/log_in_failure_store.h"
#include "services/identity/store/member_store.h"
#include "services/identity/store/session_store.h"
#include "services/identity/store/shop_store.h"
#include "services/identity/store/signing_key_store.h"
#include "services/platform/sealing/key_store.h"
#include "tests/integration/platform/server/guarded_server.h"
#include "tests/support/private_maria_db.h"

namespace redress::test {

inline constexpr char kPassword[] = "a long enough password";

// What outlives a process: the database, the master key, and time.
struct Ground {
  Ground();

  platform::DatabaseConfig database;
  platform::MasterKeys master;
  platform::ManualClock clock{1'772'323'200'000'000};  // 2026-03-01T00:00:00Z
};

// One running identity: the real service behind the real guard, over TLS. Its timers are the
// test's to turn: feed() catches up and rotates.
class IdentityHouse {
 public:
  explicit IdentityHouse(Ground& ground, identity::Sessions::Options options = {});

  identity::DirectoryFeed& feed() { return feed_; }
  identity::SigningKeys& keys() { return keys_; }
  identity::DirectoryStore& directory_store() { return directory_store_; }
  identity::Sessions& sessions() { return sessions_; }
  platform::Pool& pool() { return pool_; }
  GuardedServer& server() { return server_; }

  identity::v1::SessionService::Stub& session_stub() { return *session_stub_; }
  identity::v1::ShopService::Stub& shop_stub() { return *shop_stub_; }

  // A new shop, by the operator; its admin's password is kPassword.
  grpc::Status CreateShop(const identity::v1::CreateShopRequest& request,
                          identity::v1::CreateShopResponse& response);
  platform::ShopId MakeShop(const std::string& admin);

  grpc::Status LogIn(const std::string& name, const std::string& password,
                     identity::v1::LogInResponse& response,
                     const std::function<void(grpc::ClientContext&)>& prepare = {});
  // The access token of a fresh session; fails the test when there is none.
  std::string Token(const std::string& name);
  grpc::Status Refresh(const std::string& token, identity::v1::RefreshSessionResponse& response);
  grpc::Status GetMe(const std::string& token, identity::v1::GetMeResponse& response);
  grpc::Status LogOut(const std::string& token);

  grpc::Status CreateMember(const std::string& token, platform::ShopId shop,
                            const identity::v1::CreateMemberRequest& request,
                            identity::v1::CreateMemberResponse& response);
  grpc::Status UpdateMember(const std::string& token, platform::ShopId shop,
                            const identity::v1::UpdateMemberRequest& request,
                            identity::v1::UpdateMemberResponse& response);
  grpc::Status Set(const std::string& token, platform::ShopId shop,
                   const identity::v1::SetShopSettingRequest& request,
                   identity::v1::SetShopSettingResponse& response);

  std::int64_t Count(std::string_view sql);

 private:
  Ground& ground_;
  GuardedServer server_;
  platform::Pool pool_;
  platform::TimeOrderedIds ids_;
  platform::KeyStore key_store_;
  platform::Sealer sealer_;
  identity::DirectoryStore directory_store_;
  identity::SessionStore session_store_;
  identity::LogInFailureStore failure_store_;
  identity::ShopStore shop_store_;
  identity::MemberStore member_store_;
  identity::SigningKeyStore signing_key_store_;
  identity::PasswordHasher passwords_;
  identity::SigningKeys keys_;
  identity::Sessions sessions_;
  identity::Shops shops_;
  identity::DirectoryFeed feed_;
  identity::SessionApi session_api_;
  identity::ShopApi shop_api_;
  identity::DirectoryApi directory_api_;
  std::unique_ptr<identity::v1::SessionService::Stub> session_stub_;
  std::unique_ptr<identity::v1::ShopService::Stub> shop_stub_;
  std::unique_ptr<identity::v1::ShopService::Stub> operator_stub_;
};

// Makes a call ready: token, shop, and the patience that a busy machine asks for.
void Prepare(grpc::ClientContext& context, const std::string& token, platform::ShopId shop = {});

// Requests that are right in every field.
identity::v1::CreateShopRequest ShopRequest(const std::string& request_id,
                                            const std::string& admin);
identity::v1::CreateMemberRequest MemberRequest(const std::string& request_id,
                                                const std::string& name,
                                                std::vector<common::v1::Role> roles);

// Runs it on 32 threads at once.
void InParallel(const std::function<void(int)>& work);

}  // namespace redress::test
