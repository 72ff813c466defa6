#include "services/scoring/domain/figure_items.h"

#include <limits>

namespace redress::scoring {
namespace {

// More states than a workflow has.
constexpr std::size_t kMostItemsOfOneCase = 64;

// Before the first item of every list.
ItemPosition Beginning() { return {std::numeric_limits<std::int32_t>::min(), Source::kOrder, 0}; }

Span SpanOf(const Span& span, const Part& part) {
  Span wanted = span;
  if (part.of_shop) {
    wanted.agent = AccountId{};
    wanted.kind.clear();
  }
  return wanted;
}

// Numerator and denominator are of the same things: one list shows both.
bool OneList(const Figure& figure) {
  return figure.numerator.measure == figure.denominator.measure &&
         figure.numerator.of_shop == figure.denominator.of_shop;
}

// A page of one list: whole cases, and whether there is more.
std::pair<std::vector<Item>, bool> ReadList(const Part& part, const Span& span,
                                            const ItemPosition& after, std::size_t limit,
                                            ItemData& data) {
  if (part.term == Term::kDistinctOrders) {
    auto orders = data.RefundedOrders(SpanOf(span, part), part.measure, OrderId{after.aggregate_id},
                                      limit + 1);
    const bool more = orders.size() > limit;
    if (more) orders.resize(limit);
    return {std::move(orders), more};
  }
  auto items = data.Items(SpanOf(span, part), part.measure, after, limit + kMostItemsOfOneCase);
  std::size_t end = 0;
  while (end < items.size() && (end < limit || items[end].position == items[end - 1].position)) {
    ++end;
  }
  const bool more = end < items.size();
  items.resize(end);
  return {std::move(items), more};
}

}  // namespace

ItemPage ListItems(const Figure& figure, const Span& span, const std::optional<ItemCursor>& after,
                   std::size_t limit, ItemData& data) {
  const bool one_list = OneList(figure);
  ItemCursor cursor = after.value_or(ItemCursor{0, Beginning()});
  ItemPage page;
  while (page.items.size() < limit) {
    const Part& part = cursor.list == 0 ? figure.numerator : figure.denominator;
    const auto [items, more] =
        ReadList(part, span, cursor.position, limit - page.items.size(), data);
    for (const Item& item : items) {
      FigureItem out{item, 0, 0};
      if (cursor.list == 0)
        out.numerator = Take(figure.numerator.term, item.amount, item.count, span.now_us);
      if (cursor.list == 1 || one_list)
        out.denominator = Take(figure.denominator.term, item.amount, item.count, span.now_us);
      // A moment that has not passed is no part of either side.
      if (one_list && out.denominator == 0) continue;
      page.items.push_back(out);
    }
    if (more) {
      cursor.position = items.back().position;
      page.next = cursor;
      return page;
    }
    if (one_list || cursor.list == 1) return page;
    cursor = {1, Beginning()};
  }
  page.next = cursor;
  return page;
}

}  // namespace redress::scoring
