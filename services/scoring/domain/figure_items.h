#pragma once

// The things behind a figure: cases, orders, payments whose parts add up to its numerator and
// denominator.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "services/scoring/domain/catalogue.h"
#include "services/scoring/domain/contribution.h"
#include "services/scoring/domain/figures.h"

namespace redress::scoring {

struct ItemPosition {
  std::int64_t day = 0;
  Source source = Source::kOrder;
  std::uint64_t aggregate_id = 0;

  auto operator<=>(const ItemPosition&) const = default;
};

// One contribution (or, of distinct orders, one order).
struct Item {
  ItemPosition position;
  std::string kind;
  AccountId agent;
  OrderId order;
  std::int64_t amount = 0;
  std::int64_t count = 0;
  std::string currency = {};  // of money; empty otherwise
};

class ItemData {
 public:
  virtual ~ItemData() = default;

  // Contributions after a position, ascending by it.
  virtual std::vector<Item> Items(const Span& span, Measure measure, const ItemPosition& after,
                                  std::size_t limit) = 0;
  // Different orders after an id, ascending; each stands on its first day.
  virtual std::vector<Item> RefundedOrders(const Span& span, Measure measure, OrderId after,
                                           std::size_t limit) = 0;
};

// Where a page ended: in the list of the numerator (0) or in that of the denominator (1).
struct ItemCursor {
  std::uint32_t list = 0;
  ItemPosition position;
};

struct FigureItem {
  Item item;
  std::int64_t numerator = 0;
  std::int64_t denominator = 0;
};

struct ItemPage {
  std::vector<FigureItem> items;
  std::optional<ItemCursor> next;
};

// At most `limit` items, except that those of one case stay on one page.
ItemPage ListItems(const Figure& figure, const Span& span, const std::optional<ItemCursor>& after,
                   std::size_t limit, ItemData& data);

}  // namespace redress::scoring
