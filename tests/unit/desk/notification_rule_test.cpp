#include "services/desk/domain/notification_rule.h"

#include <gtest/gtest.h>

#include "services/platform/base/errors.h"

namespace redress::desk {
namespace {

constexpr std::int64_t kOnSince = 100;

NotificationRule Rule() {
  NotificationRule rule;
  rule.code = "received";
  rule.case_kind = "refund";
  rule.state = "Inspecting";
  rule.enabled = true;
  rule.enabled_at = kOnSince;
  rule.delay_us = 10;
  return rule;
}

CaseStep Step() {
  return {.shop = ShopId{1},
          .case_id = CaseId{2},
          .sequence = 3,
          .kind = "refund",
          .event = "receive_goods",
          .from_state = "Returning",
          .to_state = "Inspecting",
          .occurred_at = kOnSince};
}

std::string FieldOf(const NotificationRule& rule, const Phrase& phrase) {
  try {
    CheckRule(rule, phrase);
    return "";
  } catch (const platform::Refusal& refusal) {
    return refusal.violations().at(0).field;
  }
}

TEST(NotificationRule, SpeaksOfTheStepThatReachesItsState) {
  EXPECT_TRUE(Matches(Rule(), Step()));
  CaseStep stays = Step();
  stays.from_state = "Inspecting";
  EXPECT_FALSE(Matches(Rule(), stays));
}

TEST(NotificationRule, SpeaksOnlyOfItsKindEventAndOutcome) {
  NotificationRule rule = Rule();
  rule.case_kind = "dispute";
  EXPECT_FALSE(Matches(rule, Step()));
  rule = Rule();
  rule.event = "approve";
  EXPECT_FALSE(Matches(rule, Step()));
  rule = Rule();
  rule.outcome = "settled";
  EXPECT_FALSE(Matches(rule, Step()));
}

TEST(NotificationRule, SeesNothingFromBeforeItWasOn) {
  CaseStep early = Step();
  early.occurred_at = kOnSince - 1;
  EXPECT_FALSE(Matches(Rule(), early));
  NotificationRule off = Rule();
  off.enabled = false;
  EXPECT_FALSE(Matches(off, Step()));
}

TEST(NotificationRule, MakesOneMessagePerStepThatIsDueAfterItsDelay) {
  const std::vector<NotificationRule> rules{Rule()};
  const auto messages = MessagesFor(Step(), rules, 500);
  ASSERT_EQ(messages.size(), 1u);
  EXPECT_EQ(messages[0].occasion, 3u);
  EXPECT_EQ(messages[0].due_at, kOnSince + 10);
}

TEST(NotificationRule, NamesSomethingThatHappens) {
  NotificationRule rule = Rule();
  rule.state.clear();
  EXPECT_EQ(FieldOf(rule, {}), "event");
}

TEST(NotificationRule, DoesNotSendAnArchivedPhrase) {
  EXPECT_EQ(FieldOf(Rule(), {.archived = true}), "phrase_id");
}

TEST(NotificationRule, ThatInvitesAsksForAGoodScoreAndSpeaksOfNoMoney) {
  NotificationRule rule = Rule();
  rule.invites_review = true;
  rule.minimum_score = 3;
  EXPECT_EQ(FieldOf(rule, {.text = "please review"}), "minimum_score");
  rule.minimum_score = 4;
  EXPECT_EQ(FieldOf(rule, {.text = "please review"}), "");
  EXPECT_EQ(FieldOf(rule, {.text = "评价后返现"}), "phrase_id");
}

TEST(NotificationRule, SaysNothingOfWhatWasDoneBeforeRedress) {
  const NotificationRule rules[] = {Rule()};
  EXPECT_EQ(MessagesFor(Step(), rules, kOnSince).size(), 1u);
  CaseStep imported = Step();
  imported.imported = true;
  EXPECT_TRUE(MessagesFor(imported, rules, kOnSince).empty());
}

}  // namespace
}  // namespace redress::desk
