#pragma once

// Recomputes a shop's figures from the histories of the services that own them, and compares them
// with the incremental ones, figure by figure. The incremental side is one snapshot; facts that
// reach it while the histories are read are waited for, and younger ones are read again, so that
// both sides are made of the same facts. What is still missing then is a mismatch.

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "services/scoring/domain/calendar.h"
#include "services/scoring/domain/fact_book.h"
#include "services/scoring/domain/figures.h"
#include "services/scoring/domain/intake.h"

namespace redress::scoring {

// The sources' own histories; nothing else is read by a rebuild. Throws when a source does not
// answer.
class History {
 public:
  using OnFacts = std::function<void(std::span<const Fact>)>;

  virtual ~History() = default;
  // Ordered by aggregate, then sequence.
  virtual void ReadShop(Source source, ShopId shop, const OnFacts& on_facts) = 0;
  virtual void ReadAggregate(const AggregateId& aggregate, const OnFacts& on_facts) = 0;
};

struct FirstAndLastDay {
  std::int64_t first = 0;
  std::int64_t last = 0;
};

// The incremental side at one moment.
struct FigureSnapshot {
  FigureData& figures;
  std::map<AggregateId, Extent> extents;  // also of aggregates that only have contributions
  std::optional<FirstAndLastDay> days;
};

class FigureArchive {
 public:
  virtual ~FigureArchive() = default;

  virtual std::map<AggregateId, Extent> Extents(ShopId shop) = 0;
  virtual void WithSnapshot(ShopId shop,
                            const std::function<void(const FigureSnapshot&)>& body) = 0;
  // Forgets aggregates with all that came from them.
  virtual void Remove(std::span<const AggregateId> aggregates) = 0;
  virtual void RewriteDailySums(ShopId shop) = 0;
};

struct Mismatch {
  std::string where;  // figure, day, agent and kind in words
  std::string incremental;
  std::string rebuilt;
};

struct RebuildReport {
  std::uint64_t events = 0;
  std::uint64_t values = 0;  // compared
  std::uint64_t mismatch_count = 0;
  std::vector<Mismatch> mismatches;  // the first 100
};

struct RebuildOptions {
  bool replace = false;
  std::int64_t catch_up_us = 10'000'000;  // how long incremental figures may lag
};

class Rebuild {
 public:
  Rebuild(History& history, FigureArchive& archive, Intake& intake, const Calendar& calendar);

  RebuildReport Run(ShopId shop, const RebuildOptions& options);

 private:
  struct Rebuilt {
    std::vector<Contribution> contributions;
    Extent extent;
  };
  using RebuiltShop = std::map<AggregateId, Rebuilt>;

  std::uint64_t Read(ShopId shop, RebuiltShop& rebuilt);
  void WaitForIncremental(ShopId shop, const RebuiltShop& rebuilt, std::int64_t catch_up_us);
  void ReadYounger(const FigureSnapshot& snapshot, RebuiltShop& rebuilt);
  void Replace(ShopId shop, const RebuiltShop& rebuilt);

  History& history_;
  FigureArchive& archive_;
  Intake& intake_;
  const Calendar& calendar_;
};

// Compares all figures of both sides over the days, per day and over the whole, of the shop and per
// agent.
void CompareFigures(ShopId shop, const FirstAndLastDay& days, FigureData& incremental,
                    FigureData& rebuilt, RebuildReport& report);

}  // namespace redress::scoring
