// Rotation of the keys that sign access tokens, with the real verifier.
#include <gtest/gtest.h>

#include <string>

#include "services/platform/database/transact.h"
#include "tests/integration/identity/identity_house.h"

namespace redress::test {
namespace {

using platform::kDayUs;
using platform::kMinuteUs;
using platform::kSecondUs;

class SigningKeyTest : public ::testing::Test {
 protected:
  SigningKeyTest() : house_(ground_) { house_.MakeShop("admin"); }

  static bool Works(IdentityHouse& house, const std::string& token) {
    identity::v1::GetMeResponse response;
    return house.GetMe(token, response).ok();
  }
  static std::string Header(const std::string& token) { return token.substr(0, token.find('.')); }

  Ground ground_;
  IdentityHouse house_;
};

TEST_F(SigningKeyTest, OldTokensOutliveTheRotation) {
  ground_.clock.Advance(30 * kDayUs - kMinuteUs);
  const std::string before = house_.Token("admin");
  house_.feed().RefreshKeys();
  ASSERT_EQ(house_.keys().PublishedKeys().size(), 2u);
  EXPECT_EQ(Header(house_.Token("admin")), Header(before));
  ground_.clock.Advance(kMinuteUs);
  const std::string after = house_.Token("admin");
  EXPECT_NE(Header(after), Header(before));
  EXPECT_TRUE(Works(house_, before));
  EXPECT_TRUE(Works(house_, after));
  // The old key is gone once none of its tokens can be in use.
  ground_.clock.Advance(15 * kMinuteUs);
  house_.feed().RefreshKeys();
  EXPECT_EQ(house_.keys().PublishedKeys().size(), 1u);
  EXPECT_FALSE(Works(house_, before));
  EXPECT_TRUE(Works(house_, house_.Token("admin")));
}

TEST_F(SigningKeyTest, KeysSurviveARestart) {
  const std::string token = house_.Token("admin");
  IdentityHouse restarted(ground_);
  EXPECT_TRUE(Works(restarted, token));
  EXPECT_EQ(Header(restarted.Token("admin")), Header(token));
}

TEST_F(SigningKeyTest, ManyProcessesRotateOnce) {
  ground_.clock.Advance(31 * kDayUs);
  InParallel([&](int) {
    identity::SigningKeyStore store(house_.pool(), ground_.master, ground_.clock);
    identity::SigningKeys keys({}, store, ground_.clock);
    EXPECT_NO_THROW(keys.Refresh());
    EXPECT_EQ(keys.PublishedKeys().size(), 2u);
  });
  EXPECT_EQ(house_.Count("SELECT COUNT(1) FROM signing_keys"), 2);
}

TEST_F(SigningKeyTest, PrivateKeysAreStoredSealed) {
  EXPECT_EQ(house_.Count("SELECT COUNT(1) FROM signing_keys WHERE sealed_private_key LIKE "
                         "'%PRIVATE%'"),
            0);
  EXPECT_EQ(house_.Count("SELECT COUNT(1) FROM signing_keys WHERE public_key_pem LIKE "
                         "'%PUBLIC KEY%'"),
            1);
}

TEST_F(SigningKeyTest, ServicesFetchTheKeysAndStrangersDoNot) {
  const auto fetch = [&](const std::string& certificate) {
    const auto stub = identity::v1::DirectoryService::NewStub(house_.server().Channel(certificate));
    grpc::ClientContext context;
    Prepare(context, "");
    identity::v1::ListSigningKeysResponse response;
    const auto status = stub->ListSigningKeys(&context, {}, &response);
    return status.ok() ? response.keys_size() : -1;
  };
  EXPECT_EQ(fetch("order"), 1);
  EXPECT_EQ(fetch("gateway"), 1);
  EXPECT_EQ(fetch("operator"), -1);
  EXPECT_EQ(fetch(""), -1);
}

}  // namespace
}  // namespace redress::test
