#include "services/platform/webhooks/signature.h"

#include <gtest/gtest.h>

namespace redress::platform {
namespace {

// Made with: printf '1767225600.{"id":"1"}' | openssl dgst -sha256 -hmac 'whsec_test'
TEST(Signature, IsTheHmacOfTimeAndBody) {
  EXPECT_EQ(SignatureOf("whsec_test", 1'767'225'600'999'999, R"({"id":"1"})"),
            "t=1767225600,v1=c9c43053c587d9a132baf3e87a7f5cd6b5e5e5acf4ecb038f8c897644f666304");
}

TEST(Signature, IsAnotherForAnotherSecretTimeOrBody) {
  const std::string first = SignatureOf("a", 5'000'000, "body");
  EXPECT_NE(SignatureOf("b", 5'000'000, "body"), first);
  EXPECT_NE(SignatureOf("a", 6'000'000, "body"), first);
  EXPECT_NE(SignatureOf("a", 5'000'000, "Body"), first);
  EXPECT_EQ(SignatureOf("a", 5'999'999, "body"), first);
}

}  // namespace
}  // namespace redress::platform
