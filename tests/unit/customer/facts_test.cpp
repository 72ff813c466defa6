#include "services/customer/domain/facts.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <numeric>
#include <random>
#include <vector>

namespace redress::customer {
namespace {

CaseFact Step(std::uint32_t sequence) {
  CaseFact step;
  step.shop = ShopId{7};
  step.id = CaseId{1};
  step.sequence = sequence;
  step.state = "State" + std::to_string(sequence);
  step.last_step_at = 1000 + sequence;
  return step;
}

CaseFact Settling(std::uint32_t sequence, std::int64_t amount) {
  CaseFact step = Step(sequence);
  step.outcome = "settled";
  step.outcome_sequence = sequence;
  step.settled_minor = amount;
  step.settled_at = step.last_step_at;
  return step;
}

CaseFact Giving(std::uint32_t sequence, std::uint32_t number) {
  CaseFact step = Step(sequence);
  step.coupons = {{number, "CNY", 500, step.last_step_at}};
  return step;
}

TEST(SeenEvents, CountsWhatIsWholeAndWhatIsAhead) {
  SeenEvents seen;
  seen.Add(3);
  seen.Add(1);
  EXPECT_EQ(seen.whole_to, 1u);
  seen.Add(2);
  EXPECT_EQ(seen.whole_to, 3u);
  EXPECT_EQ(seen.ahead, 0u);
}

TEST(SeenEvents, LeavesOneThatIsTooFarAheadToBeReadAgain) {
  SeenEvents seen;
  seen.Add(66);
  EXPECT_EQ(seen, SeenEvents{});
  seen.Add(64);
  EXPECT_NE(seen.ahead, 0u);
}

TEST(SeenEvents, TakesAllOfALongHistoryInOrder) {
  SeenEvents seen;
  for (std::uint32_t i = 1; i <= 500; ++i) seen.Add(i);
  EXPECT_EQ(seen.whole_to, 500u);
}

TEST(CaseJoin, IsTheSameInWhateverOrderAndHoweverOften) {
  std::vector<CaseFact> steps;
  for (std::uint32_t i = 1; i <= 12; ++i) steps.push_back(i == 5 ? Settling(i, 900) : Step(i));
  steps[7] = Giving(8, 6);
  steps[10] = Giving(11, 4);
  CaseFact expected;
  for (const CaseFact& step : steps) Join(expected, step);
  EXPECT_EQ(expected.state, "State12");
  EXPECT_EQ(expected.settled_minor, 900);
  ASSERT_EQ(expected.coupons.size(), 2u);
  EXPECT_EQ(expected.coupons[0].number, 4u);
  EXPECT_EQ(expected.coupons[0].given_at, 1011);
  EXPECT_FALSE(expected.HasGap());
  std::mt19937 random(1);
  for (int round = 0; round < 200; ++round) {
    std::vector<CaseFact> shuffled = steps;
    shuffled.insert(shuffled.end(), steps.begin(), steps.begin() + round % 12);
    std::shuffle(shuffled.begin(), shuffled.end(), random);
    CaseFact joined;
    for (const CaseFact& step : shuffled) Join(joined, step);
    ASSERT_EQ(joined, expected) << "round " << round;
  }
}

TEST(CaseJoin, SaysThatAKnownStepChangesNothing) {
  CaseFact known;
  EXPECT_TRUE(Join(known, Step(1)));
  EXPECT_FALSE(Join(known, Step(1)));
  EXPECT_TRUE(Join(known, Step(3)));
  EXPECT_TRUE(known.HasGap());
  EXPECT_TRUE(Join(known, Step(2)));
  EXPECT_FALSE(known.HasGap());
}

TEST(OrderJoin, KeepsTheNewestVersion) {
  OrderFact newer;
  newer.version = 3;
  newer.customer = CustomerId{1};
  OrderFact older = newer;
  older.version = 2;
  older.customer = CustomerId{2};
  OrderFact known;
  EXPECT_TRUE(Join(known, newer));
  EXPECT_FALSE(Join(known, older));
  EXPECT_EQ(known.customer, CustomerId{1});
}

}  // namespace
}  // namespace redress::customer
