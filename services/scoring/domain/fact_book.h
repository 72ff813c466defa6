#pragma once

// The repository of facts and of what follows from them, as one transaction sees it.

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "services/scoring/domain/contribution.h"
#include "services/scoring/domain/facts.h"

namespace redress::scoring {

// Where a case stands after its last known step; empty for what is no case.
struct Standing {
  std::string kind = {};
  std::string state = {};
  std::uint32_t workflow_version = 0;

  bool operator==(const Standing&) const = default;
};

// What is known of one aggregate's facts. Sequences count from 1 without gaps at the source, so
// fewer facts than the last sequence mean that some are missing.
struct Extent {
  std::uint32_t facts = 0;
  std::uint32_t last_sequence = 0;
  std::optional<std::int64_t> gap_noticed_at_us;
  Standing stands = {};  // written with the rest; not read back by Lock

  bool operator==(const Extent&) const = default;
};

// Used inside one transaction. Aggregates are locked, in ascending order, before anything of them
// is read or written.
class FactBook {
 public:
  virtual ~FactBook() = default;

  // Locks the aggregates, making those that are new; answers their extents.
  virtual std::map<AggregateId, Extent> Lock(std::span<const AggregateId> ascending) = 0;
  virtual std::vector<Fact> FactsOf(std::span<const AggregateId> aggregates) = 0;
  virtual std::vector<Contribution> ContributionsOf(std::span<const AggregateId> aggregates) = 0;

  // Adds facts whose keys are new; `overwrite` also replaces known ones.
  virtual void PutFacts(std::span<const Fact> facts, bool overwrite) = 0;
  virtual void PutExtents(const std::map<AggregateId, Extent>& extents) = 0;
  // Changes the contributions and the daily sums that they are part of.
  virtual void ReplaceContributions(std::span<const Contribution> old_ones,
                                    std::span<const Contribution> new_ones) = 0;
};

class FactRepository {
 public:
  virtual ~FactRepository() = default;

  // Runs the body in a transaction and commits; the body may run several times.
  virtual void InTransaction(const std::function<void(FactBook&)>& body) = 0;
};

}  // namespace redress::scoring
