#include "services/scoring/store/database_fact_book.h"

#include "services/platform/base/crash_point.h"
#include "services/platform/database/rows.h"
#include "services/platform/database/transact.h"
#include "services/scoring/store/contribution_rows.h"
#include "services/scoring/store/fact_rows.h"
#include "services/scoring/store/sql.h"

namespace redress::scoring {

using platform::Connection;
using platform::MultiRow;
using platform::Result;
using platform::Value;

std::map<AggregateId, Extent> DatabaseFactBook::Lock(std::span<const AggregateId> ascending) {
  static const MultiRow lock(kLockAggregates, 5, kLockAggregatesTail);
  static const MultiRow select(kSelectExtents, 3, ")");
  std::vector<Value> rows;
  std::vector<Value> keys;
  for (const AggregateId& aggregate : ascending) {
    const auto source = static_cast<std::uint32_t>(aggregate.source);
    rows.insert(rows.end(), {aggregate.shop, source, aggregate.id, 0, 0});
    keys.insert(keys.end(), {aggregate.shop, source, aggregate.id});
  }
  lock.Execute(connection_, rows);
  std::map<AggregateId, Extent> extents;
  select.Query(connection_, keys, [&](Result& row) {
    extents[{row.Shop(0), static_cast<Source>(row.Uint64(1)), row.Uint64(2)}] = {
        static_cast<std::uint32_t>(row.Uint64(3)), static_cast<std::uint32_t>(row.Uint64(4)),
        row.OptInt64(5)};
  });
  return extents;
}

std::vector<Fact> DatabaseFactBook::FactsOf(std::span<const AggregateId> aggregates) {
  std::vector<Fact> facts;
  SelectFacts(connection_, aggregates, facts);
  return facts;
}

std::vector<Contribution> DatabaseFactBook::ContributionsOf(
    std::span<const AggregateId> aggregates) {
  return SelectContributions(connection_, aggregates);
}

void DatabaseFactBook::PutFacts(std::span<const Fact> facts, bool overwrite) {
  InsertFacts(connection_, facts, overwrite);
}

void DatabaseFactBook::PutExtents(const std::map<AggregateId, Extent>& extents) {
  static const MultiRow put(kPutExtents, 6, kPutExtentsTail);
  std::vector<Value> values;
  for (const auto& [aggregate, extent] : extents) {
    values.insert(values.end(),
                  {aggregate.shop, static_cast<std::uint32_t>(aggregate.source), aggregate.id,
                   extent.facts, extent.last_sequence, extent.gap_noticed_at_us});
  }
  put.Execute(connection_, values);
}

void DatabaseFactBook::ReplaceContributions(std::span<const Contribution> old_ones,
                                            std::span<const Contribution> new_ones) {
  WriteContributions(connection_, old_ones, new_ones);
}

void DatabaseFactRepository::InTransaction(const std::function<void(FactBook&)>& body) {
  platform::Transact(pool_, [&](Connection& connection) {
    DatabaseFactBook book(connection);
    body(book);
    platform::CrashPoint(platform::kBeforeCommit);
  });
}

}  // namespace redress::scoring
