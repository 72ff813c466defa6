// Facts and figures in a real database: whatever the order, however often, from however many
// threads.

#include "services/scoring/domain/intake.h"

#include <gtest/gtest.h>

#include <random>
#include <thread>

#include "services/platform/database/transact.h"
#include "services/scoring/domain/memory_figures.h"
#include "services/scoring/domain/rebuild.h"
#include "services/scoring/store/consumer_memory.h"
#include "services/scoring/store/database_archive.h"
#include "services/scoring/store/database_fact_book.h"
#include "services/scoring/store/database_figures.h"
#include "tests/integration/scoring/scoring_schema.h"
#include "tests/support/figure.h"
#include "tests/unit/scoring/memory_facts.h"
#include "tests/unit/scoring/random_histories.h"

namespace redress::scoring {
namespace {

using platform::Connection;
using test::EightHoursAhead;
using test::HistoryShape;
using test::MemoryFacts;
using test::NewScoringSchema;

class DatabaseIntake : public testing::Test {
 protected:
  void TakeShuffled(const std::vector<Fact>& facts, int threads, std::uint32_t seed) {
    std::vector<std::thread> workers;
    for (int worker = 0; worker < threads; ++worker) {
      workers.emplace_back([&, worker] {
        std::mt19937 random(seed + static_cast<std::uint32_t>(worker));
        const auto shuffled = test::ShuffledAndRepeated(facts, random);
        for (std::size_t from = 0; from < shuffled.size();) {
          const std::size_t size = std::min<std::size_t>(shuffled.size() - from, 1 + random() % 90);
          intake_.Take(std::span(shuffled).subspan(from, size));
          from += size;
        }
      });
    }
    for (std::thread& worker : workers) worker.join();
  }

  std::unique_ptr<platform::Pool> pool_ = NewScoringSchema();
  platform::ManualClock clock_{1'000};
  EightHoursAhead calendar_;
  DatabaseFactRepository repository_{*pool_};
  Intake intake_{repository_, calendar_, clock_};
};

std::vector<Fact> History(std::uint32_t seed, const HistoryShape& shape) {
  std::mt19937 random(seed);
  return test::RandomHistory(random, shape);
}

TEST_F(DatabaseIntake, ManyThreadsAndRepeatsGiveWhatOneOrderedPassGives) {
  const auto facts = History(11, {.shops = 2, .orders = 120, .adjustments = 30, .cases = 150});
  MemoryFacts expected;
  Intake(expected, calendar_, clock_).Take(facts);
  TakeShuffled(facts, 4, 100);
  for (const ShopId shop : {ShopId{1}, ShopId{2}}) {
    std::set<Contribution> of_shop;
    for (const Contribution& one : expected.contributions()) {
      if (one.aggregate.shop == shop) of_shop.insert(one);
    }
    EXPECT_EQ(test::StoredContributions(*pool_, shop), of_shop);
    EXPECT_EQ(test::StoredSums(*pool_, shop), test::SumsOf(of_shop, shop));
    EXPECT_EQ(test::StoredSums(*pool_, shop), test::SumsByPlainSql(*pool_, shop));
  }
}

TEST_F(DatabaseIntake, FiguresReadFromTheDatabaseEqualThoseComputedInMemory) {
  const auto facts = History(12, {.shops = 1, .orders = 80, .adjustments = 20, .cases = 100});
  MemoryFacts expected;
  Intake(expected, calendar_, clock_).Take(facts);
  intake_.Take(facts);
  MemoryFigures memory({expected.contributions().begin(), expected.contributions().end()});
  std::vector<const Figure*> all;
  for (const Figure& figure : Catalogue()) all.push_back(&figure);
  std::size_t values = 0;
  for (const bool by_day : {false, true}) {
    for (const bool by_agent : {false, true}) {
      for (const char* kind : {"", "refund", "dispute", "review"}) {
        Span span;
        span.shop = ShopId{1};
        span.from_day = 19'670;
        span.to_day = 19'690;
        span.by_day = by_day;
        span.by_agent = by_agent;
        span.kind = kind;
        platform::Pool::Lease connection = pool_->Acquire();
        DatabaseFigures stored(*connection);
        const auto rows = ComputeFigures(span, all, stored);
        EXPECT_EQ(rows, ComputeFigures(span, all, memory)) << by_day << by_agent << kind;
        values += rows.size();
      }
    }
  }
  EXPECT_GT(values, 200u);
}

TEST_F(DatabaseIntake, RebuildEqualsAndMendsWhatWasSpoilt) {
  const auto facts = History(13, {.shops = 1, .orders = 60, .adjustments = 10, .cases = 80});
  intake_.Take(facts);
  class Fixed final : public History {
   public:
    explicit Fixed(std::vector<Fact> facts) : facts_(std::move(facts)) {
      std::sort(facts_.begin(), facts_.end(), [](const Fact& a, const Fact& b) {
        return std::tie(a.aggregate, a.sequence) < std::tie(b.aggregate, b.sequence);
      });
    }
    void ReadShop(Source source, ShopId, const OnFacts& on_facts) override {
      std::vector<Fact> page;
      for (const Fact& fact : facts_) {
        if (fact.aggregate.source == source) page.push_back(fact);
      }
      on_facts(page);
    }
    void ReadAggregate(const AggregateId& aggregate, const OnFacts& on_facts) override {
      for (const Fact& fact : facts_) {
        if (fact.aggregate == aggregate) on_facts({&fact, 1});
      }
    }

   private:
    std::vector<Fact> facts_;
  };
  Fixed history(facts);
  DatabaseArchive archive(*pool_);
  Rebuild rebuild(history, archive, intake_, calendar_);
  const auto run = [&](bool replace) {
    return rebuild.Run(ShopId{1}, {.replace = replace, .catch_up_us = 0}).mismatch_count;
  };
  EXPECT_EQ(run(false), 0u);
  const char* const damages[] = {
      "UPDATE daily_sums SET amount = amount + 1 WHERE shop_id = 1 AND measure = 7 LIMIT 1",
      "UPDATE contributions SET amount = amount + 5 WHERE shop_id = 1 AND measure = 2 LIMIT 1",
      "DELETE FROM contributions WHERE shop_id = 1 AND measure = 4 LIMIT 3",
      "DELETE FROM daily_sums WHERE shop_id = 1 AND measure = 1 LIMIT 2",
      "UPDATE case_facts SET settled_amount = 1 WHERE shop_id = 1 AND outcome = 'settled' LIMIT 2",
      "INSERT INTO contributions VALUES (1, 1, 19680, 2, 987654, 'refund', 7, '', 0, 1, 1)",
  };
  for (const char* damage : damages) {
    platform::Read(*pool_, [&](Connection& connection) { connection.Execute(damage); });
    run(true);
    EXPECT_EQ(run(false), 0u) << damage;
    EXPECT_EQ(test::StoredSums(*pool_, ShopId{1}), test::SumsByPlainSql(*pool_, ShopId{1}))
        << damage;
  }
}

TEST_F(DatabaseIntake, RememberedExtentsTellWhatIsMissing) {
  const auto order = [](std::uint64_t id, std::uint32_t sequence) {
    return Fact{
        {ShopId{1}, Source::kOrder, id}, sequence, 0, OrderFact{sequence, "CNY", "S", 0, 0}};
  };
  const std::vector<Fact> facts{order(1, 1), order(1, 2), order(2, 2), order(3, 1)};
  intake_.Take(facts);
  ScoringMemory memory(*pool_);
  const std::vector<platform::AggregateKey> keys{
      {ShopId{1}, 1}, {ShopId{1}, 2}, {ShopId{1}, 3}, {ShopId{1}, 4}, {ShopId{2}, 1}};
  EXPECT_EQ(memory.FirstMissing("order", keys), (std::vector<std::uint32_t>{3, 1, 2, 1, 1}));
  EXPECT_EQ(memory.FirstMissing("aftersales", keys), (std::vector<std::uint32_t>{1, 1, 1, 1, 1}));
  EXPECT_TRUE(memory.Gaps("order", 1'000, 10).empty());
  const std::vector<platform::AggregateKey> gap{{ShopId{1}, 2}};
  EXPECT_EQ(memory.Gaps("order", 1'001, 10), gap);
  const std::vector<Fact> missing{order(2, 1)};
  intake_.Take(missing);
  EXPECT_TRUE(memory.Gaps("order", 1'001, 10).empty());
}

TEST_F(DatabaseIntake, TakesThousandsOfFactsASecond) {
  const auto facts = History(14, {.shops = 1, .orders = 1'500, .adjustments = 300, .cases = 2'500});
  const auto begin = std::chrono::steady_clock::now();
  for (std::size_t from = 0; from < facts.size(); from += 512) {
    intake_.Take(std::span(facts).subspan(from, std::min<std::size_t>(512, facts.size() - from)));
  }
  const std::chrono::duration<double> took = std::chrono::steady_clock::now() - begin;
  redress::test::Figure("scoring_facts_per_s", static_cast<double>(facts.size()) / took.count(),
                        "1/s");
  EXPECT_EQ(test::StoredSums(*pool_, ShopId{1}), test::SumsByPlainSql(*pool_, ShopId{1}));
}

}  // namespace
}  // namespace redress::scoring
