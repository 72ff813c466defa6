#include "services/platform/json/json_fields.h"

#include <gtest/gtest.h>

#include <functional>
#include <string>

namespace redress::platform {
namespace {

constexpr std::int64_t kEightHoursUs = 8LL * 3600 * 1'000'000;

std::string ProblemOf(const std::function<void()>& read) {
  try {
    read();
    return "";
  } catch (const FieldBroken& broken) {
    return broken.field() + " " + broken.what();
  }
}

// The problem with an amount; "" for a good one.
std::string WrongWithAmount(const std::string& json) {
  return ProblemOf([&] { MinorOf(ParseJson(json), "refund_fee"); });
}

TEST(JsonFields, AmountsAreMinorUnits) {
  EXPECT_EQ(MinorOf(ParseJson("\"12.34\""), "fee"), 1234);
  EXPECT_EQ(MinorOf(ParseJson("\"12.3\""), "fee"), 1230);
  EXPECT_EQ(MinorOf(ParseJson("12"), "fee"), 1200);
  EXPECT_EQ(MinorOf(ParseJson("0.01"), "fee"), 1);
  EXPECT_EQ(MinorOf(ParseJson("\"12.340\""), "fee"), 1234);
}

TEST(JsonFields, AnAmountBelowTheSmallestUnitIsRefused) {
  EXPECT_NE(WrongWithAmount("\"1.234\"").find("at most 2 decimals"), std::string::npos);
}

TEST(JsonFields, ANegativeAmountIsRefused) {
  EXPECT_NE(WrongWithAmount("\"-1.00\"").find("negative"), std::string::npos);
  EXPECT_NE(WrongWithAmount("\"-0\"").find("negative"), std::string::npos);
}

TEST(JsonFields, AnExponentOrOtherTextIsNoAmount) {
  for (const char* json : {"\"1e3\"", "1e3", "\"\"", "\"1,000.00\"", "\"+1\"", "\"1元\"", "[]"}) {
    EXPECT_NE(WrongWithAmount(json), "") << json;
  }
}

TEST(JsonFields, AProblemNamesTheFieldAndNotTheValue) {
  const std::string problem = WrongWithAmount("\"13800138000x\"");
  EXPECT_EQ(problem.find("refund_fee "), 0U);
  EXPECT_EQ(problem.find("13800138000"), std::string::npos);
}

TEST(JsonFields, IdsBeyondDoublePrecisionStayWhole) {
  EXPECT_EQ(DigitsOf(ParseJson("9007199254740993"), "tid"), "9007199254740993");
  EXPECT_EQ(DigitsOf(ParseJson("\"9007199254740993\""), "tid"), "9007199254740993");
  EXPECT_EQ(DigitsOf(ParseJson("\"007\""), "tid"), "7");
}

TEST(JsonFields, AnIdIsDigitsOnly) {
  for (const char* json :
       {"\"12a\"", "1.0", "1e5", "-1", "\"\"", "true", "\"123456789012345678901\""}) {
    EXPECT_NE(ProblemOf([&] { DigitsOf(ParseJson(json), "tid"); }), "") << json;
  }
}

TEST(JsonFields, TimesAreReadInTheirZone) {
  EXPECT_EQ(TimeOf(ParseJson("\"1970-01-01 08:00:01\""), "modified", kEightHoursUs), 1'000'000);
  EXPECT_EQ(TimeOf(ParseJson("\"2024-02-29 00:00:00\""), "modified", kEightHoursUs),
            1'709'136'000'000'000);
}

TEST(JsonFields, ATimeThatIsNoneIsRefused) {
  for (const char* json : {"\"2023-02-29 00:00:00\"", "\"2024-05-06\"", "\"2024-05-06 24:00:00\"",
                           "\"2024/05/06 00:00:00\"", "\"\"", "1709136000"}) {
    EXPECT_NE(ProblemOf([&] { TimeOf(ParseJson(json), "modified", kEightHoursUs); }), "") << json;
  }
}

TEST(JsonFields, FlagsAreWrittenInSeveralWays) {
  EXPECT_TRUE(FlagOf(ParseJson("true"), "f"));
  EXPECT_TRUE(FlagOf(ParseJson("\"true\""), "f"));
  EXPECT_TRUE(FlagOf(ParseJson("1"), "f"));
  EXPECT_FALSE(FlagOf(ParseJson("\"0\""), "f"));
  EXPECT_NE(ProblemOf([] { FlagOf(ParseJson("\"yes\""), "f"); }), "");
}

TEST(JsonFields, ALongTextLosesItsEndAtACharacter) {
  EXPECT_EQ(ShortTextOf(ParseJson("\"中文字\""), "reason", 2), "中文");
  EXPECT_EQ(ShortTextOf(ParseJson("\"中文\""), "reason", 2), "中文");
}

}  // namespace
}  // namespace redress::platform
