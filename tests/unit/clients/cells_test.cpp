#include "clients/importing/cells.h"

#include <gtest/gtest.h>

namespace redress::importing {
namespace {

TEST(CleanCell, TakesOffWhatTellsASpreadsheetToKeepAText) {
  EXPECT_EQ(CleanCell("=\"912345678901234567\""), "912345678901234567");
  EXPECT_EQ(CleanCell(" =\"9123\" "), "9123");
  EXPECT_EQ(CleanCell("'13800138000"), "13800138000");
  EXPECT_EQ(CleanCell("'null"), "null");
  EXPECT_EQ(CleanCell("'"), "");
}

TEST(CleanCell, TakesOffEveryKindOfWhiteSpace) {
  EXPECT_EQ(CleanCell("\u3000订单付款时间 \u00A0\t"), "订单付款时间");
  EXPECT_EQ(CleanCell("\uFEFF订单编号"), "订单编号");
  EXPECT_EQ(CleanCell("张 三"), "张 三") << "what stands inside stays";
}

TEST(CleanCell, LeavesOtherTextAlone) {
  EXPECT_EQ(CleanCell("=1+1"), "=1+1");
  EXPECT_EQ(CleanCell("=\""), "=\"");
  EXPECT_EQ(CleanCell("it's"), "it's");
  EXPECT_EQ(CleanCell(""), "");
}

TEST(PlainNumber, ReadsAmountsAsTheyAreWritten) {
  EXPECT_EQ(PlainNumber("128.00元"), "128.00");
  EXPECT_EQ(PlainNumber("128 元"), "128");
  EXPECT_EQ(PlainNumber("¥128"), "128");
  EXPECT_EQ(PlainNumber("￥ 128"), "128");
  EXPECT_EQ(PlainNumber("１２８．５０"), "128.50");
  EXPECT_EQ(PlainNumber("－３"), "-3");
}

TEST(PlainNumber, TakesSeparatorsOffOnlyWhereTheyStandInTheirPlaces) {
  EXPECT_EQ(PlainNumber("1,234.50"), "1234.50");
  EXPECT_EQ(PlainNumber("-12,345,678"), "-12345678");
  EXPECT_EQ(PlainNumber("1，234"), "1234");
  EXPECT_EQ(PlainNumber("12,34"), "12,34") << "perhaps a decimal comma: not guessed";
  EXPECT_EQ(PlainNumber("1234,567"), "1234,567");
  EXPECT_EQ(PlainNumber(",123"), ",123");
  EXPECT_EQ(PlainNumber("1,,234"), "1,,234");
}

TEST(HalfWidth, TurnsFullWidthCharactersAndLeavesOthers) {
  EXPECT_EQ(HalfWidth("２０１８－０５－０１　００：０３"), "2018-05-01 00:03");
  EXPECT_EQ(HalfWidth("张三，a€𠀀"), "张三,a€𠀀");
}

TEST(IsRoundedNumber, KnowsWhatASpreadsheetHasShortened) {
  EXPECT_TRUE(IsRoundedNumber("1.23457E+17"));
  EXPECT_TRUE(IsRoundedNumber("9e+17"));
  EXPECT_FALSE(IsRoundedNumber("912345678901234567"));
  EXPECT_FALSE(IsRoundedNumber("E+17"));
  EXPECT_FALSE(IsRoundedNumber("1.2E+"));
  EXPECT_FALSE(IsRoundedNumber("AE+17"));
}

}  // namespace
}  // namespace redress::importing
