#include "services/scoring/domain/rebuild.h"

#include <algorithm>
#include <chrono>
#include <thread>
#include <utility>

#include "services/scoring/domain/memory_figures.h"

namespace redress::scoring {
namespace {

constexpr Source kSources[] = {Source::kOrder, Source::kAftersales};
constexpr std::size_t kFactsPerRepair = 500;
constexpr auto kLookAgainAfter = std::chrono::milliseconds(100);

Extent ExtentOf(std::span<const Fact> facts) {
  Extent extent{static_cast<std::uint32_t>(facts.size()), 0, std::nullopt};
  for (const Fact& fact : facts) {
    extent.last_sequence = std::max(extent.last_sequence, fact.sequence);
  }
  return extent;
}

FirstAndLastDay DaysOf(const std::optional<FirstAndLastDay>& incremental,
                       std::span<const Contribution> rebuilt) {
  FirstAndLastDay days = incremental.value_or(FirstAndLastDay{0, -1});
  for (const Contribution& one : rebuilt) {
    if (days.last < days.first) days = {one.day, one.day};
    days.first = std::min(days.first, one.day);
    days.last = std::max(days.last, one.day);
  }
  return days;
}

}  // namespace

Rebuild::Rebuild(History& history, FigureArchive& archive, Intake& intake, const Calendar& calendar)
    : history_(history), archive_(archive), intake_(intake), calendar_(calendar) {}

std::uint64_t Rebuild::Read(ShopId shop, RebuiltShop& rebuilt) {
  std::uint64_t events = 0;
  std::vector<Fact> facts;  // of the aggregate that is being read
  const auto finish = [&] {
    if (facts.empty()) return;
    rebuilt[facts.front().aggregate] = {ContributionsOf(facts, calendar_), ExtentOf(facts)};
    facts.clear();
  };
  for (const Source source : kSources) {
    history_.ReadShop(source, shop, [&](std::span<const Fact> page) {
      events += page.size();
      for (const Fact& fact : page) {
        if (!facts.empty() && facts.front().aggregate != fact.aggregate) finish();
        facts.push_back(fact);
      }
    });
    finish();
  }
  return events;
}

void Rebuild::WaitForIncremental(ShopId shop, const RebuiltShop& rebuilt,
                                 std::int64_t catch_up_us) {
  const auto give_up = std::chrono::steady_clock::now() + std::chrono::microseconds(catch_up_us);
  for (;;) {
    const auto extents = archive_.Extents(shop);
    const bool caught_up = std::all_of(rebuilt.begin(), rebuilt.end(), [&](const auto& entry) {
      const auto found = extents.find(entry.first);
      return found != extents.end() && found->second.facts >= entry.second.extent.facts;
    });
    if (caught_up || std::chrono::steady_clock::now() >= give_up) return;
    std::this_thread::sleep_for(kLookAgainAfter);
  }
}

void Rebuild::ReadYounger(const FigureSnapshot& snapshot, RebuiltShop& rebuilt) {
  for (const auto& [aggregate, extent] : snapshot.extents) {
    const auto found = rebuilt.find(aggregate);
    if (found != rebuilt.end() && found->second.extent.last_sequence >= extent.last_sequence) {
      continue;
    }
    std::vector<Fact> facts;
    history_.ReadAggregate(aggregate, [&](std::span<const Fact> page) {
      for (const Fact& fact : page) {
        if (fact.sequence <= extent.last_sequence) facts.push_back(fact);
      }
    });
    if (facts.empty()) continue;  // the source knows nothing of it: a mismatch
    rebuilt[aggregate] = {ContributionsOf(facts, calendar_), ExtentOf(facts)};
  }
}

RebuildReport Rebuild::Run(ShopId shop, const RebuildOptions& options) {
  RebuildReport report;
  RebuiltShop rebuilt;
  report.events = Read(shop, rebuilt);
  WaitForIncremental(shop, rebuilt, options.catch_up_us);
  archive_.WithSnapshot(shop, [&](const FigureSnapshot& snapshot) {
    ReadYounger(snapshot, rebuilt);
    std::vector<Contribution> contributions;
    for (const auto& [aggregate, one] : rebuilt) {
      contributions.insert(contributions.end(), one.contributions.begin(), one.contributions.end());
    }
    const FirstAndLastDay days = DaysOf(snapshot.days, contributions);
    MemoryFigures figures(std::move(contributions));
    CompareFigures(shop, days, snapshot.figures, figures, report);
  });
  // Also where no figure differs: a fact may differ that a later event would bring to light.
  if (options.replace) Replace(shop, rebuilt);
  return report;
}

void Rebuild::Replace(ShopId shop, const RebuiltShop& rebuilt) {
  for (const Source source : kSources) {
    history_.ReadShop(source, shop, [&](std::span<const Fact> page) {
      for (std::size_t from = 0; from < page.size(); from += kFactsPerRepair) {
        intake_.Repair(page.subspan(from, std::min(kFactsPerRepair, page.size() - from)));
      }
    });
  }
  std::vector<AggregateId> unknown;
  for (const auto& [aggregate, extent] : archive_.Extents(shop)) {
    if (rebuilt.count(aggregate) != 0) continue;
    bool exists = false;  // it may be younger than what was read
    history_.ReadAggregate(aggregate, [&](std::span<const Fact> page) { exists = !page.empty(); });
    if (!exists) unknown.push_back(aggregate);
  }
  archive_.Remove(unknown);
  archive_.RewriteDailySums(shop);
}

}  // namespace redress::scoring
