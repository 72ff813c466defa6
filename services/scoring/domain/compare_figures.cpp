#include <map>
#include <utility>

#include "services/platform/time_zone/time_zone.h"
#include "services/scoring/domain/rebuild.h"

namespace redress::scoring {
namespace {

constexpr std::size_t kMismatchesShown = 100;
constexpr std::int64_t kDaysAtOnce = 400;

using RowKey = std::pair<const Figure*, Cell>;

std::map<RowKey, FigureRow> RowsOf(const Span& span, FigureData& data) {
  std::vector<const Figure*> figures;
  for (const Figure& figure : Catalogue()) figures.push_back(&figure);
  std::map<RowKey, FigureRow> rows;
  for (FigureRow& row : ComputeFigures(span, figures, data)) {
    RowKey key(row.figure, row.cell);
    rows.emplace(std::move(key), std::move(row));
  }
  return rows;
}

std::string Text(const FigureRow* row) {
  if (row == nullptr) return "absent";
  std::string text = row->value + " (" + std::to_string(row->numerator) + " / " +
                     std::to_string(row->denominator) + ")";
  for (const QuantileValue& quantile : row->quantiles) {
    text += " p" + std::to_string(quantile.permille) + "=" + std::to_string(quantile.amount);
  }
  return text;
}

std::string Where(const Span& span, const RowKey& key) {
  const auto& [figure, cell] = key;
  std::string where = std::string(figure->id);
  where += span.by_day
               ? ", " + platform::DayText(cell.day)
               : ", " + platform::DayText(span.from_day) + " to " + platform::DayText(span.to_day);
  where += cell.agent ? ", agent " + ToString(cell.agent) : ", shop";
  if (!cell.kind.empty()) where += ", kind " + cell.kind;
  if (!cell.currency.empty()) where += ", " + cell.currency;
  return where;
}

void CompareRow(const Span& span, const RowKey& key, const FigureRow* incremental,
                const FigureRow* rebuilt, RebuildReport& report) {
  ++report.values;
  if (incremental != nullptr && rebuilt != nullptr && *incremental == *rebuilt) return;
  ++report.mismatch_count;
  if (report.mismatches.size() < kMismatchesShown) {
    report.mismatches.push_back({Where(span, key), Text(incremental), Text(rebuilt)});
  }
}

void CompareSpan(const Span& span, FigureData& incremental, FigureData& rebuilt,
                 RebuildReport& report) {
  const auto ours = RowsOf(span, incremental);
  const auto theirs = RowsOf(span, rebuilt);
  for (const auto& [key, row] : theirs) {
    const auto found = ours.find(key);
    CompareRow(span, key, found == ours.end() ? nullptr : &found->second, &row, report);
  }
  for (const auto& [key, row] : ours) {
    if (theirs.count(key) == 0) CompareRow(span, key, &row, nullptr, report);
  }
}

}  // namespace

void CompareFigures(ShopId shop, const FirstAndLastDay& days, FigureData& incremental,
                    FigureData& rebuilt, RebuildReport& report) {
  for (const bool by_agent : {false, true}) {
    Span span;
    span.shop = shop;
    span.from_day = days.first;
    span.to_day = days.last;
    span.by_agent = by_agent;
    CompareSpan(span, incremental, rebuilt, report);
    span.by_day = true;
    for (std::int64_t first = days.first; first <= days.last; first += kDaysAtOnce) {
      span.from_day = first;
      span.to_day = std::min(days.last, first + kDaysAtOnce - 1);
      CompareSpan(span, incremental, rebuilt, report);
    }
  }
}

}  // namespace redress::scoring
