#include "services/platform/webhooks/url.h"

#include <gtest/gtest.h>

#include "services/platform/base/errors.h"

namespace redress::platform {
namespace {

class Address : public ::testing::TestWithParam<const char*> {};

using Taken = Address;
TEST_P(Taken, IsTaken) { EXPECT_NO_THROW(CheckWebhookUrl(GetParam(), "url", false)); }
INSTANTIATE_TEST_SUITE_P(WebhookUrl, Taken,
                         ::testing::Values("https://shop.example/hooks", "https://shop.example",
                                           "https://shop.example:8443/a?b=c", "https://8.8.8.8/",
                                           "https://[2606:4700::1]/x", "HTTPS://Shop.Example/"));

class Refused : public ::testing::TestWithParam<const char*> {};
TEST_P(Refused, IsRefused) { EXPECT_THROW(CheckWebhookUrl(GetParam(), "url", false), Refusal); }
INSTANTIATE_TEST_SUITE_P(WebhookUrl, Refused,
                         ::testing::Values("", "shop.example", "http://shop.example/",
                                           "http://localhost/", "ftp://shop.example/",
                                           "file:///etc/passwd", "https://",
                                           "https://user@shop.example/",
                                           "https://user:word@shop.example/",
                                           "https://shop.example/#part", "https://shop.example:x/",
                                           "https://a b.example/"));

TEST(WebhookUrl, MayBeUnencryptedToThisMachineWhereThatIsAllowed) {
  EXPECT_NO_THROW(CheckWebhookUrl("http://localhost:9000/x", "url", true));
  EXPECT_NO_THROW(CheckWebhookUrl("http://127.0.0.1/x", "url", true));
  EXPECT_NO_THROW(CheckWebhookUrl("http://[::1]:9000/x", "url", true));
  EXPECT_THROW(CheckWebhookUrl("http://shop.example/x", "url", true), Refusal);
  EXPECT_THROW(CheckWebhookUrl("http://localhost.shop.example/x", "url", true), Refusal);
}

TEST(WebhookUrl, IsBounded) {
  const std::string start = "https://shop.example/";
  EXPECT_NO_THROW(CheckWebhookUrl(start + std::string(2000 - start.size(), 'a'), "url", false));
  EXPECT_THROW(CheckWebhookUrl(start + std::string(2001 - start.size(), 'a'), "url", false),
               Refusal);
}

}  // namespace
}  // namespace redress::platform
