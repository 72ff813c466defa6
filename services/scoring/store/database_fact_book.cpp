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
  static const MultiRow make(kMakeAggregates, 5, kMakeAggregatesTail);
  std::map<AggregateId, Extent> extents;
  LockThoseThere(ascending, extents);
  std::vector<AggregateId> missing;
  std::vector<Value> rows;
  for (const AggregateId& aggregate : ascending) {
    if (extents.contains(aggregate)) continue;
    missing.push_back(aggregate);
    rows.insert(rows.end(),
                {aggregate.shop, static_cast<std::uint32_t>(aggregate.source), aggregate.id, 0, 0});
  }
  if (missing.empty()) return extents;
  make.Execute(connection_, rows);
  LockThoseThere(missing, extents);
  return extents;
}

void DatabaseFactBook::LockThoseThere(std::span<const AggregateId> aggregates,
                                      std::map<AggregateId, Extent>& extents) {
  static const MultiRow lock(kSelectExtents, 3, kLockExtentsTail);
  std::vector<Value> keys;
  for (const AggregateId& aggregate : aggregates) {
    keys.insert(keys.end(),
                {aggregate.shop, static_cast<std::uint32_t>(aggregate.source), aggregate.id});
  }
  lock.Query(connection_, keys, [&](Result& row) {
    extents[{row.Shop(0), static_cast<Source>(row.Uint64(1)), row.Uint64(2)}] = {
        static_cast<std::uint32_t>(row.Uint64(3)), static_cast<std::uint32_t>(row.Uint64(4)),
        row.OptInt64(5)};
  });
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
  static const MultiRow put(kPutExtents, 9, kPutExtentsTail);
  std::vector<Value> values;
  for (const auto& [aggregate, extent] : extents) {
    values.insert(values.end(),
                  {aggregate.shop, static_cast<std::uint32_t>(aggregate.source), aggregate.id,
                   extent.facts, extent.last_sequence, extent.gap_noticed_at_us, extent.stands.kind,
                   extent.stands.state, extent.stands.workflow_version});
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
