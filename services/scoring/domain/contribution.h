#pragma once

// What one case, order or adjustment adds to the figures. Figures are sums over contributions, and
// contributions are a pure function of the facts of their aggregate: that is why late, repeated and
// unordered events end in the same figures.

#include <compare>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "services/scoring/domain/calendar.h"
#include "services/scoring/domain/facts.h"

namespace redress::scoring {

// What is summed. The numbers are stored.
enum class Measure : std::uint8_t {
  kCases = 1,           // by opening day: amount 1 when it has an outcome, else 0
  kHandlingTime = 2,    // by outcome day: opened → outcome, µs
  kTimeInState = 3,     // by outcome day: time in one state until the outcome, µs
  kRefundTime = 4,      // by settlement day: opened → money settled, µs
  kRefunded = 5,        // by settlement day: money, minor units
  kRefundedCohort = 6,  // the same money by the order's payment day
  kSales = 7,           // by payment day: what the order paid, minor units
  // Of disputes, by opening day:
  kDisputes = 8,        // amount 1 when it has an outcome, else 0
  kDueDisputes = 9,     // when it is to be resolved by, s; negative unless the outcome came before
  kFirstContact = 10,   // opened → buyer contacted, µs
  kContactInTime = 11,  // of those contacted: 1 when it was within an hour, else 0
  // Of reviews with an outcome, by its day: amount 1 when revised or removed, else 0. Reviews that
  // no buyer can revise are a measure of their own.
  kReviews = 80,
  kUnrevisableReviews = 81,
};

struct Contribution {
  AggregateId aggregate = {};
  Measure measure = Measure::kCases;
  std::int64_t day = 0;  // in the shop's zone, from 1970-01-01 = 0
  AccountId agent = {};  // none: counts for the shop only
  // The kind of case; with kTimeInState "<kind>:<state>"; empty where the thing is not a case.
  std::string kind = {};
  std::string currency = {};  // of money; empty otherwise
  OrderId order = {};
  std::int64_t amount = 0;
  std::int64_t count = 1;

  auto operator<=>(const Contribution&) const = default;
};

// The contributions of one aggregate from its facts, which may be incomplete and in any order.
// At most one per (measure, kind); sorted by it.
std::vector<Contribution> ContributionsOf(std::span<const Fact> facts, const Calendar& calendar);

// The same after `next`, the facts that follow those which gave `so_far`, in order; without looking
// at the earlier ones. Until a case has an outcome its newest step says everything, and that is
// most steps. Nothing where all facts are needed.
std::optional<std::vector<Contribution>> ContributionsAfter(std::span<const Contribution> so_far,
                                                            std::span<const Fact> next,
                                                            const Calendar& calendar);

}  // namespace redress::scoring
