#pragma once

// Takes facts in: facts and figures change in one transaction, and the figures become what they
// would have been had every fact come once and on time.

#include <cstdint>
#include <span>

#include "services/platform/base/clock.h"
#include "services/scoring/domain/calendar.h"
#include "services/scoring/domain/fact_book.h"
#include "services/scoring/domain/facts.h"

namespace redress::scoring {

// Thread-safe.
class Intake {
 public:
  Intake(FactRepository& repository, const Calendar& calendar, const platform::Clock& clock);

  // Facts in any order, known ones among them. Answers how many were new. Every shop's zone has to
  // be known.
  std::size_t Take(std::span<const Fact> facts);

  // Takes the facts as the truth: known ones that differ are replaced, and the contributions of
  // their aggregates are computed anew. For rebuilds.
  void Repair(std::span<const Fact> facts);

 private:
  std::size_t Apply(FactBook& book, std::span<const Fact> facts, bool repair) const;

  FactRepository& repository_;
  const Calendar& calendar_;
  const platform::Clock& clock_;
};

}  // namespace redress::scoring
