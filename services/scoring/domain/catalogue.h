#pragma once

// The catalogue of figures as data: served by an RPC, shown beside each figure, and what the
// computation goes by. A figure is added by adding an entry.

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include "services/scoring/domain/contribution.h"

namespace redress::scoring {

enum class Unit : std::uint8_t { kRatio, kDuration };
enum class Direction : std::uint8_t { kHigher, kLower };

// What of a measure's contributions is taken.
enum class Term : std::uint8_t {
  kAmount,          // sum of the amounts
  kCount,           // number of things
  kDistinctOrders,  // number of different orders, over the whole span
  // Amounts are moments in seconds, negative for what was missed; see Measure::kDueDisputes.
  kPassed,  // number of those that lie in the past, met or missed
  kMet,     // number of those that lie in the past and were met
};

struct Part {
  Measure measure = Measure::kCases;
  Term term = Term::kAmount;
  // The shop's even in an agent's row: what one agent refunded ÷ what the whole shop sold.
  bool of_shop = false;
};

// Which rows a figure has beside the shop's.
enum class Kinds : std::uint8_t {
  kNone,     // kinds of case do not apply
  kAll,      // a row per kind and one for all kinds together
  kOnlyEach  // a row per kind only
};

struct Figure {
  std::string_view id;
  std::string_view name_zh;
  std::string_view name_en;
  std::string_view formula_zh;
  std::string_view formula_en;
  Unit unit = Unit::kRatio;
  Direction direction = Direction::kHigher;
  Part numerator;
  Part denominator;
  Kinds kinds = Kinds::kNone;
  bool per_currency = false;  // the amounts are money
  bool only_by_agent = false;
  std::array<std::uint32_t, 3> quantiles{};  // permille of the numerator's amounts; 0: none
};

std::span<const Figure> Catalogue();

// Null for an unknown id.
const Figure* FindFigure(std::string_view id);

}  // namespace redress::scoring
