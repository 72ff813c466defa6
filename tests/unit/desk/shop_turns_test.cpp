#include "services/desk/domain/shop_turns.h"

#include <gtest/gtest.h>

#include <vector>

namespace redress::desk {
namespace {

constexpr ShopId kOne{1};
constexpr ShopId kTwo{2};
constexpr ShopId kThree{3};
const std::vector<ShopId> kDue{kOne, kTwo, kThree};

TEST(ShopTurns, GoRound) {
  ShopTurns turns;
  for (const ShopId expected : {kOne, kTwo, kThree, kOne}) {
    const auto taken = turns.Take(SendingLane::kSound, kDue);
    ASSERT_EQ(taken, expected);
    turns.Return(*taken, false);
  }
}

TEST(ShopTurns, PassOverWhatIsNotDue) {
  ShopTurns turns;
  const std::vector<ShopId> due{kThree};
  EXPECT_EQ(turns.Take(SendingLane::kSound, due), kThree);
  EXPECT_EQ(turns.Take(SendingLane::kSound, {}), std::nullopt);
}

TEST(ShopTurns, LeaveThreadsToOtherShops) {
  ShopTurns turns;
  const std::vector<ShopId> due{kOne};
  for (std::size_t i = 0; i < ShopTurns::kMostAtOnce; ++i) {
    EXPECT_EQ(turns.Take(SendingLane::kSound, due), kOne);
  }
  EXPECT_EQ(turns.Take(SendingLane::kSound, due), std::nullopt);
  EXPECT_EQ(turns.Take(SendingLane::kSound, kDue), kTwo);
  turns.Return(kOne, false);
  EXPECT_EQ(turns.Take(SendingLane::kSound, due), kOne);
}

TEST(ShopTurns, KeepSlowShopsApartUntilTheyAreQuickAgain) {
  ShopTurns turns;
  const std::vector<ShopId> due{kOne};
  turns.Return(*turns.Take(SendingLane::kSound, due), true);
  EXPECT_EQ(turns.Take(SendingLane::kSound, due), std::nullopt);
  EXPECT_EQ(turns.Take(SendingLane::kSlow, due), kOne);
  EXPECT_EQ(turns.Take(SendingLane::kSlow, due), std::nullopt) << "one at a time";
  turns.Return(kOne, false);
  EXPECT_EQ(turns.Take(SendingLane::kSlow, due), std::nullopt);
  EXPECT_EQ(turns.Take(SendingLane::kSound, due), kOne);
}

}  // namespace
}  // namespace redress::desk
