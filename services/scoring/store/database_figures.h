#pragma once

// Reads figures' numbers, and the things behind them, from one connection: outside a transaction,
// or from the snapshot of an open one.

#include <optional>
#include <string_view>
#include <vector>

#include "services/platform/database/connection.h"
#include "services/scoring/domain/figure_items.h"
#include "services/scoring/domain/figures.h"

namespace redress::scoring {

class DatabaseFigures final : public FigureData, public ItemData {
 public:
  explicit DatabaseFigures(platform::Connection& connection) : connection_(connection) {}

  std::vector<Sum> Sums(const Span& span, Measure measure) override;
  std::vector<Amount> Amounts(const Span& span, Measure measure) override;
  std::vector<Sum> DistinctOrders(const Span& span, Measure measure) override;

  std::vector<Item> Items(const Span& span, Measure measure, const ItemPosition& after,
                          std::size_t limit) override;
  std::vector<Item> RefundedOrders(const Span& span, Measure measure, OrderId after,
                                   std::size_t limit) override;

  // Grows with every change of the shop's figures; 0 before the first.
  std::uint64_t Version(ShopId shop);

  struct Days {
    std::int64_t first = 0;
    std::int64_t last = 0;
  };
  // Nothing for a shop without figures.
  std::optional<Days> DaysOf(ShopId shop);

 private:
  platform::Connection& connection_;
};

}  // namespace redress::scoring
