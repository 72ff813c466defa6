#include <gtest/gtest.h>

#include "services/platform/base/errors.h"
#include "tests/integration/desk/desk_house.h"

namespace redress::desk {
namespace {

class Phrases : public testing::Test {
 protected:
  Phrase Create(const std::string& name, const std::string& text = "您好") {
    Phrase phrase;
    phrase.name = name;
    phrase.language = "zh";
    phrase.text = text;
    return house_.phrases.Create(house_.NewWrite(), phrase);
  }
  template <class Call>
  std::string ReasonOf(const Call& call) {
    try {
      call();
      return "";
    } catch (const platform::Refusal& refusal) {
      return refusal.reason();
    }
  }
  NotificationRule RuleFor(const Phrase& phrase) {
    NotificationRule rule;
    rule.code = "told";
    rule.case_kind = "refund";
    rule.state = "Inspecting";
    rule.phrase = phrase.id;
    rule.enabled = true;
    return rule;
  }

  DeskHouse house_;
};

TEST_F(Phrases, KeepEveryTextTheyHad) {
  const Phrase first = Create("收货", "一");
  const Phrase second = house_.phrases.Revise(house_.NewWrite(), first.id, 1, "二");
  EXPECT_EQ(second.version, 2u);
  const auto versions = house_.phrases.ListVersions(kShop, first.id, 0, 10);
  ASSERT_EQ(versions.size(), 2u);
  EXPECT_EQ(versions[0].text, "二");
  EXPECT_EQ(versions[1].text, "一");
}

TEST_F(Phrases, AreRevisedOnlyByWhoSawTheNewestText) {
  const Phrase phrase = Create("收货");
  house_.phrases.Revise(house_.NewWrite(), phrase.id, 1, "二");
  EXPECT_EQ(ReasonOf([&] { house_.phrases.Revise(house_.NewWrite(), phrase.id, 1, "三"); }),
            "VERSION_CONFLICT");
}

TEST_F(Phrases, AnswerARepeatWithTheSamePhrase) {
  Phrase phrase;
  phrase.name = "收货";
  phrase.language = "zh";
  phrase.text = "您好";
  const Write write = house_.NewWrite("same");
  const Phrase first = house_.phrases.Create(write, phrase);
  EXPECT_EQ(house_.phrases.Create(write, phrase).id, first.id);
}

TEST_F(Phrases, HaveOneNamePerLanguage) {
  Create("收货");
  EXPECT_EQ(ReasonOf([&] { Create("收货"); }), "PHRASE_ALREADY_EXISTS");
}

TEST_F(Phrases, ThatARuleSendsAreNotArchived) {
  const Phrase phrase = Create("收货");
  NotificationRule rule = house_.rules.Set(house_.NewWrite(), RuleFor(phrase));
  EXPECT_EQ(ReasonOf([&] { house_.phrases.SetArchived(house_.NewWrite(), phrase.id, 1, true); }),
            "PHRASE_IN_USE");
  rule.enabled = false;
  house_.rules.Set(house_.NewWrite(), rule);
  EXPECT_TRUE(house_.phrases.SetArchived(house_.NewWrite(), phrase.id, 1, true).archived);
}

TEST_F(Phrases, ThatInviteAreNotRevisedToMoney) {
  house_.UseDefaults();
  const auto rule = house_.rules.Find(kShop, "review_invitation");
  ASSERT_TRUE(rule);
  EXPECT_THROW(house_.phrases.Revise(house_.NewWrite(), rule->phrase, 1, "好评返现"),
               platform::Refusal);
}

TEST_F(Phrases, DefaultsAreMadeOnceAndLeaveWhatTheShopHas) {
  house_.UseDefaults();
  const auto rule = house_.rules.Find(kShop, "refund_sent");
  ASSERT_TRUE(rule);
  house_.phrases.Revise(house_.NewWrite(), rule->phrase, 1, "自己的话");
  house_.UseDefaults();
  EXPECT_EQ(house_.phrases.Find(kShop, rule->phrase)->text, "自己的话");
  EXPECT_EQ(house_.phrases.List({.shop = kShop}).size(), 5u);
}

TEST_F(Phrases, RulesAreChangedOnlyByWhoSawTheNewest) {
  const NotificationRule rule = house_.rules.Set(house_.NewWrite(), RuleFor(Create("收货")));
  house_.rules.Set(house_.NewWrite(), rule);
  EXPECT_EQ(ReasonOf([&] { house_.rules.Set(house_.NewWrite(), rule); }), "VERSION_CONFLICT");
}

}  // namespace
}  // namespace redress::desk
