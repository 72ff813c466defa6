#pragma once

// Computes the values of figures from what is stored (or rebuilt): sums per group, and for
// durations the single amounts.

#include <compare>
#include <cstdint>
#include <limits>
#include <span>
#include <string>
#include <vector>

#include "services/scoring/domain/catalogue.h"
#include "services/scoring/domain/contribution.h"

namespace redress::scoring {

// A span of days and how it is cut up.
struct Span {
  ShopId shop = {};
  std::int64_t from_day = 0;
  std::int64_t to_day = 0;  // inclusive
  bool by_day = false;
  bool by_agent = false;
  AccountId agent = {};   // only this one's; none: everybody's
  std::string kind = {};  // only this one's; empty: all
  // Moments up to here have passed. All, where two sides are compared that know the same facts.
  std::int64_t now_us = std::numeric_limits<std::int64_t>::max();
};

// What of one thing's amount and count a term takes.
std::int64_t Take(Term term, std::int64_t amount, std::int64_t count, std::int64_t now_us);

// One cell of the cut. Fields that the span is not cut by are empty.
struct Cell {
  std::int64_t day = 0;
  AccountId agent = {};
  std::string kind = {};
  std::string currency = {};

  auto operator<=>(const Cell&) const = default;
};

struct Sum {
  Cell cell = {};
  std::int64_t amount = 0;
  std::int64_t count = 0;
};

struct Amount {
  Cell cell = {};
  std::int64_t amount = 0;
};

// Where the numbers come from. Cells always carry kind and currency; day and agent as the span
// says. Kind and agent of the span filter; "<kind>:<state>" matches its kind.
class FigureData {
 public:
  virtual ~FigureData() = default;

  virtual std::vector<Sum> Sums(const Span& span, Measure measure) = 0;
  // The amount of every contribution.
  virtual std::vector<Amount> Amounts(const Span& span, Measure measure) = 0;
  // Different orders, in `count`; kind is left empty.
  virtual std::vector<Sum> DistinctOrders(const Span& span, Measure measure) = 0;
};

struct QuantileValue {
  std::uint32_t permille = 0;
  std::int64_t amount = 0;

  bool operator==(const QuantileValue&) const = default;
};

struct FigureRow {
  const Figure* figure = nullptr;
  Cell cell = {};
  std::int64_t numerator = 0;
  std::int64_t denominator = 0;
  std::string value = {};  // ratio, or seconds
  std::vector<QuantileValue> quantiles = {};

  bool operator==(const FigureRow&) const = default;
};

// Rows in the order of the catalogue, then by cell. A row without a denominator is absent.
std::vector<FigureRow> ComputeFigures(const Span& span, std::span<const Figure* const> figures,
                                      FigureData& data);

}  // namespace redress::scoring
