#include "services/platform/database/requests.h"

#include <atomic>
#include <stdexcept>
#include <thread>
#include <vector>

#include "services/platform/base/errors.h"
#include "services/platform/database/transact.h"
#include "services/platform/migrations/migrations.gen.h"
#include "tests/integration/platform/database/fixture.h"

namespace redress::platform {
namespace {

using namespace std::string_literals;

class RequestsTest : public DatabaseTest {
 protected:
  RequestsTest() { Migrate(pool_, PlatformMigrations()); }

  std::string Do(const std::string& request_id, const std::string& what, const std::string& answer,
                 ShopId shop = kShop, std::string_view origin = kClientOrigin) {
    const Digest digest = Sha256(what);
    return Transact(pool_, [&](Connection& db) {
      if (auto found = FindAnswer(db, shop, origin, request_id, digest)) return *found;
      ++applied_;
      RememberAnswer(db, shop, origin, request_id, digest, answer, 17);
      return answer;
    });
  }

  std::atomic<int> applied_ = 0;
};

TEST_F(RequestsTest, RepeatGetsTheFirstAnswer) {
  EXPECT_EQ(Do("a", "x", "first\0answer"s), "first\0answer"s);
  EXPECT_EQ(Do("a", "x", "second"), "first\0answer"s);
  EXPECT_EQ(applied_, 1);
}

TEST_F(RequestsTest, AnswerMayBeEmpty) {
  EXPECT_EQ(Do("a", "x", ""), "");
  EXPECT_EQ(Do("a", "x", "second"), "");
  EXPECT_EQ(applied_, 1);
}

TEST_F(RequestsTest, RefusesTheIdForSomethingElse) {
  Do("a", "x", "1");
  try {
    Do("a", "y", "2");
    FAIL();
  } catch (const Refusal& refusal) {
    EXPECT_EQ(refusal.code(), Code::kInvalidArgument);
    EXPECT_EQ(refusal.reason(), "REQUEST_ID_REUSED");
  }
}

TEST_F(RequestsTest, ShopsAndOriginsDoNotMeet) {
  EXPECT_EQ(Do("a", "x", "1"), "1");
  EXPECT_EQ(Do("a", "y", "2", ShopId{8}), "2");
  EXPECT_EQ(Do("a", "z", "3", kShop, kTimerOrigin), "3");
  EXPECT_EQ(Do("A", "w", "4"), "4");
  EXPECT_EQ(Do("a", "v", "5", ShopId{}), "5");
}

TEST_F(RequestsTest, RefusedWriteIsNotRemembered) {
  const Digest digest = Sha256("x");
  EXPECT_THROW(Transact(pool_,
                        [&](Connection& db) {
                          FindAnswer(db, kShop, kClientOrigin, "a", digest);
                          throw Refusal(Code::kFailedPrecondition, "NOT_YET", "Later.");
                        }),
               Refusal);
  EXPECT_EQ(Do("a", "another thing", "1"), "1");
}

TEST_F(RequestsTest, RememberingWhatNobodyClaimedIsABug) {
  EXPECT_THROW(Transact(pool_,
                        [&](Connection& db) {
                          RememberAnswer(db, kShop, kClientOrigin, "a", Sha256("x"), "1", 1);
                        }),
               std::logic_error);
}

TEST_F(RequestsTest, TwinsAreAppliedOnceAndAnsweredAlike) {
  constexpr int kTwins = 16;
  for (int round = 0; round < 10; ++round) {
    std::vector<std::string> answers(kTwins);
    std::vector<std::thread> threads;
    const std::string request = "twin-" + std::to_string(round);
    for (int t = 0; t < kTwins; ++t) {
      threads.emplace_back([&, t] {
        answers[static_cast<unsigned>(t)] = Do(request, "x", "answer of " + std::to_string(t));
      });
    }
    for (std::thread& thread : threads) thread.join();
    for (const std::string& answer : answers) EXPECT_EQ(answer, answers[0]);
  }
  EXPECT_GE(applied_, 10);
  Result rows = pool_.Acquire()->Query(
      "SELECT COUNT(*) FROM requests WHERE shop_id = ? AND answer IS NOT NULL", {kShop});
  ASSERT_TRUE(rows.Next());
  EXPECT_EQ(rows.Int64(0), 10);
}

}  // namespace
}  // namespace redress::platform
