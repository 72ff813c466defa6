#pragma once

// FactBook over one connection's open transaction. Writes many rows per statement.

#include <map>
#include <span>
#include <vector>

#include "services/platform/database/pool.h"
#include "services/scoring/domain/fact_book.h"

namespace redress::scoring {

class DatabaseFactBook final : public FactBook {
 public:
  explicit DatabaseFactBook(platform::Connection& connection) : connection_(connection) {}

  std::map<AggregateId, Extent> Lock(std::span<const AggregateId> ascending) override;
  std::vector<Fact> FactsOf(std::span<const AggregateId> aggregates) override;
  std::vector<Contribution> ContributionsOf(std::span<const AggregateId> aggregates) override;
  void PutFacts(std::span<const Fact> facts, bool overwrite) override;
  void PutExtents(const std::map<AggregateId, Extent>& extents) override;
  void ReplaceContributions(std::span<const Contribution> old_ones,
                            std::span<const Contribution> new_ones) override;

 private:
  void LockThoseThere(std::span<const AggregateId> aggregates,
                      std::map<AggregateId, Extent>& extents);

  platform::Connection& connection_;
};

class DatabaseFactRepository final : public FactRepository {
 public:
  explicit DatabaseFactRepository(platform::Pool& pool) : pool_(pool) {}

  void InTransaction(const std::function<void(FactBook&)>& body) override;

 private:
  platform::Pool& pool_;
};

}  // namespace redress::scoring
