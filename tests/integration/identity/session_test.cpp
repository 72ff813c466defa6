// Logging in, refreshing, logging out, over the real server.
#include <gtest/gtest.h>

#include <atomic>
#include <string>

#include "services/platform/database/transact.h"
#include "tests/integration/identity/identity_house.h"
#include "tests/support/under_faults.h"

namespace redress::test {
namespace {

using grpc::StatusCode;
using platform::kDayUs;
using platform::kMinuteUs;
using platform::kSecondUs;
using platform::ShopId;

class SessionTest : public ::testing::Test {
 protected:
  SessionTest() : house_(ground_), shop_(house_.MakeShop("admin")) {}

  identity::v1::LogInResponse LoggedIn() {
    identity::v1::LogInResponse response;
    const auto status = house_.LogIn("admin", kPassword, response);
    EXPECT_TRUE(status.ok()) << status.error_message();
    return response;
  }
  grpc::Status TryLogIn(const std::string& name, const std::string& password) {
    identity::v1::LogInResponse response;
    return house_.LogIn(name, password, response);
  }
  grpc::Status TryToken(const std::string& token) {
    identity::v1::GetMeResponse response;
    return house_.GetMe(token, response);
  }
  grpc::Status TryRefresh(const std::string& token) {
    identity::v1::RefreshSessionResponse response;
    return house_.Refresh(token, response);
  }

  Ground ground_;
  IdentityHouse house_;
  ShopId shop_;
};

TEST_F(SessionTest, LogInGivesTokensAndWorkplaces) {
  const auto session = LoggedIn();
  EXPECT_EQ(session.display_name(), "管理员");
  ASSERT_EQ(session.memberships_size(), 1);
  EXPECT_EQ(session.memberships(0).shop_id(), ToString(shop_));
  EXPECT_EQ(session.memberships(0).shop_name(), "店铺 admin");
  EXPECT_EQ(session.memberships(0).time_zone(), "Asia/Shanghai");
  EXPECT_EQ(session.memberships(0).currency_code(), "CNY");
  ASSERT_EQ(session.memberships(0).roles_size(), 1);
  EXPECT_EQ(session.memberships(0).roles(0), common::v1::ROLE_ADMIN);
  EXPECT_FALSE(session.memberships(0).has_approval_limit_minor());
  EXPECT_EQ(session.tokens().access_expire_time().seconds(),
            (ground_.clock.NowUs() + 10 * kMinuteUs) / kSecondUs);

  identity::v1::GetMeResponse me;
  ASSERT_TRUE(house_.GetMe(session.tokens().access_token(), me).ok());
  EXPECT_EQ(me.account_id(), session.account_id());
  EXPECT_EQ(me.account_name(), "admin");
  EXPECT_EQ(me.memberships_size(), 1);
}

TEST_F(SessionTest, NoPasswordOrTokenIsStored) {
  const auto session = LoggedIn();
  const std::string like = session.tokens().refresh_token();
  EXPECT_EQ(platform::Read(house_.pool(),
                           [&](platform::Connection& connection) {
                             auto row = connection.Query(
                                 "SELECT COUNT(1) FROM refresh_tokens WHERE token_digest = ?",
                                 {like});
                             row.Next();
                             return row.Int64(0);
                           }),
            0);
  EXPECT_EQ(house_.Count("SELECT COUNT(1) FROM accounts WHERE password_hash LIKE '$argon2id$%'"),
            1);
}

TEST_F(SessionTest, WrongPasswordAndUnknownNameAnswerAlike) {
  const auto wrong = TryLogIn("admin", "not the password");
  const auto unknown = TryLogIn("nobody", "not the password");
  EXPECT_EQ(wrong.error_code(), StatusCode::UNAUTHENTICATED);
  EXPECT_EQ(ReasonOf(wrong), "LOG_IN_REFUSED");
  EXPECT_EQ(unknown.error_code(), wrong.error_code());
  EXPECT_EQ(unknown.error_message(), wrong.error_message());
  EXPECT_EQ(ReasonOf(unknown), ReasonOf(wrong));
  for (const std::string name : {"Admin", "admin ", " admin", "ädmin", "admin\t"}) {
    EXPECT_EQ(TryLogIn(name, kPassword).error_code(), StatusCode::UNAUTHENTICATED) << name;
  }
}

TEST_F(SessionTest, BadFieldsAreNamed) {
  const auto status = TryLogIn("", "");
  EXPECT_EQ(status.error_code(), StatusCode::INVALID_ARGUMENT);
  EXPECT_EQ(BadRequestOf(status).field_violations_size(), 2);
  EXPECT_EQ(TryLogIn("admin", std::string(201, 'x')).error_code(), StatusCode::INVALID_ARGUMENT);
  EXPECT_EQ(TryRefresh("").error_code(), StatusCode::INVALID_ARGUMENT);
}

TEST_F(SessionTest, FiveFailuresMakeAnAccountWait) {
  for (const std::string name : {"admin", "nobody"}) {
    for (int i = 0; i < 5; ++i) {
      EXPECT_EQ(TryLogIn(name, "wrong").error_code(), StatusCode::UNAUTHENTICATED) << i;
    }
    // Even the right password, or it could be found out by trying.
    const auto status = TryLogIn(name, kPassword);
    EXPECT_EQ(status.error_code(), StatusCode::RESOURCE_EXHAUSTED);
    EXPECT_EQ(ReasonOf(status), "LOG_IN_THROTTLED");
    ASSERT_TRUE(RetryInfoOf(status).has_value());
    EXPECT_EQ(RetryInfoOf(status)->retry_delay().seconds(), 30);
  }
  ground_.clock.Advance(30 * kSecondUs);
  EXPECT_TRUE(TryLogIn("admin", kPassword).ok());
  // A success forgets the failures.
  EXPECT_EQ(TryLogIn("admin", "wrong").error_code(), StatusCode::UNAUTHENTICATED);
  EXPECT_TRUE(TryLogIn("admin", kPassword).ok());
}

TEST_F(SessionTest, AnAccountsWaitSurvivesARestart) {
  for (int i = 0; i < 5; ++i) TryLogIn("admin", "wrong");
  IdentityHouse restarted(ground_);
  identity::v1::LogInResponse response;
  EXPECT_EQ(restarted.LogIn("admin", kPassword, response).error_code(),
            StatusCode::RESOURCE_EXHAUSTED);
}

TEST_F(SessionTest, APeerThatTriesManyNamesWaits) {
  for (int i = 0; i < 30; ++i) {
    ASSERT_EQ(TryLogIn("name" + std::to_string(i), "wrong").error_code(),
              StatusCode::UNAUTHENTICATED);
  }
  EXPECT_EQ(TryLogIn("admin", kPassword).error_code(), StatusCode::RESOURCE_EXHAUSTED);
  ground_.clock.Advance(kMinuteUs);
  EXPECT_TRUE(TryLogIn("admin", kPassword).ok());
}

TEST_F(SessionTest, ClaimedAddressesOfStrangersAreNotBelieved) {
  for (int i = 0; i < 30; ++i) {
    identity::v1::LogInResponse response;
    house_.LogIn("name" + std::to_string(i), "wrong", response, [&](grpc::ClientContext& context) {
      context.AddMetadata("x-forwarded-for", "10.0.0." + std::to_string(i));
    });
  }
  EXPECT_EQ(TryLogIn("admin", kPassword).error_code(), StatusCode::RESOURCE_EXHAUSTED);
}

TEST_F(SessionTest, RefreshingRotates) {
  const auto session = LoggedIn();
  identity::v1::RefreshSessionResponse refreshed;
  ground_.clock.Advance(5 * kMinuteUs);
  ASSERT_TRUE(house_.Refresh(session.tokens().refresh_token(), refreshed).ok());
  EXPECT_NE(refreshed.tokens().refresh_token(), session.tokens().refresh_token());
  EXPECT_TRUE(TryToken(refreshed.tokens().access_token()).ok());
  EXPECT_TRUE(TryToken(session.tokens().access_token()).ok());  // good until it expires
  ground_.clock.Advance(6 * kMinuteUs);
  EXPECT_EQ(ReasonOf(TryToken(session.tokens().access_token())), "TOKEN_EXPIRED");
  EXPECT_TRUE(TryToken(refreshed.tokens().access_token()).ok());
  EXPECT_TRUE(TryRefresh(refreshed.tokens().refresh_token()).ok());
}

TEST_F(SessionTest, ATokenUsedTwiceEndsItsSession) {
  const auto session = LoggedIn();
  const auto other = LoggedIn();
  identity::v1::RefreshSessionResponse refreshed;
  ASSERT_TRUE(house_.Refresh(session.tokens().refresh_token(), refreshed).ok());
  const auto reused = TryRefresh(session.tokens().refresh_token());
  EXPECT_EQ(reused.error_code(), StatusCode::UNAUTHENTICATED);
  EXPECT_THAT(ReasonOf(reused),
              test::OrAgain<std::string>("REFRESH_TOKEN_REUSED", "SESSION_ENDED"));
  EXPECT_EQ(ReasonOf(TryRefresh(refreshed.tokens().refresh_token())), "SESSION_ENDED");
  EXPECT_EQ(ReasonOf(TryToken(refreshed.tokens().access_token())), "SESSION_ENDED");
  EXPECT_EQ(ReasonOf(TryToken(session.tokens().access_token())), "SESSION_ENDED");
  EXPECT_TRUE(TryToken(other.tokens().access_token()).ok());
}

TEST_F(SessionTest, OfThirtyTwoRefreshesWithOneTokenAtMostOneWins) {
  const auto session = LoggedIn();
  std::atomic<int> won = 0;
  InParallel([&](int) {
    if (TryRefresh(session.tokens().refresh_token()).ok()) ++won;
  });
  // Where the winner's commit lost its answer, the others may have ended the session before it asks
  // again: then nobody wins.
  EXPECT_LE(won, 1);
  EXPECT_TRUE(won == 1 || test::InjectedFaults() != nullptr);
  EXPECT_EQ(ReasonOf(TryToken(session.tokens().access_token())), "SESSION_ENDED");
}

TEST_F(SessionTest, InventedAndExpiredRefreshTokensAreRefused) {
  EXPECT_EQ(ReasonOf(TryRefresh("invented")), "REFRESH_TOKEN_INVALID");
  const auto session = LoggedIn();
  ground_.clock.Advance(14 * kDayUs);
  EXPECT_EQ(ReasonOf(TryRefresh(session.tokens().refresh_token())), "REFRESH_TOKEN_EXPIRED");
  ground_.clock.Advance(kDayUs);
  house_.sessions().Purge();
  EXPECT_EQ(house_.Count("SELECT COUNT(1) FROM refresh_tokens"), 0);
  EXPECT_EQ(house_.Count("SELECT COUNT(1) FROM sessions"), 0);
}

TEST_F(SessionTest, LogOutEndsTheSessionForEverybody) {
  const auto session = LoggedIn();
  const auto other = LoggedIn();
  const std::uint64_t before = house_.server().directory().version();
  ASSERT_TRUE(house_.LogOut(session.tokens().access_token()).ok());
  EXPECT_EQ(ReasonOf(TryToken(session.tokens().access_token())), "SESSION_ENDED");
  EXPECT_EQ(ReasonOf(TryRefresh(session.tokens().refresh_token())), "SESSION_ENDED");
  EXPECT_TRUE(TryToken(other.tokens().access_token()).ok());

  const auto stub = identity::v1::DirectoryService::NewStub(house_.server().Channel("order"));
  grpc::ClientContext context;
  Prepare(context, "");
  identity::v1::ListDirectoryChangesRequest request;
  request.set_since_version(before);
  identity::v1::ListDirectoryChangesResponse changes;
  ASSERT_TRUE(stub->ListDirectoryChanges(&context, request, &changes).ok());
  ASSERT_EQ(changes.changes_size(), 1);
  EXPECT_NE(changes.changes(0).ended_session().session_id(), 0u);
  // Once no token of it can be in use, the directory forgets it.
  house_.directory_store().PurgeEndedSessions(ground_.clock.NowUs() + 1);
  EXPECT_EQ(house_.Count("SELECT COUNT(1) FROM directory_changes WHERE session_id IS NOT NULL"), 0);
}

}  // namespace
}  // namespace redress::test
