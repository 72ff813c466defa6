// Which tokens are believed.
#include <google/protobuf/util/json_util.h>
#include <gtest/gtest.h>
#include <openssl/hmac.h>

#include <thread>

#include "redress/identity/v1/directory_service.grpc.pb.h"
#include "services/platform/access/directory_poller.h"
#include "services/platform/base/text.h"
#include "tests/integration/platform/server/guarded_server.h"
#include "tests/integration/platform/server/house_services.h"
#include "tests/support/wait_for.h"

namespace redress::test {
namespace {

using namespace common::v1;
using platform::AccountId;
using platform::Base64Url;
using platform::ManualClock;
using platform::ShopId;
using platform::TokenIssuer;

constexpr AccountId kAnn{7};
constexpr ShopId kShop{1};

class TokenTest : public ::testing::Test {
 protected:
  TokenTest() : TokenTest(std::make_unique<ManualClock>()) {}

  // "" when the token is believed, else the refusal's reason.
  std::string WhyRefused(const std::string& token) {
    grpc::ClientContext context;
    GuardedServer::As(context, token, kShop);
    identity::v1::GetMeResponse response;
    const auto status = stub_->GetMe(&context, {}, &response);
    if (status.ok()) return "";
    EXPECT_EQ(status.error_code(), grpc::StatusCode::UNAUTHENTICATED);
    return ReasonOf(status);
  }
  std::string Claims(std::int64_t expires_in_s) const {
    const auto now_s = clock_.NowUs() / 1'000'000;
    return R"({"sub":"7","sid":"7","iat":)" + std::to_string(now_s) + R"(,"exp":)" +
           std::to_string(now_s + expires_in_s) + "}";
  }

 private:
  explicit TokenTest(std::unique_ptr<ManualClock> clock)
      : clock_(*clock), house_({}, std::move(clock)) {
    token_ = house_.Member(kAnn, kShop, {ROLE_AGENT});
    house_.Start({&sessions_});
    stub_ = identity::v1::SessionService::NewStub(house_.Channel());
  }

 protected:
  ManualClock& clock_;
  GuardedServer house_;
  Sessions sessions_{house_.guard()};
  std::string token_;
  std::unique_ptr<identity::v1::SessionService::Stub> stub_;
};

TEST_F(TokenTest, GenuineTokenIsBelieved) {
  EXPECT_EQ(WhyRefused(token_), "");
  EXPECT_EQ(WhyRefused(token_), "");  // from the cache
}

TEST_F(TokenTest, ExpiredTokenIsRefusedEvenWhenItWasSeenBefore) {
  const auto unseen = house_.Member(kAnn, kShop, {ROLE_AGENT});
  EXPECT_EQ(WhyRefused(token_), "");
  clock_.Advance(599'000'000);
  EXPECT_EQ(WhyRefused(token_), "");
  clock_.Advance(1'000'000);
  EXPECT_EQ(WhyRefused(token_), "TOKEN_EXPIRED");
  EXPECT_EQ(WhyRefused(unseen), "TOKEN_EXPIRED");
}

TEST_F(TokenTest, ForeignKeyUnderOurKeyIdIsRefused) {
  const auto foreign = platform::GenerateSigningKey();
  const TokenIssuer issuer(house_.key().key_id, foreign.private_key_pem);
  const auto token = issuer.Issue(kAnn, 7, clock_.NowUs(), clock_.NowUs() + 600'000'000);
  EXPECT_EQ(WhyRefused(token), "TOKEN_SIGNATURE");
}

TEST_F(TokenTest, UnknownKeyIsRefused) {
  const auto foreign = platform::GenerateSigningKey();
  const TokenIssuer issuer(foreign.key_id, foreign.private_key_pem);
  const auto token = issuer.Issue(kAnn, 7, clock_.NowUs(), clock_.NowUs() + 600'000'000);
  EXPECT_EQ(WhyRefused(token), "TOKEN_KEY_UNKNOWN");
}

TEST_F(TokenTest, SymmetricSignatureUnderThePublicKeyIsRefused) {
  const std::string text =
      Base64Url(R"({"alg":"HS256","typ":"JWT","kid":")" + house_.key().key_id + "\"}") + "." +
      Base64Url(Claims(600));
  const auto& secret = house_.key().public_key_pem;
  unsigned char mac[32];
  unsigned int length = sizeof mac;
  HMAC(EVP_sha256(), secret.data(), static_cast<int>(secret.size()),
       reinterpret_cast<const unsigned char*>(text.data()), text.size(), mac, &length);
  EXPECT_EQ(WhyRefused(text + "." + Base64Url({reinterpret_cast<char*>(mac), length})),
            "TOKEN_ALGORITHM");
}

TEST_F(TokenTest, UnsignedTokenIsRefused) {
  const std::string header = R"({"alg":"none","kid":")" + house_.key().key_id + "\"}";
  EXPECT_EQ(WhyRefused(Base64Url(header) + "." + Base64Url(Claims(600)) + "."), "TOKEN_ALGORITHM");
}

TEST_F(TokenTest, ChangedClaimsAreRefused) {
  const auto first = token_.find('.');
  const auto second = token_.find('.', first + 1);
  const auto forged =
      token_.substr(0, first + 1) + Base64Url(Claims(60'000)) + token_.substr(second);
  EXPECT_EQ(WhyRefused(forged), "TOKEN_SIGNATURE");
}

TEST_F(TokenTest, GarbageIsRefused) {
  const std::vector<std::string> all = {"x",       "..",          "a.b.c",
                                        "a.b.c.d", "e30.e30.e30", std::string(6000, 'a')};
  for (const auto& garbage : all) {
    EXPECT_NE(WhyRefused(garbage), "") << garbage.substr(0, 20);
  }
}

TEST_F(TokenTest, EndedSessionIsRefused) {
  EXPECT_EQ(WhyRefused(token_), "");
  house_.EndSession(kAnn.value);
  EXPECT_EQ(WhyRefused(token_), "SESSION_ENDED");
}

TEST_F(TokenTest, UnknownKeyIsFetchedOnce) {
  const auto fresh = platform::GenerateSigningKey();
  std::atomic<int> fetches = 0;
  house_.directory().OnUnknownKey([&] {
    ++fetches;
    identity::v1::ListSigningKeysResponse keys;
    for (const auto& pair : {fresh, house_.key()}) {
      keys.add_keys()->set_key_id(pair.key_id);
      keys.mutable_keys(keys.keys_size() - 1)->set_public_key_pem(pair.public_key_pem);
    }
    house_.directory().SetKeys(keys.keys());
  });
  const TokenIssuer issuer(fresh.key_id, fresh.private_key_pem);
  EXPECT_EQ(WhyRefused(issuer.Issue(kAnn, 7, clock_.NowUs(), clock_.NowUs() + 600'000'000)), "");
  EXPECT_EQ(fetches, 1);
  // A stranger's key id does not become a way to make us ask identity all day.
  const TokenIssuer stranger("nobody", platform::GenerateSigningKey().private_key_pem);
  for (int i = 0; i < 5; ++i) {
    EXPECT_EQ(WhyRefused(stranger.Issue(kAnn, 7, clock_.NowUs() + i, clock_.NowUs() + 600'000'000)),
              "TOKEN_KEY_UNKNOWN");
  }
  EXPECT_LE(fetches, 2);
}

TEST_F(TokenTest, CacheIsBounded) {
  platform::TokenVerifier verifier(house_.directory(), clock_, 32);
  const TokenIssuer issuer(house_.key().key_id, house_.key().private_key_pem);
  for (std::uint64_t session = 1; session <= 200; ++session) {
    const auto token = issuer.Issue(kAnn, session, clock_.NowUs(), clock_.NowUs() + 600'000'000);
    EXPECT_EQ(verifier.Verify(token).session, session);
    EXPECT_EQ(verifier.Verify(token).session, session);
  }
}

// identity as another process would see it.
struct DirectoryApi final : identity::v1::DirectoryService::CallbackService {
  explicit DirectoryApi(Guard& guard) : guard(guard) {}

  grpc::ServerUnaryReactor* ListSigningKeys(
      grpc::CallbackServerContext* context, const identity::v1::ListSigningKeysRequest* request,
      identity::v1::ListSigningKeysResponse* response) override {
    return guard.Blocking(context, request, response,
                          [this](const Call&, const identity::v1::ListSigningKeysRequest&,
                                 identity::v1::ListSigningKeysResponse& response) {
                            std::lock_guard lock(mutex);
                            response = keys;
                          });
  }
  grpc::ServerUnaryReactor* ListDirectoryChanges(
      grpc::CallbackServerContext* context,
      const identity::v1::ListDirectoryChangesRequest* request,
      identity::v1::ListDirectoryChangesResponse* response) override {
    return guard.Blocking(
        context, request, response,
        [this](const Call&, const identity::v1::ListDirectoryChangesRequest& request,
               identity::v1::ListDirectoryChangesResponse& response) {
          std::lock_guard lock(mutex);
          for (const auto& change : changes.changes()) {
            if (change.version() <= request.since_version()) continue;
            *response.add_changes() = change;
          }
        });
  }
  void AddMembership(std::uint64_t version, std::uint64_t account) {
    std::lock_guard lock(mutex);
    auto* change = changes.add_changes();
    change->set_version(version);
    change->mutable_membership()->set_account_id(account);
    change->mutable_membership()->set_shop_id(1);
    change->mutable_membership()->add_roles(ROLE_AGENT);
  }

  Guard& guard;
  std::mutex mutex;
  identity::v1::ListSigningKeysResponse keys;
  identity::v1::ListDirectoryChangesResponse changes;
};

TEST(DirectoryPollerTest, FollowsIdentityAndKeepsTheLastCopyDuringAnOutage) {
  GuardedServer house;
  DirectoryApi api(house.guard());
  api.keys.add_keys()->set_key_id("k1");
  api.keys.mutable_keys(0)->set_public_key_pem(house.key().public_key_pem);
  api.AddMembership(1, 7);
  house.Start({&api});

  platform::Directory directory;
  platform::DirectoryPoller poller(directory, house.Channel("order"),
                                   std::chrono::milliseconds(20));
  ASSERT_TRUE(poller.WaitSynced(std::chrono::seconds(10)));
  EXPECT_NE(directory.FindKey("k1"), nullptr);
  EXPECT_TRUE(directory.Find(AccountId{7}, kShop));

  api.AddMembership(2, 8);
  EXPECT_TRUE(WaitFor([&] { return directory.Find(AccountId{8}, kShop).has_value(); }));
  house.Stop();
  EXPECT_TRUE(directory.Find(AccountId{7}, kShop));
  EXPECT_NE(directory.FindKey("k1"), nullptr);
  EXPECT_EQ(directory.version(), 2U);
}

}  // namespace
}  // namespace redress::test
