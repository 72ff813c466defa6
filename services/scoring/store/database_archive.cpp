#include "services/scoring/store/database_archive.h"

#include <algorithm>
#include <vector>

#include "services/platform/database/rows.h"
#include "services/platform/database/transact.h"
#include "services/scoring/store/contribution_rows.h"
#include "services/scoring/store/database_fact_book.h"
#include "services/scoring/store/database_figures.h"
#include "services/scoring/store/fact_rows.h"
#include "services/scoring/store/sql.h"

namespace redress::scoring {
namespace {

using platform::Connection;
using platform::MultiRow;
using platform::Result;
using platform::Value;

constexpr std::size_t kRowsAtOnce = 10'000;
constexpr std::size_t kAggregatesPerRemoval = 200;
constexpr Source kSources[] = {Source::kOrder, Source::kAftersales};

// Pages through a statement that continues after an aggregate's id.
template <class Use>
void Page(Connection& connection, const char* sql, ShopId shop, Source source, Use use) {
  std::uint64_t after = 0;
  for (;;) {
    Result rows = connection.Query(
        sql, {shop, static_cast<std::uint32_t>(source), after, std::uint64_t{kRowsAtOnce}});
    while (rows.Next()) {
      after = rows.Uint64(0);
      use(AggregateId{shop, source, after}, rows);
    }
    if (rows.RowCount() < kRowsAtOnce) return;
  }
}

std::map<AggregateId, Extent> ReadExtents(Connection& connection, ShopId shop) {
  std::map<AggregateId, Extent> extents;
  for (const Source source : kSources) {
    Page(connection, kSelectExtentsOfShop, shop, source,
         [&](const AggregateId& aggregate, const Result& row) {
           extents[aggregate] = {static_cast<std::uint32_t>(row.Uint64(1)),
                                 static_cast<std::uint32_t>(row.Uint64(2)), std::nullopt};
         });
    Page(connection, kSelectContributors, shop, source,
         [&](const AggregateId& aggregate, const Result&) { extents[aggregate]; });
  }
  return extents;
}

}  // namespace

std::map<AggregateId, Extent> DatabaseArchive::Extents(ShopId shop) {
  return platform::Read(pool_,
                        [&](Connection& connection) { return ReadExtents(connection, shop); });
}

void DatabaseArchive::WithSnapshot(ShopId shop,
                                   const std::function<void(const FigureSnapshot&)>& body) {
  platform::Pool::Lease connection = pool_.Acquire();
  // Sessions read what is committed, statement by statement; this one reads one moment.
  connection->Run("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ");
  connection->Run("START TRANSACTION WITH CONSISTENT SNAPSHOT, READ ONLY");
  try {
    DatabaseFigures figures(*connection);
    FigureSnapshot snapshot{figures, ReadExtents(*connection, shop), std::nullopt};
    if (const auto days = figures.DaysOf(shop)) {
      snapshot.days = FirstAndLastDay{days->first, days->last};
    }
    body(snapshot);
    connection->Run("COMMIT");
  } catch (...) {
    connection->MarkBroken();
    throw;
  }
}

void DatabaseArchive::Remove(std::span<const AggregateId> aggregates) {
  static const MultiRow erase(kDeleteAggregates, 3, ")");
  for (std::size_t from = 0; from < aggregates.size(); from += kAggregatesPerRemoval) {
    const auto some =
        aggregates.subspan(from, std::min(kAggregatesPerRemoval, aggregates.size() - from));
    platform::Transact(pool_, [&](Connection& connection) {
      DatabaseFactBook(connection).Lock(some);
      WriteContributions(connection, SelectContributions(connection, some), {});
      DeleteFacts(connection, some);
      std::vector<Value> keys;
      for (const AggregateId& aggregate : some) {
        keys.insert(keys.end(),
                    {aggregate.shop, static_cast<std::uint32_t>(aggregate.source), aggregate.id});
      }
      erase.Execute(connection, keys);
    });
  }
}

void DatabaseArchive::RewriteDailySums(ShopId shop) {
  platform::Transact(pool_,
                     [&](Connection& connection) { scoring::RewriteDailySums(connection, shop); });
}

}  // namespace redress::scoring
