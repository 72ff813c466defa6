#include "services/scoring/domain/exact.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <cmath>
#include <vector>

namespace redress::scoring {
namespace {

TEST(Ratio, IsExactToSixPlacesHalfToEven) {
  EXPECT_EQ(Ratio(1, 2), "0.5");
  EXPECT_EQ(Ratio(1, 3), "0.333333");
  EXPECT_EQ(Ratio(2, 3), "0.666667");
  EXPECT_EQ(Ratio(0, 5), "0");
  EXPECT_EQ(Ratio(7, 7), "1");
  EXPECT_EQ(Ratio(-1, 8), "-0.125");
  EXPECT_EQ(Ratio(1, -8), "-0.125");
  EXPECT_EQ(Ratio(12'345'678, 1'000'000), "12.345678");
  EXPECT_EQ(Ratio(1, 2'000'000), "0");         // 0.0000005 → even
  EXPECT_EQ(Ratio(3, 2'000'000), "0.000002");  // 0.0000015 → even
  EXPECT_EQ(Ratio(5, 2, 0), "2");
  EXPECT_EQ(Ratio(7, 2, 0), "4");
  EXPECT_EQ(Ratio(-5, 2, 0), "-2");
}

TEST(Ratio, HoldsTheLargestNumbers) {
  EXPECT_EQ(Ratio(9'223'372'036'854'775'807, 1), "9223372036854775807");
  EXPECT_EQ(Ratio(9'223'372'036'854'775'807, 9'223'372'036'854'775'807), "1");
}

TEST(Quantile, InterpolatesBetweenOrderStatistics) {
  const std::vector<std::int64_t> ten{1, 2, 3, 4, 5, 6, 7, 8, 9, 10};
  EXPECT_EQ(Quantile(ten, 0), 1);
  EXPECT_EQ(Quantile(ten, 500), 6);  // 5.5, half to even
  EXPECT_EQ(Quantile(ten, 900), 9);  // 9.1
  EXPECT_EQ(Quantile(ten, 1000), 10);
  const std::vector<std::int64_t> one{42};
  EXPECT_EQ(Quantile(one, 500), 42);
  EXPECT_EQ(Quantile(one, 990), 42);
  const std::vector<std::int64_t> two{0, 1'000};
  EXPECT_EQ(Quantile(two, 990), 990);
}

RC_GTEST_PROP(Quantile, LiesBetweenItsNeighboursAndGrows, ()) {
  auto values = *rc::gen::nonEmpty(
      rc::gen::container<std::vector<std::int64_t>>(rc::gen::inRange<std::int64_t>(0, 1'000'000)));
  std::sort(values.begin(), values.end());
  std::int64_t before = values.front();
  for (const std::uint32_t permille : {0u, 100u, 500u, 900u, 990u, 1000u}) {
    const std::int64_t quantile = Quantile(values, permille);
    const double position = static_cast<double>(values.size() - 1) * permille / 1000.0;
    const auto below = static_cast<std::size_t>(std::floor(position));
    const auto above = static_cast<std::size_t>(std::ceil(position));
    RC_ASSERT(quantile >= values[below]);
    RC_ASSERT(quantile <= values[above]);
    RC_ASSERT(quantile >= before);
    before = quantile;
  }
}

}  // namespace
}  // namespace redress::scoring
