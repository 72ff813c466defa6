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

Standing StandingAfter(const Fact& last) {
  const auto* step = std::get_if<CaseFact>(&last.what);
  if (step == nullptr) return {};
  return {step->kind, step->to_state, step->workflow_version};
}

Extent ExtentOf(const FactsBySequence& facts, const Extent& before, std::int64_t now_us) {
  Extent extent{static_cast<std::uint32_t>(facts.size()), facts.rbegin()->first, std::nullopt,
                StandingAfter(facts.rbegin()->second)};
  if (extent.facts < extent.last_sequence) {
    // A gap keeps the time when it was first noticed, as long as there is one.
    extent.gap_noticed_at_us = before.gap_noticed_at_us.value_or(now_us);
  }
  return extent;
}

// The facts by aggregate, without those that are surely known: where there is no gap, all up to the
// last one. Aggregates without any are left out, unless they are to be repaired.
std::map<AggregateId, FactsBySequence> NewsOf(std::span<const Fact> facts,
                                              const std::map<AggregateId, Extent>& before,
                                              bool repair) {
  std::map<AggregateId, FactsBySequence> news;
  for (const Fact& fact : facts) {
    const Extent& extent = before.at(fact.aggregate);
    const bool has_gap = extent.facts < extent.last_sequence;
    if (!repair && !has_gap && fact.sequence <= extent.last_sequence) continue;
    FactsBySequence& of_aggregate = news[fact.aggregate];
    if (repair) {
      of_aggregate.insert_or_assign(fact.sequence, fact);
    } else {
      of_aggregate.emplace(fact.sequence, fact);
    }
  }
  return news;
}

// What a batch writes.
struct Changes {
  std::vector<Fact> facts;
  std::map<AggregateId, Extent> extents;
  std::vector<Contribution> contributions;
};

std::vector<Fact> Values(const FactsBySequence& facts) {
  std::vector<Fact> values;
  values.reserve(facts.size());
  for (const auto& [sequence, fact] : facts) values.push_back(fact);
  return values;
}

// Takes facts that follow the known ones and do not need them.
bool TakeNext(const AggregateId& aggregate, const FactsBySequence& added, const Extent& before,
              std::span<const Contribution> so_far, const Calendar& calendar, Changes& changes) {
  const std::uint32_t last = added.rbegin()->first;
  const bool follows =
      before.facts == before.last_sequence && last == before.last_sequence + added.size();
  if (before.facts == 0 || !follows) return false;
  const std::vector<Fact> next = Values(added);
  const auto contributions = ContributionsAfter(so_far, next, calendar);
  if (!contributions) return false;
  changes.facts.insert(changes.facts.end(), next.begin(), next.end());
  changes.extents[aggregate] = {last, last, std::nullopt, StandingAfter(next.back())};
  changes.contributions.insert(changes.contributions.end(), contributions->begin(),
                               contributions->end());
  return true;
}

// Adds to `all` what is new; false where nothing is. A repair also replaces what differs, and
// counts the aggregate again even if nothing does.
bool Merge(const FactsBySequence& added, FactsBySequence& all, bool repair,
           std::vector<Fact>& to_put) {
  bool changed = repair;
  for (const auto& [sequence, fact] : added) {
    const auto [place, is_new] = all.emplace(sequence, fact);
    if (!is_new && !(repair && place->second != fact)) continue;
    place->second = fact;
    to_put.push_back(fact);
    changed = true;
  }
  return changed;
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
  const std::map<AggregateId, Extent> before = book.Lock(AggregatesOf(facts));
  const std::map<AggregateId, FactsBySequence> news = NewsOf(facts, before, repair);
  if (news.empty()) return 0;
  std::vector<AggregateId> earlier;
  for (const auto& [aggregate, unused] : news) {
    if (before.at(aggregate).facts > 0 || repair) earlier.push_back(aggregate);
  }
  std::map<AggregateId, std::vector<Contribution>> counted;
  for (Contribution& one : book.ContributionsOf(earlier)) {
    counted[one.aggregate].push_back(std::move(one));
  }
  Changes changes;
  std::map<AggregateId, FactsBySequence> known;
  std::vector<AggregateId> to_load;
  for (const auto& [aggregate, added] : news) {
    const Extent& extent = before.at(aggregate);
    if (!repair && TakeNext(aggregate, added, extent, counted[aggregate], calendar_, changes)) {
      continue;
    }
    known[aggregate];
    if (extent.facts > 0 || repair) to_load.push_back(aggregate);
  }
  for (Fact& fact : book.FactsOf(to_load)) {
    known[fact.aggregate].emplace(fact.sequence, std::move(fact));
  }
  for (auto& [aggregate, all] : known) {
    if (!Merge(news.at(aggregate), all, repair, changes.facts)) continue;
    changes.extents[aggregate] = ExtentOf(all, before.at(aggregate), clock_.NowUs());
    const auto made = ContributionsOf(Values(all), calendar_);
    changes.contributions.insert(changes.contributions.end(), made.begin(), made.end());
  }
  if (changes.extents.empty()) return 0;
  std::vector<Contribution> replaced;
  for (const auto& [aggregate, extent] : changes.extents) {
    const auto& old_ones = counted[aggregate];
    replaced.insert(replaced.end(), old_ones.begin(), old_ones.end());
  }
  book.PutFacts(changes.facts, repair);
  book.PutExtents(changes.extents);
  book.ReplaceContributions(replaced, changes.contributions);
  return changes.facts.size();
}

}  // namespace redress::scoring
