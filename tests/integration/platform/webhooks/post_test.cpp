#include "services/platform/webhooks/post.h"

#include <gtest/gtest.h>
#include <poll.h>
#include <stdlib.h>
#include <unistd.h>

#include <cstdio>
#include <fstream>
#include <memory>

#include "tests/integration/platform/server/certificates.h"
#include "tests/integration/platform/webhooks/receiver.h"

namespace redress::platform {
namespace {

using std::chrono::milliseconds;
using test::AnswerWith;
using test::Receiver;

class Post : public ::testing::Test {
 protected:
  Post() {
    char name[] = "/tmp/redress-webhooks-XXXXXX";
    const int file = mkstemp(name);
    EXPECT_GE(file, 0);
    close(file);
    ca_file_ = name;
    std::ofstream(ca_file_) << authority_.pem();
  }
  ~Post() override { std::remove(ca_file_.c_str()); }

  Receiver& Start(Receiver::Answer answer, const std::string& name = "localhost") {
    receiver_ = std::make_unique<Receiver>(authority_.Issue(name), std::move(answer));
    return *receiver_;
  }

  PosterOptions Options() const {
    return {.private_addresses_allowed = true,
            .ca_file = ca_file_,
            .connect_timeout = milliseconds(2000),
            .timeout = milliseconds(2000)};
  }

  const test::CertificateAuthority authority_;
  std::string ca_file_;
  std::unique_ptr<Receiver> receiver_;
};

TEST_F(Post, BringsHeadersAndBody) {
  Receiver& receiver = Start(AnswerWith("204 No Content"));
  const std::string body = "{\"id\":\"\xe9\x80\x80\xe8\xb4\xa7\"}" + std::string(100'000, ' ');
  const PostOutcome outcome = WebhookPoster(Options()).Post(
      {receiver.Url(), {"Content-Type: application/json", "X-A: b"}, body});
  EXPECT_TRUE(outcome.IsTaken());
  EXPECT_EQ(outcome.status, 204);
  const auto requests = receiver.Requests();
  ASSERT_EQ(requests.size(), 1u);
  EXPECT_EQ(requests[0].body, body);
  EXPECT_NE(requests[0].head.find("POST /hook HTTP/1.1"), std::string::npos);
  EXPECT_NE(requests[0].head.find("Content-Type: application/json"), std::string::npos);
  EXPECT_NE(requests[0].head.find("X-A: b"), std::string::npos);
  EXPECT_EQ(requests[0].head.find("Expect:"), std::string::npos);
}

class NotTaken : public Post, public ::testing::WithParamInterface<const char*> {};
TEST_P(NotTaken, IsToldByItsStatus) {
  const PostOutcome outcome =
      WebhookPoster(Options()).Post({Start(AnswerWith(GetParam())).Url(), {}, "{}"});
  EXPECT_FALSE(outcome.IsTaken());
  EXPECT_EQ(outcome.status, std::stoi(GetParam()));
}
INSTANTIATE_TEST_SUITE_P(Post, NotTaken,
                         ::testing::Values("400 Bad Request", "410 Gone", "500 Error",
                                           "503 Service Unavailable"));

TEST_F(Post, FollowsNoRedirect) {
  Receiver target(authority_.Issue("localhost"), AnswerWith("200 OK"));
  Receiver& receiver = Start([&](const Receiver::Request&, const Receiver::Write& write) {
    write("HTTP/1.1 307 Temporary Redirect\r\nLocation: " + target.Url() +
          "\r\nContent-Length: 0\r\n\r\n");
  });
  EXPECT_EQ(WebhookPoster(Options()).Post({receiver.Url(), {}, "{}"}).status, 307);
  EXPECT_TRUE(target.Requests().empty());
}

TEST_F(Post, AsksNoProxy) {
  setenv("https_proxy", "http://127.0.0.1:1", 1);
  EXPECT_TRUE(
      WebhookPoster(Options()).Post({Start(AnswerWith("200 OK")).Url(), {}, "{}"}).IsTaken());
  unsetenv("https_proxy");
}

TEST_F(Post, DoesNotConnectToAPrivateAddressWhateverItsName) {
  Receiver& receiver = Start(AnswerWith("200 OK"));
  PosterOptions options = Options();
  options.private_addresses_allowed = false;
  const WebhookPoster poster(options);
  for (const char* host : {"localhost", "127.0.0.1", "[::ffff:127.0.0.1]", "0x7f.1", "0"}) {
    const PostOutcome outcome = poster.Post({receiver.Url(host), {}, "{}"});
    EXPECT_EQ(outcome.status, 0) << host;
    EXPECT_NE(outcome.error.find("private network"), std::string::npos) << host << outcome.error;
  }
  EXPECT_TRUE(receiver.Requests().empty());
}

TEST_F(Post, SpeaksHttpOnly) {
  const PostOutcome outcome = WebhookPoster(Options()).Post({"file:///etc/passwd", {}, "{}"});
  EXPECT_EQ(outcome.status, 0);
  EXPECT_FALSE(outcome.error.empty());
}

TEST_F(Post, TrustsOnlyTheCertificateOfTheHost) {
  Receiver& receiver = Start(AnswerWith("200 OK"));
  PosterOptions stranger = Options();
  stranger.ca_file = "";
  EXPECT_EQ(WebhookPoster(stranger).Post({receiver.Url(), {}, "{}"}).status, 0);
  EXPECT_TRUE(receiver.Requests().empty());
}

TEST_F(Post, GivesUpOnAReceiverThatDoesNotAnswer) {
  Receiver& receiver = Start([](const Receiver::Request&, const Receiver::Write& write) {
    // A byte now and then keeps nobody waiting for longer.
    write("HTTP/1.1 200 OK\r\nX-Slow: ");
    while (write("a")) poll(nullptr, 0, 20);
  });
  PosterOptions options = Options();
  options.timeout = milliseconds(300);
  const auto begun = std::chrono::steady_clock::now();
  const PostOutcome outcome = WebhookPoster(options).Post({receiver.Url(), {}, "{}"});
  EXPECT_EQ(outcome.status, 0);
  EXPECT_LT(std::chrono::steady_clock::now() - begun, std::chrono::seconds(5));
}

TEST_F(Post, ReadsAnAnswerOnlyUpToABound) {
  std::size_t written = 0;
  Receiver& receiver = Start([&](const Receiver::Request&, const Receiver::Write& write) {
    if (!write("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n")) return;
    const std::string piece(16'384, 'x');
    while (written < (std::size_t{64} << 20) && write(piece)) written += piece.size();
  });
  const PostOutcome outcome = WebhookPoster(Options()).Post({receiver.Url(), {}, "{}"});
  EXPECT_EQ(outcome.status, 200);
  receiver_.reset();
  EXPECT_LT(written, std::size_t{64} << 20);
}

TEST_F(Post, SaysThatNobodyIsThere) {
  const std::string url = Start(AnswerWith("200 OK")).Url();
  receiver_.reset();
  const PostOutcome outcome = WebhookPoster(Options()).Post({url, {}, "{}"});
  EXPECT_EQ(outcome.status, 0);
  EXPECT_FALSE(outcome.error.empty());
}

}  // namespace
}  // namespace redress::platform
