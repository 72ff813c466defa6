#include "tests/unit/scoring/memory_facts.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "services/scoring/domain/memory_figures.h"

namespace redress::scoring::test {

std::map<AggregateId, Extent> MemoryFacts::Lock(std::span<const AggregateId> ascending) {
  EXPECT_TRUE(std::is_sorted(ascending.begin(), ascending.end()));
  std::map<AggregateId, Extent> locked;
  for (const AggregateId& aggregate : ascending) locked[aggregate] = extents_[aggregate];
  return locked;
}

std::vector<Fact> MemoryFacts::FactsOf(std::span<const AggregateId> aggregates) {
  std::vector<Fact> found;
  for (const AggregateId& aggregate : aggregates) {
    for (const auto& [sequence, fact] : facts_[aggregate]) found.push_back(fact);
  }
  return found;
}

std::vector<Contribution> MemoryFacts::ContributionsOf(std::span<const AggregateId> aggregates) {
  std::vector<Contribution> found;
  for (const Contribution& one : contributions_) {
    if (std::find(aggregates.begin(), aggregates.end(), one.aggregate) != aggregates.end()) {
      found.push_back(one);
    }
  }
  return found;
}

void MemoryFacts::PutFacts(std::span<const Fact> facts, bool overwrite) {
  for (const Fact& fact : facts) {
    auto [place, is_new] = facts_[fact.aggregate].emplace(fact.sequence, fact);
    EXPECT_TRUE(is_new || overwrite);
    place->second = fact;
  }
}

void MemoryFacts::PutExtents(const std::map<AggregateId, Extent>& extents) {
  for (const auto& [aggregate, extent] : extents) extents_[aggregate] = extent;
}

void MemoryFacts::ReplaceContributions(std::span<const Contribution> old_ones,
                                       std::span<const Contribution> new_ones) {
  for (const Contribution& one : old_ones) contributions_.erase(one);
  for (const Contribution& one : new_ones) contributions_.insert(one);
}

std::map<AggregateId, Extent> MemoryFacts::Extents(ShopId shop) {
  std::map<AggregateId, Extent> found;
  for (const auto& [aggregate, extent] : extents_) {
    if (aggregate.shop == shop) found[aggregate] = extent;
  }
  for (const Contribution& one : contributions_) {
    if (one.aggregate.shop == shop) found[one.aggregate];
  }
  return found;
}

void MemoryFacts::WithSnapshot(ShopId shop,
                               const std::function<void(const FigureSnapshot&)>& body) {
  std::vector<Contribution> ones;
  for (const Contribution& one : contributions_) {
    if (one.aggregate.shop == shop) ones.push_back(one);
  }
  std::optional<FirstAndLastDay> days;
  for (const Contribution& one : ones) {
    if (!days) days = FirstAndLastDay{one.day, one.day};
    days = FirstAndLastDay{std::min(days->first, one.day), std::max(days->last, one.day)};
  }
  MemoryFigures figures(std::move(ones));
  body(FigureSnapshot{figures, Extents(shop), days});
}

void MemoryFacts::Remove(std::span<const AggregateId> aggregates) {
  for (const AggregateId& aggregate : aggregates) {
    facts_.erase(aggregate);
    extents_.erase(aggregate);
    std::erase_if(contributions_,
                  [&](const Contribution& one) { return one.aggregate == aggregate; });
  }
}

}  // namespace redress::scoring::test
