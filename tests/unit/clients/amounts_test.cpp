#include "clients/importing/amounts.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <numeric>

namespace redress::importing {
namespace {

using testing::ElementsAre;

TEST(ShareOut, FollowsTheWeights) {
  EXPECT_THAT(ShareOut(900, {100, 200, 0}), ElementsAre(300, 600, 0));
}

TEST(ShareOut, GivesWhatRoundingLeavesToTheLargestRemainders) {
  EXPECT_THAT(ShareOut(100, {1, 1, 1}), ElementsAre(34, 33, 33));
  EXPECT_THAT(ShareOut(10, {1, 6, 2}), ElementsAre(1, 7, 2));
}

TEST(ShareOut, CountsZeroWeightsAlike) {
  EXPECT_THAT(ShareOut(5, {0, 0}), ElementsAre(3, 2));
  EXPECT_THAT(ShareOut(0, {0}), ElementsAre(0));
}

TEST(ShareOut, NeverLosesAUnitNorGivesMoreThanWasPaid) {
  const std::vector<std::int64_t> paid = {999'999'999'999'999, 7, 1, 333, 0};
  for (const std::int64_t total : {0, 1, 2, 339, 340, 341}) {
    const auto shares = ShareOut(total, paid);
    EXPECT_EQ(std::accumulate(shares.begin(), shares.end(), std::int64_t{0}), total);
    for (std::size_t i = 0; i < paid.size(); ++i) EXPECT_LE(shares[i], paid[i]);
  }
}

}  // namespace
}  // namespace redress::importing
