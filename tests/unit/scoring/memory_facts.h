#pragma once

#include <map>
#include <set>
#include <vector>

#include "services/scoring/domain/fact_book.h"
#include "services/scoring/domain/rebuild.h"

namespace redress::scoring::test {

// The repository of facts in memory, for tests of the use cases.
class MemoryFacts final : public FactRepository, public FactBook, public FigureArchive {
 public:
  void InTransaction(const std::function<void(FactBook&)>& body) override { body(*this); }

  std::map<AggregateId, Extent> Lock(std::span<const AggregateId> ascending) override;
  std::vector<Fact> FactsOf(std::span<const AggregateId> aggregates) override;
  std::vector<Contribution> ContributionsOf(std::span<const AggregateId> aggregates) override;
  void PutFacts(std::span<const Fact> facts, bool overwrite) override;
  void PutExtents(const std::map<AggregateId, Extent>& extents) override;
  void ReplaceContributions(std::span<const Contribution> old_ones,
                            std::span<const Contribution> new_ones) override;

  std::map<AggregateId, Extent> Extents(ShopId shop) override;
  void WithSnapshot(ShopId shop, const std::function<void(const FigureSnapshot&)>& body) override;
  void Remove(std::span<const AggregateId> aggregates) override;
  void RewriteDailySums(ShopId) override {}

  const std::set<Contribution>& contributions() const { return contributions_; }
  std::set<Contribution>& contributions() { return contributions_; }
  const std::map<AggregateId, Extent>& extents() const { return extents_; }

 private:
  std::map<AggregateId, std::map<std::uint32_t, Fact>> facts_;
  std::map<AggregateId, Extent> extents_;
  std::set<Contribution> contributions_;
};

}  // namespace redress::scoring::test
