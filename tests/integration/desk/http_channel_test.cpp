// A shop's own sender, over real TLS: what it is posted, and what becomes of its answers.

#include "services/desk/api/http_channel.h"

#include <gtest/gtest.h>

#include <fstream>

#include "services/platform/webhooks/signature.h"
#include "tests/integration/desk/desk_house.h"
#include "tests/integration/platform/server/certificates.h"
#include "tests/integration/platform/webhooks/receiver.h"
#include "tests/support/figure.h"
#include "tests/support/process.h"

namespace redress::desk {
namespace {

using redress::test::AnswerWith;
using redress::test::Receiver;

class HttpChannelTest : public testing::Test {
 protected:
  HttpChannelTest() { std::ofstream(ca_file_) << authority_.pem(); }

  Receiver& Listen(Receiver::Answer answer) {
    receiver_ = std::make_unique<Receiver>(authority_.Issue("localhost"), std::move(answer));
    secret_ = "s3cret";
    house_.channels.Set(house_.NewWrite(), receiver_->Url(), 0, secret_);
    return *receiver_;
  }
  Sending Send(std::chrono::milliseconds patience = std::chrono::seconds(10)) {
    HttpChannel channel(house_.channels,
                        {.private_addresses_allowed = true,
                         .ca_file = ca_file_.string(),
                         .connect_timeout = patience,
                         .timeout = patience},
                        house_.clock);
    Message message;
    message.shop = kShop;
    message.id = MessageId{5};
    message.case_number = 12;
    message.filled = true;
    message.content = MessageContent{"已退款", "小明", "taobao", "T1001"};
    return channel.Send(message);
  }

  DeskHouse house_;
  const redress::test::CertificateAuthority authority_;
  const redress::test::TemporaryDirectory directory_;
  const std::filesystem::path ca_file_ = directory_.path() / "ca.pem";
  std::string secret_;
  std::unique_ptr<Receiver> receiver_;
};

TEST_F(HttpChannelTest, PostsTheMessageSignedAndWithItsKey) {
  Receiver& receiver = Listen(AnswerWith("204 No Content"));
  EXPECT_EQ(Send().result, Sending::Result::kTaken);
  const auto requests = receiver.Requests();
  ASSERT_EQ(requests.size(), 1u);
  EXPECT_NE(requests[0].head.find("Idempotency-Key: 7-5-1"), std::string::npos);
  EXPECT_NE(requests[0].head.find(
                platform::SignatureOf({&secret_, 1}, house_.clock.NowUs(), requests[0].body)),
            std::string::npos);
  EXPECT_NE(requests[0].body.find("\"idempotencyKey\":\"7-5-1\""), std::string::npos);
  EXPECT_NE(requests[0].body.find("已退款"), std::string::npos) << requests[0].body;
}

TEST_F(HttpChannelTest, AsksAgainAfterAnErrorOfTheSender) {
  for (const char* status : {"500 Internal Server Error", "503 Busy", "429 Too Many Requests"}) {
    Receiver receiver(authority_.Issue("localhost"), AnswerWith(status));
    house_.channels.Set(house_.NewWrite(), receiver.Url(), house_.channels.Find(kShop).version,
                        "s");
    EXPECT_EQ(Send().result, Sending::Result::kUnknown) << status;
  }
}

TEST_F(HttpChannelTest, AsksAgainAfterNoAnswer) {
  Listen([](const Receiver::Request&, const Receiver::Write&) {});
  EXPECT_EQ(Send(std::chrono::seconds(1)).result, Sending::Result::kUnknown);
}

TEST_F(HttpChannelTest, TakesARefusalForOne) {
  Listen(AnswerWith("422 Unprocessable Entity"));
  const Sending sending = Send();
  EXPECT_EQ(sending.result, Sending::Result::kRefused);
  EXPECT_EQ(sending.reason, "SENDER_REFUSED");
}

TEST_F(HttpChannelTest, FailsWhereTheShopHasNone) { EXPECT_EQ(Send().reason, "NO_CHANNEL"); }

TEST_F(HttpChannelTest, RepeatsTheSecretOfARepeatedRequestOnly) {
  const Write write = house_.NewWrite("same");
  EXPECT_EQ(house_.channels.Set(write, "https://a.example/", 0, "first").secret, "first");
  EXPECT_EQ(house_.channels.Set(write, "https://a.example/", 0, "other").secret, "first");
}

TEST_F(HttpChannelTest, KeepsTheSecretSealed) {
  house_.channels.Set(house_.NewWrite(), "https://a.example/", 0, "a-secret-of-the-shop");
  auto connection = house_.plain.Acquire();
  auto rows =
      connection->Query("SELECT sealed_secret FROM http_channels WHERE shop_id = ?", {kShop});
  ASSERT_TRUE(rows.Next());
  EXPECT_EQ(rows.String(0).find("a-secret"), std::string::npos);
}

}  // namespace
}  // namespace redress::desk
