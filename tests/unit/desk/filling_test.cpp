#include "services/desk/domain/filling.h"

#include <gtest/gtest.h>

#include "services/platform/base/clock.h"

namespace redress::desk {
namespace {

constexpr std::int64_t kNow = 10 * kMostLateUs;

NotificationRule Rule() {
  NotificationRule rule;
  rule.code = "follow_up";
  rule.state = "FollowingUp";
  rule.enabled = true;
  return rule;
}

Message Asked() {
  Message message;
  message.rule_code = "follow_up";
  message.asked_at = kNow;
  return message;
}

CaseFacts Facts() {
  CaseFacts facts;
  facts.state = "FollowingUp";
  return facts;
}

std::string Why(const NotificationRule& rule, const CaseFacts& facts) {
  return WhySuppressed(Asked(), &rule, facts, kNow);
}

TEST(Filling, WritesAmountsAsTheLanguageDoes) {
  CaseFacts facts;
  facts.amount = {"CNY", 3590};
  const auto zone = platform::TimeZone::Load("Asia/Shanghai");
  EXPECT_EQ(ValuesOf(facts, "zh", *zone).at("amount"), "35.90 元");
  EXPECT_EQ(ValuesOf(facts, "en", *zone).at("amount"), "35.90 CNY");
}

TEST(Filling, WritesDatesAsDaysOfTheShop) {
  CaseFacts facts;
  facts.due_at = 1'767'200'000'000'000;  // 2025-12-31T16:53:20Z
  EXPECT_EQ(ValuesOf(facts, "en", *platform::TimeZone::Load("Asia/Shanghai")).at("due_date"),
            "2026-01-01");
}

TEST(Suppression, LetsThroughWhatNothingSpeaksAgainst) { EXPECT_EQ(Why(Rule(), Facts()), ""); }

TEST(Suppression, RespectsWhoAskedNotToBeContactedAlsoByHand) {
  CaseFacts facts = Facts();
  facts.contact_refused = true;
  EXPECT_EQ(Why(Rule(), facts), "CONTACT_REFUSED");
  EXPECT_EQ(WhySuppressed(Message{}, nullptr, facts, kNow), "CONTACT_REFUSED");
}

TEST(Suppression, LetsARuleThatWasSwitchedOffSayNothing) {
  NotificationRule rule = Rule();
  rule.enabled = false;
  EXPECT_EQ(Why(rule, Facts()), "RULE_OFF");
}

TEST(Suppression, KeepsStaleNewsBack) {
  Message late = Asked();
  late.asked_at = kNow - kMostLateUs - 1;
  const NotificationRule rule = Rule();
  EXPECT_EQ(WhySuppressed(late, &rule, Facts(), kNow), "TOO_LATE");
}

TEST(Suppression, SaysNothingLaterToACaseThatMovedOn) {
  NotificationRule rule = Rule();
  CaseFacts facts = Facts();
  facts.state = "Completed";
  EXPECT_EQ(Why(rule, facts), "");
  rule.delay_us = 1;
  EXPECT_EQ(Why(rule, facts), "CASE_MOVED_ON");
}

TEST(Suppression, InvitesOnlyAfterAGoodEnd) {
  NotificationRule rule = Rule();
  rule.invites_review = true;
  rule.minimum_score = 4;
  CaseFacts facts = Facts();
  facts.follow_up_score = 3;
  EXPECT_EQ(Why(rule, facts), "SCORE_TOO_LOW");
  facts.follow_up_score = 4;
  EXPECT_EQ(Why(rule, facts), "");
  facts.complaint_open = true;
  EXPECT_EQ(Why(rule, facts), "COMPLAINT_OPEN");
}

NotificationRule Unasked(std::uint32_t quiet_days) {
  NotificationRule rule = Rule();
  rule.quiet_days = quiet_days;
  return rule;
}

TEST(Leave, IsNeededForWhatNobodyAskedFor) {
  EXPECT_FALSE(IsUnasked(Rule()));
  EXPECT_TRUE(IsUnasked(Unasked(7)));
  NotificationRule inviting = Rule();
  inviting.invites_review = true;
  EXPECT_TRUE(IsUnasked(inviting));
}

TEST(Leave, IsAskedForWithTheRulesOwnQuietDays) {
  EXPECT_EQ(QuietDaysToAsk(Asked(), Unasked(7), 0, kNow), 7u);
}

// An invitation follows from the answer to the follow-up.
TEST(Leave, IsNotKeptBackByWhatTheSameCaseSaidBefore) {
  EXPECT_EQ(QuietDaysToAsk(Asked(), Unasked(30), kNow - 3 * platform::kDayUs, kNow), 3u);
  EXPECT_EQ(QuietDaysToAsk(Asked(), Unasked(30), kNow - 60, kNow), 0u);
  EXPECT_EQ(QuietDaysToAsk(Asked(), Unasked(30), kNow - 90 * platform::kDayUs, kNow), 30u);
}

TEST(Leave, ThatASendingHadIsNotAskedForAgain) {
  Message message = Asked();
  message.contact_at = message.asked_at + 60;
  EXPECT_EQ(QuietDaysToAsk(message, Unasked(7), message.contact_at, kNow + 5 * platform::kDayUs),
            0u);
  message.asked_at = message.contact_at + 40 * platform::kDayUs;  // sent once more
  EXPECT_EQ(QuietDaysToAsk(message, Unasked(7), message.contact_at, message.asked_at), 7u);
}

}  // namespace
}  // namespace redress::desk
