#include "services/scoring/domain/intake.h"

#include <algorithm>
#include <map>
#include <vector>

namespace redress::scoring {
namespace {

using FactsBySequence = std::map<std::uint32_t, Fact>;

std::vector<AggregateId> AggregatesOf(std::span<const Fact> facts) {
  std::vector<AggregateId> aggregates;
  aggregates.reserve(facts.size());
  for (const Fact& fact : facts) aggregates.push_back(fact.aggregate);
  std::sort(aggregates.begin(), aggregates.end());
  aggregates.erase(std::unique(aggregates.begin(), aggregates.end()), aggregates.end());
  return aggregates;
}

Extent ExtentOf(const FactsBySequence& facts, const Extent& before, std::int64_t now_us) {
  Extent extent{static_cast<std::uint32_t>(facts.size()), facts.rbegin()->first, std::nullopt};
  if (extent.facts < extent.last_sequence) {
    // A gap keeps the time when it was first noticed, as long as there is one.
    extent.gap_noticed_at_us = before.gap_noticed_at_us.value_or(now_us);
  }
  return extent;
}

std::vector<Fact> Values(const FactsBySequence& facts) {
  std::vector<Fact> values;
  values.reserve(facts.size());
  for (const auto& [sequence, fact] : facts) values.push_back(fact);
  return values;
}

}  // namespace

Intake::Intake(FactRepository& repository, const Calendar& calendar, const platform::Clock& clock)
    : repository_(repository), calendar_(calendar), clock_(clock) {}

std::size_t Intake::Take(std::span<const Fact> facts) {
  std::size_t added = 0;
  if (facts.empty()) return added;
  repository_.InTransaction([&](FactBook& book) { added = Apply(book, facts, false); });
  return added;
}

void Intake::Repair(std::span<const Fact> facts) {
  if (facts.empty()) return;
  repository_.InTransaction([&](FactBook& book) { Apply(book, facts, true); });
}

std::size_t Intake::Apply(FactBook& book, std::span<const Fact> facts, bool repair) const {
  const std::vector<AggregateId> aggregates = AggregatesOf(facts);
  const std::map<AggregateId, Extent> before = book.Lock(aggregates);
  std::vector<AggregateId> with_facts;
  for (const auto& [aggregate, extent] : before) {
    if (extent.facts > 0 || repair) with_facts.push_back(aggregate);
  }
  std::map<AggregateId, FactsBySequence> known;
  for (Fact& fact : book.FactsOf(with_facts)) {
    known[fact.aggregate].emplace(fact.sequence, std::move(fact));
  }
  std::vector<Fact> to_put;
  std::map<AggregateId, Extent> extents;
  for (const Fact& fact : facts) {
    FactsBySequence& of_aggregate = known[fact.aggregate];
    const auto [place, is_new] = of_aggregate.emplace(fact.sequence, fact);
    if (!is_new && !(repair && place->second != fact)) continue;
    place->second = fact;
    to_put.push_back(fact);
    extents[fact.aggregate];
  }
  if (repair) {
    for (const AggregateId& aggregate : aggregates) extents[aggregate];
  }
  if (extents.empty()) return 0;
  std::vector<AggregateId> changed;
  std::vector<Contribution> contributions;
  for (auto& [aggregate, extent] : extents) {
    const FactsBySequence& all = known[aggregate];
    extent = ExtentOf(all, before.at(aggregate), clock_.NowUs());
    const auto made = ContributionsOf(Values(all), calendar_);
    contributions.insert(contributions.end(), made.begin(), made.end());
    if (before.at(aggregate).facts > 0 || repair) changed.push_back(aggregate);
  }
  book.PutFacts(to_put, repair);
  book.PutExtents(extents);
  book.ReplaceContributions(book.ContributionsOf(changed), contributions);
  return to_put.size();
}

}  // namespace redress::scoring
