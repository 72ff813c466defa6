// Many at once: each write happens once, and the directory's versions never appear out of order.
#include <gtest/gtest.h>

#include <atomic>
#include <mutex>
#include <set>
#include <string>
#include <thread>

#include "tests/integration/identity/identity_house.h"

namespace redress::test {
namespace {

using common::v1::ROLE_AGENT;
using common::v1::ROLE_SUPERVISOR;
using grpc::StatusCode;
using platform::ShopId;

// How often each answer came.
class Answers {
 public:
  void Add(const grpc::Status& status) {
    const std::lock_guard lock(mutex_);
    const std::string reason = ReasonOf(status);
    ++counts_[status.ok() ? "OK" : reason.empty() ? status.error_message() : reason];
  }
  std::map<std::string, int> counts() const { return counts_; }

 private:
  std::mutex mutex_;
  std::map<std::string, int> counts_;
};

using Counts = std::map<std::string, int>;

class RaceTest : public ::testing::Test {
 protected:
  RaceTest() : house_(ground_), shop_(house_.MakeShop("admin")), token_(house_.Token("admin")) {}

  Ground ground_;
  IdentityHouse house_;
  ShopId shop_;
  std::string token_;
};

TEST_F(RaceTest, OneRequestSentThirtyTwoTimesHappensOnce) {
  std::mutex mutex;
  std::set<std::string> answers;
  Answers statuses;
  InParallel([&](int) {
    identity::v1::CreateMemberResponse response;
    statuses.Add(
        house_.CreateMember(token_, shop_, MemberRequest("m1", "wang", {ROLE_AGENT}), response));
    const std::lock_guard lock(mutex);
    answers.insert(response.SerializeAsString());
  });
  EXPECT_EQ(statuses.counts(), (Counts{{"OK", 32}}));
  EXPECT_EQ(answers.size(), 1u);
  EXPECT_EQ(house_.Count("SELECT COUNT(1) FROM accounts"), 2);
}

TEST_F(RaceTest, ThirtyTwoRequestsForOneMemberMakeOne) {
  Answers statuses;
  InParallel([&](int i) {
    identity::v1::CreateMemberResponse response;
    statuses.Add(house_.CreateMember(
        token_, shop_, MemberRequest("m" + std::to_string(i), "wang", {ROLE_AGENT}), response));
  });
  EXPECT_EQ(statuses.counts(), (Counts{{"OK", 1}, {"MEMBER_ALREADY_EXISTS", 31}}));
  EXPECT_EQ(house_.Count("SELECT COUNT(1) FROM memberships"), 2);
}

TEST_F(RaceTest, OneNewAccountNameInManyShopsMakesOneAccount) {
  std::vector<ShopId> shops;
  std::vector<std::string> tokens;
  for (int i = 0; i < 8; ++i) {
    shops.push_back(house_.MakeShop("boss" + std::to_string(i)));
    tokens.push_back(house_.Token("boss" + std::to_string(i)));
  }
  Answers statuses;
  InParallel([&](int i) {
    if (i >= 8) return;
    identity::v1::CreateMemberResponse response;
    statuses.Add(house_.CreateMember(tokens[i], shops[i], MemberRequest("m", "wang", {ROLE_AGENT}),
                                     response));
  });
  EXPECT_EQ(statuses.counts(), (Counts{{"OK", 1}, {"ACCOUNT_EXISTS", 7}}));
  EXPECT_EQ(house_.Count("SELECT COUNT(1) FROM accounts WHERE account_name = 'wang'"), 1);
}

TEST_F(RaceTest, ShopsOfOneAdminNameAreOne) {
  Answers statuses;
  InParallel([&](int i) {
    identity::v1::CreateShopResponse response;
    statuses.Add(house_.CreateShop(ShopRequest("r" + std::to_string(i), "boss"), response));
  });
  EXPECT_EQ(statuses.counts(), (Counts{{"OK", 1}, {"ACCOUNT_ALREADY_EXISTS", 31}}));
  EXPECT_EQ(house_.Count("SELECT COUNT(1) FROM shops"), 2);
  EXPECT_EQ(house_.Count("SELECT MAX(shop_id) FROM shops"), shop_.value + 1);
}

TEST_F(RaceTest, OfThirtyTwoUpdatesOneWins) {
  identity::v1::CreateMemberResponse made;
  ASSERT_TRUE(
      house_.CreateMember(token_, shop_, MemberRequest("m", "wang", {ROLE_AGENT}), made).ok());
  Answers statuses;
  std::atomic<int> aborted = 0;
  InParallel([&](int i) {
    identity::v1::UpdateMemberRequest request;
    request.set_request_id("u" + std::to_string(i));
    request.set_account_id(made.member().account_id());
    request.set_etag(made.member().etag());
    request.add_roles(ROLE_SUPERVISOR);
    identity::v1::UpdateMemberResponse response;
    const auto status = house_.UpdateMember(token_, shop_, request, response);
    statuses.Add(status);
    if (status.error_code() == StatusCode::ABORTED) ++aborted;
  });
  EXPECT_EQ(statuses.counts()["OK"], 1);
  EXPECT_EQ(aborted, 31);
}

TEST_F(RaceTest, NoChangeAppearsBehindAVersionThatWasRead) {
  const std::uint64_t start = house_.server().directory().version();
  std::atomic<bool> done = false;
  std::vector<std::uint64_t> seen;
  std::thread reader([&] {
    std::uint64_t version = start;
    while (true) {
      const bool last_look = done;
      for (const auto& change : house_.directory_store().ChangesSince(version, 7)) {
        seen.push_back(change.version);
        version = change.version;
      }
      if (last_look && house_.directory_store().ChangesSince(version, 1).empty()) return;
    }
  });
  Answers statuses;
  InParallel([&](int i) {
    for (int n = 0; n < 3; ++n) {
      const std::string name = "agent" + std::to_string(i) + "." + std::to_string(n);
      identity::v1::CreateMemberResponse response;
      statuses.Add(
          house_.CreateMember(token_, shop_, MemberRequest(name, name, {ROLE_AGENT}), response));
    }
  });
  done = true;
  reader.join();
  EXPECT_EQ(statuses.counts(), (Counts{{"OK", 96}}));
  // Every change is of an entity of its own, so a reader that missed none saw every number.
  ASSERT_EQ(seen.size(), 96u);
  for (std::size_t i = 0; i < seen.size(); ++i) EXPECT_EQ(seen[i], start + 1 + i);
}

}  // namespace
}  // namespace redress::test
