#include "services/identity/domain/signing_keys.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace redress::identity {
namespace {

using platform::kDayUs;
using platform::kMinuteUs;

constexpr std::int64_t kNow = 1'772'323'200'000'000;
constexpr KeyPolicy kPolicy{30 * kDayUs, kMinuteUs, 15 * kMinuteUs};

TEST(KeyPlan, FirstKeySignsAtOnce) {
  const KeyPlan plan = PlanKeys({}, kPolicy, kNow);
  EXPECT_TRUE(plan.make_new);
  EXPECT_EQ(plan.signs_from, kNow);
}

TEST(KeyPlan, NextKeyIsPublishedBeforeItSigns) {
  const std::vector<KeyDates> keys{{"a", kNow}};
  const std::int64_t due = kNow + 30 * kDayUs - kMinuteUs;
  EXPECT_FALSE(PlanKeys(keys, kPolicy, due - 1).make_new);
  const KeyPlan plan = PlanKeys(keys, kPolicy, due);
  EXPECT_TRUE(plan.make_new);
  EXPECT_EQ(plan.signs_from, due + kMinuteUs);
  EXPECT_TRUE(plan.drop.empty());
}

TEST(KeyPlan, OldKeyStaysUntilItsLastTokenHasExpired) {
  const std::vector<KeyDates> keys{{"a", kNow}, {"b", kNow + 30 * kDayUs}};
  const std::int64_t gone = kNow + 30 * kDayUs + 15 * kMinuteUs;
  EXPECT_TRUE(PlanKeys(keys, kPolicy, gone - 1).drop.empty());
  EXPECT_EQ(PlanKeys(keys, kPolicy, gone).drop, std::vector<std::string>{"a"});
}

TEST(KeyPlan, ALeapOfTheClockMakesOneKeyNotMany) {
  std::vector<KeyDates> keys{{"a", kNow}};
  const std::int64_t later = kNow + 400 * kDayUs;
  const KeyPlan plan = PlanKeys(keys, kPolicy, later);
  ASSERT_TRUE(plan.make_new);
  keys.push_back({"b", plan.signs_from});
  EXPECT_FALSE(PlanKeys(keys, kPolicy, later).make_new);
}

// Keys in memory, with the plan applied as the database applies it.
class KeysInMemory final : public SigningKeyRepository {
 public:
  std::vector<SigningKey> Rotate(const std::function<KeyPlan(std::span<const KeyDates>)>& plan,
                                 const std::function<platform::SigningKeyPair()>& make) override {
    std::vector<KeyDates> dates;
    for (const auto& key : keys_) dates.push_back({key.pair.key_id, key.signs_from});
    const KeyPlan decided = plan(dates);
    if (decided.make_new) keys_.push_back({make(), decided.signs_from});
    for (const auto& id : decided.drop) {
      std::erase_if(keys_, [&](const SigningKey& key) { return key.pair.key_id == id; });
    }
    return keys_;
  }

 private:
  std::vector<SigningKey> keys_;
};

TEST(SigningKeys, PublishesNewestFirstAndSignsWithTheOneInForce) {
  platform::ManualClock clock(kNow);
  KeysInMemory repository;
  SigningKeys keys(kPolicy, repository, clock);
  keys.Refresh();
  const std::string first = keys.PublishedKeys().front().key_id;
  const auto token = [&] {
    return keys.IssueAccessToken(AccountId{1}, SessionId{2}, clock.NowUs(),
                                 clock.NowUs() + kMinuteUs);
  };
  const auto header = [](const std::string& jwt) { return jwt.substr(0, jwt.find('.')); };
  const std::string old_header = header(token());

  clock.Advance(30 * kDayUs - kMinuteUs);
  keys.Refresh();
  ASSERT_EQ(keys.PublishedKeys().size(), 2u);
  EXPECT_EQ(keys.PublishedKeys().back().key_id, first);
  EXPECT_EQ(header(token()), old_header);  // published, but does not sign yet
  clock.Advance(kMinuteUs);
  EXPECT_NE(header(token()), old_header);
  clock.Advance(15 * kMinuteUs);
  keys.Refresh();
  ASSERT_EQ(keys.PublishedKeys().size(), 1u);
  EXPECT_NE(keys.PublishedKeys().front().key_id, first);
}

}  // namespace
}  // namespace redress::identity
