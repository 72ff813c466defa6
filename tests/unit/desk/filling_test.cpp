#include "services/desk/domain/filling.h"

#include <gtest/gtest.h>

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

}  // namespace
}  // namespace redress::desk
