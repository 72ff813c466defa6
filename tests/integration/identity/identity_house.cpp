#include "tests/integration/identity/identity_house.h"

#include <barrier>
#include <chrono>

#include "services/identity/migrations/migrations.gen.h"
#include "services/platform/database/transact.h"
#include "services/platform/migrations/migrations.gen.h"

namespace redress::test {
namespace {

constexpr identity::PasswordHasher::Cost kCheap{1, std::size_t{8} << 20U, 2};
constexpr identity::KeyPolicy kKeyPolicy{};

// Every process of a test sees the same time.
class SharedClock final : public platform::Clock {
 public:
  explicit SharedClock(const platform::Clock& clock) : clock_(clock) {}
  std::int64_t NowUs() const override { return clock_.NowUs(); }

 private:
  const platform::Clock& clock_;
};

std::uint16_t NextWorker() {
  static std::atomic<std::uint16_t> next{0};
  return next++;
}

// As a client does: what was UNAVAILABLE (a fault was injected) is asked again, unchanged. Not for
// RefreshSession, whose token says by itself that it came twice.
template <class Call>
grpc::Status Patiently(const std::string& token, platform::ShopId shop, Call call,
                       const std::function<void(grpc::ClientContext&)>& prepare = {}) {
  constexpr int kPatience = 10;
  grpc::Status status;
  for (int attempt = 0; attempt < kPatience; ++attempt) {
    grpc::ClientContext context;
    Prepare(context, token, shop);
    if (prepare) prepare(context);
    status = call(context);
    if (status.error_code() != grpc::StatusCode::UNAVAILABLE) break;
  }
  return status;
}

}  // namespace

Ground::Ground()
    : database(PrivateMariaDb::Instance().CreateSchema("identity")),
      master(platform::SecretKey::Random()) {
  // Tests share their machine: what they judge is never how long a connection was waited for.
  database.acquire_timeout_us = platform::kMinuteUs;
  platform::Pool pool(database);
  Migrate(pool, platform::PlatformMigrations());
  Migrate(pool, identity::IdentityMigrations());
}

IdentityHouse::IdentityHouse(Ground& ground, identity::Sessions::Options options)
    : ground_(ground),
      server_({}, std::make_unique<SharedClock>(ground.clock)),
      pool_(ground.database, InjectedFaults()),
      ids_(ground.clock, NextWorker()),
      key_store_(pool_, ground.clock),
      sealer_(key_store_, ground.master),
      directory_store_(pool_),
      session_store_(pool_),
      failure_store_(pool_, sealer_),
      shop_store_(pool_),
      member_store_(pool_),
      signing_key_store_(pool_, ground.master, ground.clock),
      passwords_(kCheap),
      keys_(kKeyPolicy, signing_key_store_, ground.clock),
      sessions_(options, session_store_, failure_store_, passwords_, keys_, ids_, ground.clock),
      shops_(shop_store_, member_store_, passwords_, ids_, ground.clock),
      feed_(server_.directory(), directory_store_, keys_),
      session_api_(server_.guard(), sessions_, feed_, server_.metrics(),
                   {.threads = 3, .queue = 100}),
      shop_api_(server_.guard(), shops_, feed_),
      directory_api_(server_.guard(), directory_store_, keys_) {
  feed_.RefreshKeys();
  feed_.CatchUp();
  server_.Start({&session_api_, &shop_api_, &directory_api_});
  session_stub_ = identity::v1::SessionService::NewStub(server_.Channel());
  shop_stub_ = identity::v1::ShopService::NewStub(server_.Channel());
  operator_stub_ = identity::v1::ShopService::NewStub(server_.Channel("operator"));
}

grpc::Status IdentityHouse::CreateShop(const identity::v1::CreateShopRequest& request,
                                       identity::v1::CreateShopResponse& response) {
  return Patiently("", {}, [&](grpc::ClientContext& context) {
    return operator_stub_->CreateShop(&context, request, &response);
  });
}

platform::ShopId IdentityHouse::MakeShop(const std::string& admin) {
  identity::v1::CreateShopResponse response;
  const auto status = CreateShop(ShopRequest("shop-of-" + admin, admin), response);
  EXPECT_TRUE(status.ok()) << status.error_message();
  return platform::ParseId<platform::ShopId>(response.shop().shop_id(), "shop_id");
}

grpc::Status IdentityHouse::LogIn(const std::string& name, const std::string& password,
                                  identity::v1::LogInResponse& response,
                                  const std::function<void(grpc::ClientContext&)>& prepare) {
  identity::v1::LogInRequest request;
  request.set_account_name(name);
  request.set_password(password);
  return Patiently(
      "", {},
      [&](grpc::ClientContext& context) {
        return session_stub_->LogIn(&context, request, &response);
      },
      prepare);
}

std::string IdentityHouse::Token(const std::string& name) {
  identity::v1::LogInResponse response;
  const auto status = LogIn(name, kPassword, response);
  EXPECT_TRUE(status.ok()) << status.error_message();
  return response.tokens().access_token();
}

grpc::Status IdentityHouse::Refresh(const std::string& token,
                                    identity::v1::RefreshSessionResponse& response) {
  grpc::ClientContext context;
  Prepare(context, "");
  identity::v1::RefreshSessionRequest request;
  request.set_refresh_token(token);
  return session_stub_->RefreshSession(&context, request, &response);
}

grpc::Status IdentityHouse::GetMe(const std::string& token, identity::v1::GetMeResponse& response) {
  return Patiently(token, {}, [&](grpc::ClientContext& context) {
    return session_stub_->GetMe(&context, {}, &response);
  });
}

grpc::Status IdentityHouse::LogOut(const std::string& token) {
  grpc::ClientContext context;
  Prepare(context, token);
  identity::v1::LogOutResponse response;
  return session_stub_->LogOut(&context, {}, &response);
}

grpc::Status IdentityHouse::CreateMember(const std::string& token, platform::ShopId shop,
                                         const identity::v1::CreateMemberRequest& request,
                                         identity::v1::CreateMemberResponse& response) {
  return Patiently(token, shop, [&](grpc::ClientContext& context) {
    return shop_stub_->CreateMember(&context, request, &response);
  });
}

grpc::Status IdentityHouse::UpdateMember(const std::string& token, platform::ShopId shop,
                                         const identity::v1::UpdateMemberRequest& request,
                                         identity::v1::UpdateMemberResponse& response) {
  return Patiently(token, shop, [&](grpc::ClientContext& context) {
    return shop_stub_->UpdateMember(&context, request, &response);
  });
}

grpc::Status IdentityHouse::Set(const std::string& token, platform::ShopId shop,
                                const identity::v1::SetShopSettingRequest& request,
                                identity::v1::SetShopSettingResponse& response) {
  return Patiently(token, shop, [&](grpc::ClientContext& context) {
    return shop_stub_->SetShopSetting(&context, request, &response);
  });
}

std::int64_t IdentityHouse::Count(std::string_view sql) {
  return platform::Read(pool_, [&](platform::Connection& connection) {
    auto row = connection.Query(sql);
    row.Next();
    return row.Int64(0);
  });
}

void Prepare(grpc::ClientContext& context, const std::string& token, platform::ShopId shop) {
  GuardedServer::As(context, token, shop);
  context.set_wait_for_ready(true);
  context.set_deadline(std::chrono::system_clock::now() + std::chrono::seconds(60));
}

identity::v1::CreateShopRequest ShopRequest(const std::string& request_id,
                                            const std::string& admin) {
  identity::v1::CreateShopRequest request;
  request.set_request_id(request_id);
  request.set_name("店铺 " + admin);
  request.set_time_zone("Asia/Shanghai");
  request.set_currency_code("CNY");
  request.mutable_first_admin()->set_account_name(admin);
  request.mutable_first_admin()->set_display_name("管理员");
  request.mutable_first_admin()->set_password(kPassword);
  return request;
}

identity::v1::CreateMemberRequest MemberRequest(const std::string& request_id,
                                                const std::string& name,
                                                std::vector<common::v1::Role> roles) {
  identity::v1::CreateMemberRequest request;
  request.set_request_id(request_id);
  request.set_account_name(name);
  request.set_display_name("王芳");
  request.set_password(kPassword);
  for (const auto role : roles) request.add_roles(role);
  return request;
}

void InParallel(const std::function<void(int)>& work) {
  constexpr int kThreads = 32;
  std::barrier start(kThreads);
  std::vector<std::thread> threads;
  for (int i = 0; i < kThreads; ++i) {
    threads.emplace_back([&, i] {
      start.arrive_and_wait();
      work(i);
    });
  }
  for (auto& thread : threads) thread.join();
}

}  // namespace redress::test
