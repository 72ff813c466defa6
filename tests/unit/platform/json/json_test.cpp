#include "services/platform/json/json.h"

#include <gtest/gtest.h>

#include <string>

namespace redress::platform {
namespace {

std::string ProblemOf(const std::string& text) {
  try {
    ParseJson(text);
    return "";
  } catch (const JsonBroken& broken) {
    return broken.what();
  }
}

TEST(Json, NumbersKeepTheirDigits) {
  const std::string text = R"({"id": 90071992547409931234, "fee": 1.10})";
  const JsonValue object = ParseJson(text);
  EXPECT_EQ(object.Find("id")->text, "90071992547409931234");
  EXPECT_EQ(object.Find("fee")->text, "1.10");
}

TEST(Json, AValueKnowsHowItWasWritten) {
  const std::string text = R"({"a" : { "b" : [1, "x"] } , "c":null})";
  const JsonValue object = ParseJson(text);
  EXPECT_EQ(object.Find("a")->written, R"({ "b" : [1, "x"] })");
  EXPECT_TRUE(object.Find("c")->IsNull());
  EXPECT_EQ(object.Find("d"), nullptr);
}

TEST(Json, EscapesAreDecoded) {
  EXPECT_EQ(ParseJson(R"("\u4e2d\ud83d\ude00\n\"\\\/")").text, "中😀\n\"\\/");
}

TEST(Json, FlagsListsAndBlanksAreRead) {
  const JsonValue list = ParseJson(" [ true , false ,\n[] , {} ] ");
  ASSERT_EQ(list.items.size(), 4U);
  EXPECT_TRUE(list.items[0].flag);
  EXPECT_FALSE(list.items[1].flag);
  EXPECT_TRUE(list.items[2].IsList());
  EXPECT_TRUE(list.items[3].IsObject());
}

class BrokenJson : public ::testing::TestWithParam<const char*> {};

TEST_P(BrokenJson, IsRefused) { EXPECT_NE(ProblemOf(GetParam()), ""); }

INSTANTIATE_TEST_SUITE_P(Json, BrokenJson,
                         ::testing::Values("", "{", "[1,]", "{\"a\":1,}", "{\"a\" 1}", "01", "1.",
                                           "1e", "+1", "nul", "\"a", "\"\x01\"", "\"\\x\"",
                                           "\"\\ud800\"", "\"\\udc00\"", "\"\\u12g4\"", "{} {}",
                                           "{\"a\":1,\"a\":2}", "\"\xff\"", "{1:2}"));

TEST(Json, NestingIsBounded) {
  EXPECT_EQ(ProblemOf(std::string(30, '[') + std::string(30, ']')), "");
  EXPECT_NE(ProblemOf(std::string(1000, '[') + std::string(1000, ']')), "");
}

TEST(Json, TheNumberOfValuesIsBounded) {
  std::string many = "[0";
  for (int i = 0; i < 60'000; ++i) many += ",0";
  EXPECT_NE(ProblemOf(many + "]"), "");
}

}  // namespace
}  // namespace redress::platform
