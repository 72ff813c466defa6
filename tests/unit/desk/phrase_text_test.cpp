#include "services/desk/domain/phrase_text.h"

#include <gtest/gtest.h>

#include <string>

#include "services/desk/domain/default_notifications.h"
#include "services/platform/base/errors.h"

namespace redress::desk {
namespace {

std::string ProblemOf(const std::string& text) {
  try {
    ParsePhrase(text, "text");
    return "";
  } catch (const platform::Refusal& refusal) {
    EXPECT_EQ(refusal.violations().at(0).field, "text");
    return refusal.violations().at(0).description;
  }
}

bool Says(const std::string& text, const std::string& what) {
  return text.find(what) != std::string::npos;
}

TEST(PhraseText, IsFilledWithItsValues) {
  const auto text = ParsePhrase("您好 {{customer_nick}}，{{ amount }} 已退", "text");
  EXPECT_EQ(Fill(text, {{"customer_nick", "小明"}, {"amount", "3.50 元"}}).text,
            "您好 小明，3.50 元 已退");
}

TEST(PhraseText, LeavesWhatHasNoValueAndNamesItOnce) {
  const auto filled = Fill(ParsePhrase("{{tracking}} {{tracking}} {{case_number}}", "text"),
                           {{"case_number", "7"}});
  EXPECT_EQ(filled.text, "{{tracking}} {{tracking}} 7");
  EXPECT_EQ(filled.missing, std::vector<std::string>{"tracking"});
}

TEST(PhraseText, TakesSingleBracesAsTheyAre) {
  EXPECT_EQ(Fill(ParsePhrase("a { b } c", "text"), {}).text, "a { b } c");
}

TEST(PhraseText, RefusesAnUnknownVariableWithItsCharacterAndTheNearestName) {
  const std::string problem = ProblemOf("您好 {{customer_nik}}");
  EXPECT_TRUE(Says(problem, "character 4")) << problem;
  EXPECT_TRUE(Says(problem, "\"customer_nick\"")) << problem;
}

TEST(PhraseText, RefusesABraceThatIsNotClosed) {
  EXPECT_TRUE(Says(ProblemOf("ab {{amount"), "character 4"));
  EXPECT_TRUE(Says(ProblemOf("{{amount {{item}}"), "character 1"));
}

TEST(PhraseText, RefusesABraceThatWasNotOpened) {
  EXPECT_TRUE(Says(ProblemOf("ab }} {{item}}"), "character 4"));
  EXPECT_TRUE(Says(ProblemOf("{{item}} }}"), "character 10"));
}

TEST(PhraseText, FindsMoneyInVariablesAndWordsOfBothLanguages) {
  EXPECT_EQ(MoneyIn(ParsePhrase("take {{amount}}", "text")), "{{amount}}");
  EXPECT_EQ(MoneyIn(ParsePhrase("好评返现 3 元", "text")), "返现");
  EXPECT_EQ(MoneyIn(ParsePhrase("a Coupon for you", "text")), "coupon");
  EXPECT_EQ(MoneyIn(ParsePhrase("a gifted writer cashed up", "text")), "");
}

TEST(DefaultNotifications, ParseInBothLanguagesAndKeepTheRules) {
  for (const DefaultNotification& one : DefaultNotifications()) {
    for (const char* language : {"zh", "en"}) {
      SCOPED_TRACE(std::string(one.code) + " " + language);
      const Phrase phrase = PhraseOf(one, language);
      EXPECT_EQ(ProblemOf(phrase.text), "");
      EXPECT_NO_THROW(CheckRule(RuleOf(one), phrase));
    }
  }
}

}  // namespace
}  // namespace redress::desk
