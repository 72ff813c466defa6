#include "services/platform/webhooks/signature.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace redress::platform {
namespace {

std::string Signed(const std::string& secret, std::int64_t at_us, const std::string& body) {
  return SignatureOf(std::vector{secret}, at_us, body);
}

// Made with: printf '1767225600.{"id":"1"}' | openssl dgst -sha256 -hmac 'whsec_test'
TEST(Signature, IsTheHmacOfTimeAndBody) {
  EXPECT_EQ(Signed("whsec_test", 1'767'225'600'999'999, R"({"id":"1"})"),
            "t=1767225600,v1=c9c43053c587d9a132baf3e87a7f5cd6b5e5e5acf4ecb038f8c897644f666304");
}

TEST(Signature, IsAnotherForAnotherSecretTimeOrBody) {
  const std::string first = Signed("a", 5'000'000, "body");
  EXPECT_NE(Signed("b", 5'000'000, "body"), first);
  EXPECT_NE(Signed("a", 6'000'000, "body"), first);
  EXPECT_NE(Signed("a", 5'000'000, "Body"), first);
  EXPECT_EQ(Signed("a", 5'999'999, "body"), first);
}

TEST(Signature, IsMadeUnderBothSecretsWhileOneReplacesTheOther) {
  const std::string fresh = Signed("new", 5'000'000, "body");
  const std::string old = Signed("old", 5'000'000, "body");
  EXPECT_EQ(SignatureOf(std::vector<std::string>{"new", "old"}, 5'000'000, "body"),
            fresh + old.substr(old.find(',')));
}

}  // namespace
}  // namespace redress::platform
