// The funnel's states, from what was counted where the facts are.

#include "services/scoring/domain/funnel.h"

#include <gtest/gtest.h>

namespace redress::scoring {
namespace {

TEST(Funnel, MeasuresStaysAsFiguresDo) {
  FunnelCounts counts;
  counts.entered["Requested"] = {4, 3};
  counts.stays["Requested"] = {40, 10, 20, 31};
  const auto states = StatesOf(counts);
  ASSERT_EQ(states.size(), 1u);
  EXPECT_EQ(states[0].left, 4u);
  EXPECT_EQ(states[0].mean_us, 25);    // 25.25
  EXPECT_EQ(states[0].median_us, 26);  // 25.5 → even
  EXPECT_EQ(states[0].p90_us, 37);     // 37.3
}

TEST(Funnel, HasEveryStateThatAnythingIsKnownOf) {
  FunnelCounts counts;
  counts.entered["Settling"] = {1, 1};
  counts.entered["Requested"] = {5, 5};
  counts.stays["Inspecting"] = {7};
  counts.now["Closed"] = 9;
  counts.final["Closed"] = true;
  std::vector<std::string> names;
  for (const FunnelState& state : StatesOf(counts)) names.push_back(state.state);
  EXPECT_EQ(names, (std::vector<std::string>{"Requested", "Settling", "Closed", "Inspecting"}));
  EXPECT_TRUE(StatesOf(counts)[2].final);
  EXPECT_EQ(StatesOf(counts)[2].now, 9u);
}

TEST(Funnel, AStateThatNobodyLeftHasNoTimes) {
  FunnelCounts counts;
  counts.entered["Requested"] = {1, 1};
  const auto states = StatesOf(counts);
  EXPECT_EQ(states[0].left, 0u);
  EXPECT_EQ(states[0].mean_us, 0);
}

}  // namespace
}  // namespace redress::scoring
