#include "services/scoring/domain/figures.h"

#include <gtest/gtest.h>

#include <optional>

#include "services/scoring/domain/memory_figures.h"

namespace redress::scoring {
namespace {

constexpr AggregateId kCase{ShopId{1}, Source::kAftersales, 5};

Contribution One(Measure measure, std::int64_t day, std::uint64_t agent, const std::string& kind,
                 std::int64_t amount, const std::string& currency = "", std::uint64_t order = 0) {
  return {kCase, measure, day, AccountId{agent}, kind, currency, OrderId{order}, amount, 1};
}

std::vector<FigureRow> Rows(std::string_view id, std::vector<Contribution> ones, Span span = {}) {
  if (span.to_day == 0) span.to_day = 100;
  MemoryFigures data(std::move(ones));
  const Figure* figure = FindFigure(id);
  const Figure* figures[] = {figure};
  return ComputeFigures(span, figures, data);
}

TEST(CompletionRate, HasARowPerKindAndOneForAll) {
  const auto rows = Rows("case_completion_rate", {One(Measure::kCases, 1, 7, "refund", 1),
                                                  One(Measure::kCases, 2, 7, "refund", 0),
                                                  One(Measure::kCases, 2, 8, "dispute", 1)});
  ASSERT_EQ(rows.size(), 3u);
  EXPECT_EQ(rows[0].cell.kind, "");
  EXPECT_EQ(rows[0].value, "0.666667");
  EXPECT_EQ(rows[1].cell.kind, "dispute");
  EXPECT_EQ(rows[1].value, "1");
  EXPECT_EQ(rows[2].cell.kind, "refund");
  EXPECT_EQ(rows[2].numerator, 1);
  EXPECT_EQ(rows[2].denominator, 2);
}

TEST(CompletionRate, KindWithoutCasesIsAbsent) {
  Span span;
  span.kind = "review";
  EXPECT_TRUE(
      Rows("case_completion_rate", {One(Measure::kCases, 1, 7, "refund", 1)}, span).empty());
}

TEST(CompletionRate, NobodysCasesHaveNoAgentsRow) {
  Span span;
  span.by_agent = true;
  const auto rows = Rows(
      "case_completion_rate",
      {One(Measure::kCases, 1, 0, "refund", 1), One(Measure::kCases, 1, 7, "refund", 0)}, span);
  ASSERT_EQ(rows.size(), 2u);
  for (const FigureRow& row : rows) EXPECT_EQ(row.cell.agent, AccountId{7});
}

TEST(HandlingTime, HasMeanInSecondsAndQuantiles) {
  std::vector<Contribution> ones;
  for (std::int64_t i = 1; i <= 10; ++i) {
    ones.push_back(One(Measure::kHandlingTime, 1, 7, "refund", i * 1'000'000));
  }
  const auto rows = Rows("handling_time", ones);
  ASSERT_EQ(rows.size(), 2u);
  EXPECT_EQ(rows[0].numerator, 55'000'000);
  EXPECT_EQ(rows[0].denominator, 10);
  EXPECT_EQ(rows[0].value, "5.5");
  EXPECT_EQ(rows[0].quantiles,
            (std::vector<QuantileValue>{{500, 5'500'000}, {900, 9'100'000}, {990, 9'910'000}}));
}

TEST(RefundRate, DividesByTheShopsSalesOfTheSamePeriod) {
  const std::vector<Contribution> ones{One(Measure::kSales, 1, 0, "", 10'000, "CNY", 1),
                                       One(Measure::kSales, 2, 0, "", 30'000, "CNY", 2),
                                       One(Measure::kRefunded, 2, 7, "refund", 1'000, "CNY", 1),
                                       One(Measure::kRefunded, 2, 0, "", 3'000, "CNY", 2)};
  const auto of_shop = Rows("refund_rate", ones);
  ASSERT_EQ(of_shop.size(), 1u);
  EXPECT_EQ(of_shop[0].value, "0.1");
  EXPECT_EQ(of_shop[0].cell.currency, "CNY");
  Span span;
  span.by_day = true;
  const auto by_day = Rows("refund_rate", ones, span);
  ASSERT_EQ(by_day.size(), 2u);
  EXPECT_EQ(by_day[0].value, "0");
  EXPECT_EQ(by_day[1].value, "0.133333");
  span = {};
  span.by_agent = true;
  const auto by_agent = Rows("refund_rate", ones, span);
  ASSERT_EQ(by_agent.size(), 1u);
  EXPECT_EQ(by_agent[0].value, "0.025");
  EXPECT_EQ(Rows("refund_rate_agent_share", ones, span).at(0).value, "0.25");
  EXPECT_TRUE(Rows("refund_rate_agent_share", ones).empty());
}

TEST(RefundRate, IsAbsentWithoutSales) {
  EXPECT_TRUE(
      Rows("refund_rate", {One(Measure::kRefunded, 2, 7, "refund", 1'000, "CNY", 1)}).empty());
}

TEST(RefundRateByOrders, CountsAnOrderOnceInASpanAndOnceOnEachOfItsDays) {
  const std::vector<Contribution> ones{One(Measure::kSales, 1, 0, "", 100, "CNY", 1),
                                       One(Measure::kSales, 1, 0, "", 100, "CNY", 2),
                                       One(Measure::kSales, 2, 0, "", 100, "CNY", 3),
                                       One(Measure::kRefunded, 1, 7, "refund", 10, "CNY", 1),
                                       One(Measure::kRefunded, 2, 8, "refund", 10, "CNY", 1)};
  EXPECT_EQ(Rows("refund_rate_orders", ones).at(0).numerator, 1);
  EXPECT_EQ(Rows("refund_rate_orders", ones).at(0).denominator, 3);
  Span span;
  span.by_day = true;
  const auto by_day = Rows("refund_rate_orders", ones, span);
  ASSERT_EQ(by_day.size(), 2u);
  EXPECT_EQ(by_day[0].value, "0.5");
  EXPECT_EQ(by_day[1].value, "1");
}

TEST(RefundRate, EachCurrencyHasARowOfItsOwn) {
  const auto rows = Rows("refund_rate", {One(Measure::kSales, 1, 0, "", 100, "CNY"),
                                         One(Measure::kSales, 1, 0, "", 100, "USD"),
                                         One(Measure::kRefunded, 1, 7, "refund", 50, "USD")});
  ASSERT_EQ(rows.size(), 2u);
  EXPECT_EQ(rows[0].cell.currency, "CNY");
  EXPECT_EQ(rows[0].value, "0");
  EXPECT_EQ(rows[1].value, "0.5");
}

}  // namespace
}  // namespace redress::scoring
