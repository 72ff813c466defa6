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

TEST(Funnel, KnowsTheEndsThatItIsTold) {
  FunnelCounts counts;
  counts.now["Closed"] = 9;  // they came there before the period
  counts.now["Requested"] = 1;
  const auto states = StatesOf(counts, {"Closed", "Withdrawn"});
  ASSERT_EQ(states.size(), 2u);
  EXPECT_TRUE(states[0].final);
  EXPECT_FALSE(states[1].final);
}

class Tally : public ::testing::Test {
 protected:
  // The third step, from Requested, where the first one led at 10.
  static FunnelStep Third() {
    FunnelStep step;
    step.case_id = 5;
    step.sequence = 3;
    step.at_us = 40;
    step.workflow_version = 1;
    step.edge = {"Requested", "approve", "Settling"};
    step.entry = {1, 10, "", "Requested", 1};
    return step;
  }
  static FunnelCounts Of(const FunnelStep& step) {
    FunnelTally tally(0);
    tally.Add(step);
    return std::move(tally).Take();
  }
  static void ExpectUnknownStay(const FunnelStep& step) {
    const FunnelCounts counts = Of(step);
    EXPECT_TRUE(counts.stays.empty());
    EXPECT_EQ(counts.unknown_stays.at("Requested"), 1u);
    EXPECT_EQ(counts.entered.at("Settling").times, 1u);
    const FunnelState left = StatesOf(counts).back();
    EXPECT_EQ(left.left, 1u);
    EXPECT_EQ(left.unknown_stays, 1u);
    EXPECT_EQ(left.mean_us, 0);
  }
};

TEST_F(Tally, MeasuresAStayBetweenStepsThatAreAllKnown) {
  const FunnelCounts counts = Of(Third());
  EXPECT_EQ(counts.stays.at("Requested"), (std::vector<std::int64_t>{30}));
  EXPECT_TRUE(counts.unknown_stays.empty());
}

TEST_F(Tally, AStayAcrossAGapIsUnknown) {
  FunnelStep step = Third();
  step.entry.known_between = 0;
  ExpectUnknownStay(step);
}

TEST_F(Tally, AStayInAnotherStateThanWasEnteredIsUnknown) {
  FunnelStep step = Third();
  step.entry.to_state = "Inspecting";
  ExpectUnknownStay(step);
}

TEST_F(Tally, AStayWithoutAnEntryIsUnknown) {
  FunnelStep step = Third();
  step.entry = {};
  ExpectUnknownStay(step);
}

TEST_F(Tally, AStaySinceAStepOfUnknownOriginIsUnknown) {
  FunnelStep step = Third();
  step.entry = {2, 10, "", "Requested", 0};
  ExpectUnknownStay(step);
}

TEST_F(Tally, AStepOfUnknownOriginIsNoOpening) {
  FunnelStep step = Third();
  step.workflow_version = 0;
  step.edge.from_state.clear();
  const FunnelCounts counts = Of(step);
  EXPECT_EQ(counts.unknown_steps, 1u);
  EXPECT_TRUE(counts.edges.empty());
  EXPECT_TRUE(counts.entered.empty());
  step.sequence = 1;
  EXPECT_EQ(Of(step).edges.at({"", "approve", "Settling"}).times, 1u);
}

}  // namespace
}  // namespace redress::scoring
