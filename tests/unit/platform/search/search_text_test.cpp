#include "services/platform/search/search_text.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace redress::platform {
namespace {

using Windows = std::vector<std::string>;

// Whether the text has a window in the range of the part: how the tables find it.
bool IsFound(std::string_view text, std::string_view part) {
  const Windows windows = WindowsOf(Fold(text));
  const WindowRange range = RangeOf(Fold(part));
  return std::any_of(windows.begin(), windows.end(), [&](const std::string& window) {
    return range.low <= window && window < range.high;
  });
}

TEST(SearchText, FoldsCaseWidthAndBlanks) {
  EXPECT_EQ(Fold("  ＴＢ　Lee \t x"), U"tb lee x");
  EXPECT_EQ(Fold("快乐　小明"), U"快乐 小明");
  EXPECT_TRUE(Fold(" \n").empty());
}

TEST(SearchText, LeavesOutZeroBytesThatNoWindowMayHave) {
  EXPECT_EQ(Fold(std::string_view("a\0b", 3)), U"ab");
}

TEST(SearchText, CutsAWindowAtEachCharacter) {
  EXPECT_EQ(WindowsOf(Fold("快乐Tom88")),
            (Windows{"快乐tom8", "乐tom88", "tom88", "om88", "m88", "88", "8"}));
  EXPECT_TRUE(WindowsOf(U"").empty());
}

TEST(SearchText, FindsEachPartOfAText) {
  const std::string text = "快乐的小明2008_tb";
  const std::u32string folded = Fold(text);
  for (std::size_t at = 0; at < folded.size(); ++at) {
    for (std::size_t length = 1; length <= folded.size() - at; ++length) {
      const std::u32string part = folded.substr(at, length);
      const WindowRange range = RangeOf(part);
      const Windows windows = WindowsOf(folded);
      EXPECT_TRUE(range.low <= windows[at] && windows[at] < range.high) << at << " " << length;
    }
  }
  EXPECT_FALSE(IsFound(text, "明的"));
  EXPECT_FALSE(IsFound("tb12", "tb123"));
}

TEST(SearchText, LetsOneOfSeveralWindowsAnswer) {
  EXPECT_EQ(FirstLaterWindow(U"tb1213", U"1"), "1213");
  EXPECT_EQ(FirstLaterWindow(U"1x1a", U"1"), "1a");
  EXPECT_EQ(FirstLaterWindow(U"1xx", U"1"), "");
  EXPECT_EQ(FirstLaterWindow(U"abcdefgh-abcdefgi", U"abcdefgi"), "abcdef");
}

TEST(SearchText, TakesBigramsWithinWords) {
  EXPECT_EQ(BigramsOf(U"ab ba ab"), (Windows{"ab", "ba"}));
  EXPECT_EQ(BigramsOf(U"发票"), (Windows{"发票"}));
  EXPECT_TRUE(BigramsOf(U"a b").empty());
}

TEST(SearchText, WantsEachWord) {
  const auto words = WordsOf(U"red lamp");
  EXPECT_TRUE(ContainsAll(U"lamps, reddish", words));
  EXPECT_FALSE(ContainsAll(U"lamps, blue", words));
}

TEST(SearchText, ShowsWhatStandsAroundAMatchAsWritten) {
  EXPECT_EQ(Excerpt("Wants an INVOICE for the lamp", WordsOf(U"invoice"), 16), " an INVOICE for ");
  EXPECT_EQ(Excerpt("短", WordsOf(U"短"), 10), "短");
}

TEST(SearchText, BringsAWindowThroughAPageToken) {
  for (const std::string word : {"", "a", "快乐小明大王", "tb1234"}) {
    EXPECT_EQ(WordFromNumbers(NumbersOfWord(word)), word);
  }
}

TEST(SearchText, TakesBlanksFromTheEndsOnly) {
  EXPECT_EQ(WithoutOuterBlanks(" 　a b\t"), "a b");
  EXPECT_EQ(WithoutOuterBlanks("　"), "");
}

}  // namespace
}  // namespace redress::platform
