#include "services/scoring/store/database_figures.h"

#include "services/platform/database/transact.h"
#include "services/scoring/store/sql.h"

namespace redress::scoring {

using platform::Result;

std::vector<Sum> DatabaseFigures::Sums(const Span& span, Measure measure) {
  Result rows = connection_.Query(
      kSelectSums,
      {span.by_day ? 1 : 0, span.by_agent ? 1 : 0, span.shop, static_cast<std::uint32_t>(measure),
       span.from_day, span.to_day, span.agent, span.agent, span.kind, span.kind, span.kind});
  std::vector<Sum> sums;
  sums.reserve(rows.RowCount());
  while (rows.Next()) {
    sums.push_back({{rows.Int64(0), rows.Id<AccountId>(1), rows.String(2), rows.String(3)},
                    rows.Int64(4),
                    rows.Int64(5)});
  }
  return sums;
}

std::vector<Amount> DatabaseFigures::Amounts(const Span& span, Measure measure) {
  Result rows = connection_.Query(
      kSelectAmounts,
      {span.by_day ? 1 : 0, span.by_agent ? 1 : 0, span.shop, static_cast<std::uint32_t>(measure),
       span.from_day, span.to_day, span.agent, span.agent, span.kind, span.kind, span.kind});
  std::vector<Amount> amounts;
  amounts.reserve(rows.RowCount());
  while (rows.Next()) {
    amounts.push_back(
        {{rows.Int64(0), rows.Id<AccountId>(1), rows.String(2), rows.String(3)}, rows.Int64(4)});
  }
  return amounts;
}

std::vector<Sum> DatabaseFigures::DistinctOrders(const Span& span, Measure measure) {
  Result rows = connection_.Query(
      kSelectDistinctOrders,
      {span.by_day ? 1 : 0, span.by_agent ? 1 : 0, span.shop, static_cast<std::uint32_t>(measure),
       span.from_day, span.to_day, span.agent, span.agent});
  std::vector<Sum> sums;
  while (rows.Next()) {
    sums.push_back({{rows.Int64(0), rows.Id<AccountId>(1), "", rows.String(2)}, 0, rows.Int64(3)});
  }
  return sums;
}

std::vector<Item> DatabaseFigures::Items(const Span& span, Measure measure,
                                         const ItemPosition& after, std::size_t limit) {
  const auto source = static_cast<std::uint32_t>(after.source);
  Result rows = connection_.Query(
      kSelectItems, {span.shop, static_cast<std::uint32_t>(measure), span.from_day, span.to_day,
                     after.day, after.day, source, after.day, source, after.aggregate_id,
                     span.agent, span.agent, span.kind, span.kind, span.kind, limit});
  std::vector<Item> items;
  items.reserve(rows.RowCount());
  while (rows.Next()) {
    items.push_back({{rows.Int64(0), static_cast<Source>(rows.Uint64(1)), rows.Uint64(2)},
                     rows.String(3),
                     rows.Id<AccountId>(4),
                     rows.Id<OrderId>(5),
                     rows.Int64(6),
                     rows.Int64(7),
                     rows.String(8)});
  }
  return items;
}

std::vector<Item> DatabaseFigures::RefundedOrders(const Span& span, Measure measure, OrderId after,
                                                  std::size_t limit) {
  Result rows = connection_.Query(kSelectRefundedOrders,
                                  {span.shop, static_cast<std::uint32_t>(measure), span.from_day,
                                   span.to_day, after, span.agent, span.agent, limit});
  std::vector<Item> items;
  while (rows.Next()) {
    const OrderId order = rows.Id<OrderId>(0);
    items.push_back(
        {{rows.Int64(1), Source::kOrder, order.value}, "", rows.Id<AccountId>(2), order, 1, 1});
  }
  return items;
}

std::uint64_t DatabaseFigures::Version(ShopId shop) {
  Result row = connection_.Query(kSelectVersion, {shop});
  return row.Next() ? row.Uint64(0) : 0;
}

std::optional<DatabaseFigures::Days> DatabaseFigures::DaysOf(ShopId shop) {
  Result row = connection_.Query(kSelectDays, {shop});
  if (!row.Next() || row.IsNull(0)) return std::nullopt;
  return Days{row.Int64(0), row.Int64(1)};
}

void DatabaseFigureReader::Read(const Body& body) {
  platform::Read(pool_, [&](platform::Connection& connection) {
    DatabaseFigures figures(connection);
    body(figures, figures);
  });
}

std::uint64_t DatabaseFigureReader::Version(ShopId shop) {
  return platform::Read(pool_, [&](platform::Connection& connection) {
    return DatabaseFigures(connection).Version(shop);
  });
}

}  // namespace redress::scoring
