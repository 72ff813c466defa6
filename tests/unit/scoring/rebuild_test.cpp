#include "services/scoring/domain/rebuild.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <random>

#include "tests/unit/scoring/memory_facts.h"
#include "tests/unit/scoring/random_histories.h"

namespace redress::scoring {
namespace {

using test::EightHoursAhead;
using test::MemoryFacts;
using test::RandomHistory;

class FixedHistory final : public History {
 public:
  explicit FixedHistory(std::vector<Fact> facts) : facts_(std::move(facts)) {
    std::sort(facts_.begin(), facts_.end(), [](const Fact& a, const Fact& b) {
      return std::tie(a.aggregate, a.sequence) < std::tie(b.aggregate, b.sequence);
    });
  }

  void ReadShop(Source source, ShopId shop, const OnFacts& on_facts) override {
    Give(
        [&](const Fact& fact) {
          return fact.aggregate.shop == shop && fact.aggregate.source == source;
        },
        on_facts);
  }
  void ReadAggregate(const AggregateId& aggregate, const OnFacts& on_facts) override {
    Give([&](const Fact& fact) { return fact.aggregate == aggregate; }, on_facts);
  }

 private:
  template <class Wanted>
  void Give(Wanted wanted, const OnFacts& on_facts) {
    std::vector<Fact> page;  // small, so that aggregates are cut
    for (const Fact& fact : facts_) {
      if (wanted(fact)) page.push_back(fact);
      if (page.size() == 3) on_facts(std::exchange(page, {}));
    }
    if (!page.empty()) on_facts(page);
  }

  std::vector<Fact> facts_;
};

class RebuildTest : public testing::Test {
 protected:
  RebuildTest() : facts_(Make()), history_(facts_) {}

  static std::vector<Fact> Make() {
    std::mt19937 random(5);
    return RandomHistory(random);
  }
  RebuildReport Run(bool replace = false) {
    return Rebuild(history_, book_, intake_, calendar_)
        .Run(ShopId{1}, {.replace = replace, .catch_up_us = 0});
  }

  std::vector<Fact> facts_;
  FixedHistory history_;
  platform::ManualClock clock_;
  EightHoursAhead calendar_;
  MemoryFacts book_;
  Intake intake_{book_, calendar_, clock_};
};

TEST_F(RebuildTest, EqualsTheIncrementalFigures) {
  intake_.Take(facts_);
  const auto report = Run();
  EXPECT_EQ(report.mismatch_count, 0u);
  EXPECT_GT(report.values, 50u);
  EXPECT_EQ(report.events, static_cast<std::uint64_t>(std::count_if(
                               facts_.begin(), facts_.end(),
                               [](const Fact& fact) { return fact.aggregate.shop == ShopId{1}; })));
}

TEST_F(RebuildTest, NamesALostFactAndReplacesWhatItMade) {
  auto lost = std::find_if(facts_.begin(), facts_.end(), [](const Fact& fact) {
    const auto* what = std::get_if<CaseFact>(&fact.what);
    return fact.aggregate.shop == ShopId{1} && what != nullptr && what->outcome == "settled";
  });
  ASSERT_NE(lost, facts_.end());
  std::vector<Fact> rest = facts_;
  rest.erase(rest.begin() + (lost - facts_.begin()));
  intake_.Take(rest);
  const auto report = Run();
  EXPECT_GT(report.mismatch_count, 0u);
  ASSERT_FALSE(report.mismatches.empty());
  EXPECT_NE(report.mismatches[0].where.find("shop"), std::string::npos);
  EXPECT_NE(report.mismatches[0].incremental, report.mismatches[0].rebuilt);
  EXPECT_GT(Run(true).mismatch_count, 0u);
  EXPECT_EQ(Run().mismatch_count, 0u);
}

TEST_F(RebuildTest, FindsAndRemovesWhatNoSourceKnows) {
  intake_.Take(facts_);
  Contribution invented;
  invented.aggregate = {ShopId{1}, Source::kAftersales, 999};
  invented.day = 19'700;
  invented.kind = "refund";
  book_.contributions().insert(invented);
  EXPECT_GT(Run(true).mismatch_count, 0u);
  EXPECT_EQ(Run().mismatch_count, 0u);
}

TEST_F(RebuildTest, TakesFactsThatCameWhileItReadIntoAccount) {
  // The history that was read is older than the figures.
  intake_.Take(facts_);
  std::vector<Fact> younger = facts_;
  const AggregateId order = facts_.front().aggregate;
  const Fact change{order, 9, 0, OrderFact{9, "CNY", "S", 1'700'000'000'000'000, 77}};
  younger.push_back(change);
  intake_.Take({&change, 1});
  class GrowingHistory final : public History {
   public:
    GrowingHistory(FixedHistory& before, FixedHistory& after) : before_(before), after_(after) {}
    void ReadShop(Source source, ShopId shop, const OnFacts& on_facts) override {
      before_.ReadShop(source, shop, on_facts);
    }
    void ReadAggregate(const AggregateId& aggregate, const OnFacts& on_facts) override {
      after_.ReadAggregate(aggregate, on_facts);
    }

   private:
    FixedHistory& before_;
    FixedHistory& after_;
  };
  FixedHistory after(younger);
  GrowingHistory growing(history_, after);
  const auto report = Rebuild(growing, book_, intake_, calendar_)
                          .Run(order.shop, {.replace = false, .catch_up_us = 0});
  EXPECT_EQ(report.mismatch_count, 0u);
}

}  // namespace
}  // namespace redress::scoring
