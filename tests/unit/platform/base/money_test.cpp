#include "services/platform/base/money.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <limits>
#include <stdexcept>
#include <string>

namespace redress::platform {
namespace {

Decimal D(std::string_view text) { return Decimal::Parse(text).value(); }

TEST(MinorDigits, FollowIso4217) {
  EXPECT_EQ(MinorDigits("CNY"), 2);
  EXPECT_EQ(MinorDigits("GBP"), 2);
  EXPECT_EQ(MinorDigits("JPY"), 0);
  EXPECT_EQ(MinorDigits("KWD"), 3);
  EXPECT_EQ(MinorDigits("XPF"), 0);
  for (const char* text : {"", "gbp", "GB", "GBPX", "G1P", "£££"}) {
    EXPECT_EQ(MinorDigits(text), std::nullopt) << text;
  }
}

TEST(Money, IsWrittenWithItsCurrencysDigits) {
  EXPECT_EQ(ToString(Money{"GBP", 1234}), "12.34 GBP");
  EXPECT_EQ(ToString(Money{"GBP", -5}), "-0.05 GBP");
  EXPECT_EQ(ToString(Money{"JPY", 500}), "500 JPY");
  EXPECT_EQ(ToString(Money{"KWD", 7}), "0.007 KWD");
  EXPECT_EQ(ToString(Money{"CNY", std::numeric_limits<std::int64_t>::min()}),
            "-92233720368547758.08 CNY");
}

TEST(Decimal, ReadsAndWritesExactly) {
  EXPECT_EQ(D("12.340").ToString(), "12.34");
  EXPECT_EQ(D("-0.005").ToString(), "-0.005");
  EXPECT_EQ(D("+5").ToString(), "5");
  EXPECT_EQ(D(".5").ToString(), "0.5");
  EXPECT_EQ(D("7.").ToString(), "7");
  EXPECT_EQ(D("-0").ToString(), "0");
  EXPECT_EQ(D("100").ToString(), "100");
  EXPECT_EQ(D("0.12345678").ToString(), "0.12345678");
  EXPECT_EQ(D("1.500000000000").ToString(), "1.5");
  EXPECT_EQ(Decimal().ToString(), "0");
}

TEST(Decimal, RefusesWhatIsNotANumber) {
  for (const char* text : {"", ".", "-", "+.", "1,000", "1e5", " 1", "1 ", "--1", "1.2.3", "£5",
                           "0.123456789", "NaN", "1000000000000000000000000000000"}) {
    EXPECT_EQ(Decimal::Parse(text), std::nullopt) << text;
  }
}

TEST(Decimal, RoundsHalfToEven) {
  EXPECT_EQ(D("0.125").RoundToMinor(2), 12);
  EXPECT_EQ(D("0.135").RoundToMinor(2), 14);
  EXPECT_EQ(D("-0.125").RoundToMinor(2), -12);
  EXPECT_EQ(D("-0.135").RoundToMinor(2), -14);
  EXPECT_EQ(D("0.1251").RoundToMinor(2), 13);
  EXPECT_EQ(D("0.1249").RoundToMinor(2), 12);
  EXPECT_EQ(D("2.5").RoundToMinor(0), 2);
  EXPECT_EQ(D("3.5").RoundToMinor(0), 4);
  EXPECT_EQ(D("0.005").RoundToMinor(2), 0);
  EXPECT_EQ(D("-0.005").RoundToMinor(2), 0);
  EXPECT_EQ(D("12.3").RoundToMinor(3), 12'300);
}

TEST(Decimal, KnowsWhatRoundingWouldChange) {
  EXPECT_EQ(D("12.34").ExactMinor(2), 1234);
  EXPECT_EQ(D("12.340000").ExactMinor(2), 1234);
  EXPECT_EQ(D("12.345").ExactMinor(2), std::nullopt);
}

TEST(Decimal, ComparesByValue) {
  EXPECT_EQ(D("1.0"), D("1"));
  EXPECT_LT(D("-1.01"), D("-1"));
  EXPECT_GT(D("0.1"), D("0.09999999"));
  EXPECT_EQ(D("0.00000001") * 100'000'000, Decimal(1));
}

TEST(Decimal, RefusesToOverflow) {
  const Decimal large = D("999999999999999999999999999999");
  EXPECT_THROW(large + Decimal(1), std::overflow_error);
  EXPECT_THROW(large * 2, std::overflow_error);
  EXPECT_THROW(large.RoundToMinor(0), std::overflow_error);
  EXPECT_THROW(D("92233720368547758.08").RoundToMinor(2), std::overflow_error);
  EXPECT_EQ(D("-92233720368547758.08").RoundToMinor(2), std::numeric_limits<std::int64_t>::min());
  EXPECT_THROW(D("1").RoundToMinor(9), std::invalid_argument);
}

RC_GTEST_PROP(DecimalProperty, WritesWhatItReads, (std::int64_t minor)) {
  const int digits = *rc::gen::inRange(0, 9);
  const Decimal number = Decimal::FromMinor(minor, digits);
  RC_ASSERT(Decimal::Parse(number.ToString()) == number);
  RC_ASSERT(number.ExactMinor(digits) == minor);
}

RC_GTEST_PROP(DecimalProperty, SumsAreExact, (std::int32_t a, std::int32_t b)) {
  const int digits_a = *rc::gen::inRange(0, 9);
  const int digits_b = *rc::gen::inRange(0, 9);
  std::int64_t scaled_a = a;
  std::int64_t scaled_b = b;
  for (int i = digits_a; i < 8; ++i) scaled_a *= 10;
  for (int i = digits_b; i < 8; ++i) scaled_b *= 10;
  const Decimal sum = Decimal::FromMinor(a, digits_a) + Decimal::FromMinor(b, digits_b);
  RC_ASSERT(sum.ExactMinor(8) == scaled_a + scaled_b);
  RC_ASSERT(sum - Decimal::FromMinor(b, digits_b) == Decimal::FromMinor(a, digits_a));
}

RC_GTEST_PROP(DecimalProperty, RoundingIsNeverOffByMoreThanHalf, (std::int64_t minor)) {
  const Decimal number = Decimal::FromMinor(minor, 5);
  const Decimal error = number - Decimal::FromMinor(number.RoundToMinor(2), 2);
  RC_ASSERT(error <= D("0.005"));
  RC_ASSERT(error >= D("-0.005"));
  RC_ASSERT(-number.RoundToMinor(2) == (-number).RoundToMinor(2));
}

}  // namespace
}  // namespace redress::platform
