#include "services/scoring/domain/intake.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <random>

#include "tests/unit/scoring/memory_facts.h"
#include "tests/unit/scoring/random_histories.h"

namespace redress::scoring {
namespace {

using test::EightHoursAhead;
using test::MemoryFacts;
using test::RandomHistory;
using test::ShuffledAndRepeated;

class IntakeTest : public testing::Test {
 protected:
  platform::ManualClock clock_{1'000};
  EightHoursAhead calendar_;
  MemoryFacts facts_;
  Intake intake_{facts_, calendar_, clock_};
};

void TakeInBatches(Intake& intake, const std::vector<Fact>& facts, std::mt19937& random) {
  std::size_t from = 0;
  while (from < facts.size()) {
    const std::size_t size = std::min<std::size_t>(facts.size() - from, 1 + random() % 40);
    intake.Take(std::span(facts).subspan(from, size));
    from += size;
  }
}

RC_GTEST_PROP(Intake, ShuffledAndRepeatedFactsGiveWhatOrderedOnesGive, (std::uint32_t seed)) {
  std::mt19937 random(seed);
  const platform::ManualClock clock;
  const EightHoursAhead calendar;
  const auto history = RandomHistory(random);
  MemoryFacts ordered;
  Intake in_order(ordered, calendar, clock);
  for (const Fact& fact : history) in_order.Take({&fact, 1});
  MemoryFacts shuffled;
  Intake any_order(shuffled, calendar, clock);
  TakeInBatches(any_order, ShuffledAndRepeated(history, random), random);
  RC_ASSERT(shuffled.contributions() == ordered.contributions());
  RC_ASSERT(shuffled.extents() == ordered.extents());
}

TEST_F(IntakeTest, KnownFactChangesNothing) {
  std::mt19937 random(1);
  const auto history = RandomHistory(random);
  EXPECT_EQ(intake_.Take(history), history.size());
  const auto before = facts_.contributions();
  EXPECT_EQ(intake_.Take(history), 0u);
  EXPECT_EQ(facts_.contributions(), before);
}

TEST_F(IntakeTest, NotesWhenAGapWasFirstSeenAndForgetsItOnceItIsFilled) {
  const AggregateId order{ShopId{1}, Source::kOrder, 6};
  const auto change = [&](std::uint32_t sequence) {
    return Fact{order, sequence, 0, OrderFact{sequence, "CNY", "S", 0, 0}};
  };
  const std::vector<Fact> third{change(3)};
  intake_.Take(third);
  EXPECT_EQ(facts_.extents().at(order), (Extent{1, 3, 1'000}));
  clock_.Advance(500);
  const std::vector<Fact> first{change(1)};
  intake_.Take(first);
  EXPECT_EQ(facts_.extents().at(order), (Extent{2, 3, 1'000}));
  const std::vector<Fact> second{change(2)};
  intake_.Take(second);
  EXPECT_EQ(facts_.extents().at(order), (Extent{3, 3, std::nullopt}));
}

}  // namespace
}  // namespace redress::scoring
