#include "services/scoring/domain/figures.h"

#include <algorithm>
#include <cstdlib>
#include <map>
#include <utility>

#include "services/scoring/domain/exact.h"

namespace redress::scoring {
namespace {

constexpr std::int64_t kMicrosPerSecond = 1'000'000;

using Numbers = std::map<Cell, std::int64_t>;

// The cells of a figure that a contribution's cell counts in: its kind's, and that of all kinds.
std::vector<Cell> CellsOf(const Figure& figure, const Span& span, const Cell& cell) {
  Cell base = cell;
  if (!figure.per_currency) base.currency.clear();
  if (figure.kinds == Kinds::kNone) base.kind.clear();
  std::vector<Cell> cells{base};
  if (figure.kinds == Kinds::kAll && span.kind.empty()) {
    cells.push_back(base);
    cells.back().kind.clear();
  }
  return cells;
}

Numbers Collect(const Figure& figure, const Span& span, const Part& part, FigureData& data) {
  Span wanted = span;
  if (part.of_shop) {
    wanted.by_agent = false;
    wanted.agent = AccountId{};
    wanted.kind.clear();
  }
  Numbers numbers;
  const auto add = [&](const Cell& of, std::int64_t number) {
    // What nobody did counts for the shop only.
    if (wanted.by_agent && !of.agent) return;
    for (const Cell& cell : CellsOf(figure, wanted, of)) numbers[cell] += number;
  };
  if (part.term == Term::kPassed || part.term == Term::kMet) {
    for (const Amount& one : data.Amounts(wanted, part.measure)) {
      add(one.cell, Take(part.term, one.amount, 1, span.now_us));
    }
    return numbers;
  }
  const auto sums = part.term == Term::kDistinctOrders ? data.DistinctOrders(wanted, part.measure)
                                                       : data.Sums(wanted, part.measure);
  for (const Sum& sum : sums) add(sum.cell, Take(part.term, sum.amount, sum.count, span.now_us));
  return numbers;
}

std::int64_t Find(const Numbers& numbers, Cell cell, const Part& part) {
  if (part.of_shop) {
    cell.agent = AccountId{};
    cell.kind.clear();
  }
  const auto found = numbers.find(cell);
  return found == numbers.end() ? 0 : found->second;
}

std::map<Cell, std::vector<std::int64_t>> SortedAmounts(const Figure& figure, const Span& span,
                                                        FigureData& data) {
  std::map<Cell, std::vector<std::int64_t>> sorted;
  if (figure.quantiles.front() == 0) return sorted;
  for (const Amount& amount : data.Amounts(span, figure.numerator.measure)) {
    if (span.by_agent && !amount.cell.agent) continue;
    for (const Cell& cell : CellsOf(figure, span, amount.cell)) {
      sorted[cell].push_back(amount.amount);
    }
  }
  for (auto& [cell, amounts] : sorted) std::sort(amounts.begin(), amounts.end());
  return sorted;
}

std::string ValueText(const Figure& figure, std::int64_t numerator, std::int64_t denominator) {
  if (figure.unit == Unit::kRatio) return Ratio(numerator, denominator);
  // Seconds with six places are the mean in whole microseconds.
  const std::string micros = Ratio(numerator, denominator, 0);
  return Ratio(std::stoll(micros), kMicrosPerSecond);
}

void ComputeFigure(const Figure& figure, const Span& span, FigureData& data,
                   std::vector<FigureRow>& rows) {
  if (figure.only_by_agent && !span.by_agent) return;
  if (figure.kinds == Kinds::kNone && !span.kind.empty()) return;
  const Numbers numerators = Collect(figure, span, figure.numerator, data);
  const Numbers denominators = Collect(figure, span, figure.denominator, data);
  // A row stands where either side has something. An agent without a part of the numerator has no
  // row under the shop's denominator.
  std::map<Cell, std::int64_t> cells;
  for (const auto& [cell, number] : numerators) cells[cell];
  if (!figure.denominator.of_shop || !span.by_agent) {
    for (const auto& [cell, number] : denominators) cells[cell];
  }
  const auto amounts = SortedAmounts(figure, span, data);
  for (const auto& [cell, unused] : cells) {
    const std::int64_t denominator = Find(denominators, cell, figure.denominator);
    if (denominator == 0) continue;
    FigureRow row{&figure, cell, Find(numerators, cell, figure.numerator), denominator, "", {}};
    row.value = ValueText(figure, row.numerator, row.denominator);
    const auto of_cell = amounts.find(cell);
    for (const std::uint32_t permille : figure.quantiles) {
      if (permille == 0 || of_cell == amounts.end()) continue;
      row.quantiles.push_back({permille, Quantile(of_cell->second, permille)});
    }
    rows.push_back(std::move(row));
  }
}

}  // namespace

std::int64_t Take(Term term, std::int64_t amount, std::int64_t count, std::int64_t now_us) {
  switch (term) {
    case Term::kAmount:
      return amount;
    case Term::kCount:
    case Term::kDistinctOrders:
      return count;
    case Term::kPassed:
      return std::abs(amount) <= now_us / kMicrosPerSecond ? 1 : 0;
    case Term::kMet:
      return amount > 0 && amount <= now_us / kMicrosPerSecond ? 1 : 0;
  }
  return 0;
}

std::vector<FigureRow> ComputeFigures(const Span& span, std::span<const Figure* const> figures,
                                      FigureData& data) {
  std::vector<FigureRow> rows;
  for (const Figure* figure : figures) ComputeFigure(*figure, span, data, rows);
  return rows;
}

}  // namespace redress::scoring
