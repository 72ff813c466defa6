#include "services/scoring/domain/figure_items.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace redress::scoring {
namespace {

// Items in memory: refunds of cases 1…refunds, sales of orders 1…sales.
class SomeItems final : public ItemData {
 public:
  SomeItems(int refunds, int sales) : refunds_(refunds), sales_(sales) {}

  std::vector<Item> Items(const Span& span, Measure measure, const ItemPosition& after,
                          std::size_t limit) override {
    std::vector<Item> items;
    const int count = measure == Measure::kSales ? sales_ : refunds_;
    for (int i = 1; i <= count && items.size() < limit; ++i) {
      const ItemPosition position{i / 3, Source::kAftersales, static_cast<std::uint64_t>(i)};
      const AccountId agent{measure == Measure::kSales ? 0u : 7u + static_cast<unsigned>(i % 2)};
      if (position <= after || (span.agent && span.agent != agent)) continue;
      items.push_back({position, "refund", agent, OrderId{1}, 10 * i, 1});
      if (measure == Measure::kTimeInState) items.push_back(items.back());
    }
    return items;
  }
  std::vector<Item> RefundedOrders(const Span&, Measure, OrderId after,
                                   std::size_t limit) override {
    std::vector<Item> items;
    for (std::uint64_t i = after.value + 1; i <= 4 && items.size() < limit; ++i) {
      items.push_back({{0, Source::kOrder, i}, "", AccountId{}, OrderId{i}, 1, 1});
    }
    return items;
  }

 private:
  int refunds_;
  int sales_;
};

struct Total {
  std::int64_t numerator = 0;
  std::int64_t denominator = 0;
  std::size_t items = 0;
  std::size_t longest = 0;
};

Total Sum(std::string_view id, const Span& span, std::size_t limit, ItemData& data) {
  Total total;
  std::optional<ItemCursor> after;
  do {
    const ItemPage page = ListItems(*FindFigure(id), span, after, limit, data);
    for (const FigureItem& item : page.items) {
      total.numerator += item.numerator;
      total.denominator += item.denominator;
    }
    total.items += page.items.size();
    total.longest = std::max(total.longest, page.items.size());
    after = page.next;
  } while (after);
  return total;
}

TEST(FigureItems, PartsAddUpWhateverThePageSize) {
  SomeItems data(9, 20);
  for (const std::size_t limit : {1u, 2u, 5u, 9u, 10u, 1000u}) {
    const Total completion = Sum("case_completion_rate", {}, limit, data);
    EXPECT_EQ(completion.numerator, 450);
    EXPECT_EQ(completion.denominator, 9);
    const Total rate = Sum("refund_rate", {}, limit, data);
    EXPECT_EQ(rate.numerator, 450);
    EXPECT_EQ(rate.denominator, 2'100);
    EXPECT_EQ(rate.items, 29u);
    EXPECT_LE(rate.longest, limit);
    const Total orders = Sum("refund_rate_orders", {}, limit, data);
    EXPECT_EQ(orders.numerator, 4);
    EXPECT_EQ(orders.denominator, 20);
  }
}

TEST(FigureItems, AnAgentsNumeratorStandsOverTheShopsDenominator) {
  SomeItems data(9, 20);
  Span span;
  span.agent = AccountId{7};
  const Total rate = Sum("refund_rate", span, 3, data);
  EXPECT_EQ(rate.numerator, 200);
  EXPECT_EQ(rate.denominator, 2'100);
}

TEST(FigureItems, ThoseOfOneCaseStayTogether) {
  SomeItems data(3, 0);
  const ItemPage page = ListItems(*FindFigure("handling_time_in_state"), {}, std::nullopt, 1, data);
  EXPECT_EQ(page.items.size(), 2u);
  EXPECT_TRUE(page.next);
  EXPECT_EQ(Sum("handling_time_in_state", {}, 1, data).items, 6u);
}

}  // namespace
}  // namespace redress::scoring
