#pragma once

// Figures as a supervisor reads them, and what an e2e test compares them with.

#include <redress/scoring/v1/figure_service.pb.h>

#include <map>
#include <string>

#include "tests/e2e/shop.h"
#include "tests/e2e/stack.h"

namespace redress::e2e {

// Days in the shop's zone (UTC+8 throughout in these tests) as YYYY-MM-DD.
std::string DayOf(std::int64_t us);

// A span of days, both included. A test compares over a span: what it does may begin before
// midnight and end after it.
struct Days {
  std::string from, to;
};
// Yesterday to tomorrow.
Days Around(std::int64_t us);
inline Days Only(const std::string& day) { return {day, day}; }

// All figures of the shop over a span of days, as "figure|day|agent|kind" →
// "numerator/denominator/value/quantiles".
std::map<std::string, std::string> AllFigures(Shop& shop, const std::string& from_day,
                                              const std::string& to_day);

// numerator and denominator of one figure of the shop over the days; {0, 0} when it is absent.
std::pair<std::int64_t, std::int64_t> FigureOf(Shop& shop, const std::string& figure,
                                               const Days& days, const std::string& kind);

// Recomputes the shop's figures from the events; answers how many differed from the incremental
// ones, and how many were compared.
struct Rebuilt {
  std::uint64_t values = 0;
  std::uint64_t mismatches = 0;
  std::uint64_t events = 0;
};
Rebuilt Rebuild(Shop& shop);

}  // namespace redress::e2e
