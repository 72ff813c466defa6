#pragma once

// Reads figures' numbers, and the things behind them, from one connection: outside a transaction,
// or from the snapshot of an open one.

#include <optional>
#include <string_view>
#include <vector>

#include "services/platform/database/pool.h"
#include "services/scoring/domain/figure_items.h"
#include "services/scoring/domain/figure_reader.h"
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

// Each reading on a connection of the pool.
class DatabaseFigureReader final : public FigureReader {
 public:
  explicit DatabaseFigureReader(platform::Pool& pool) : pool_(pool) {}

  void Read(const Body& body) override;
  std::uint64_t Version(ShopId shop) override;

 private:
  platform::Pool& pool_;
};

}  // namespace redress::scoring
