#include "services/scoring/domain/memory_figures.h"

#include <algorithm>
#include <set>
#include <utility>

namespace redress::scoring {
namespace {

bool KindMatches(const std::string& kind, const std::string& wanted) {
  return wanted.empty() || kind == wanted || kind.rfind(wanted + ":", 0) == 0;
}

Cell CellOf(const Span& span, const Contribution& one) {
  return {span.by_day ? one.day : 0, span.by_agent ? one.agent : AccountId{}, one.kind,
          one.currency};
}

}  // namespace

MemoryFigures::MemoryFigures(std::vector<Contribution> contributions) {
  for (Contribution& one : contributions) by_day_[one.measure].push_back(std::move(one));
  for (auto& [measure, ones] : by_day_) {
    std::stable_sort(ones.begin(), ones.end(),
                     [](const Contribution& a, const Contribution& b) { return a.day < b.day; });
  }
}

template <class Use>
void MemoryFigures::ForEach(const Span& span, Measure measure, Use use) const {
  const auto found = by_day_.find(measure);
  if (found == by_day_.end()) return;
  auto one = std::lower_bound(
      found->second.begin(), found->second.end(), span.from_day,
      [](const Contribution& contribution, std::int64_t day) { return contribution.day < day; });
  for (; one != found->second.end() && one->day <= span.to_day; ++one) {
    if (span.agent && one->agent != span.agent) continue;
    if (KindMatches(one->kind, span.kind)) use(*one);
  }
}

std::vector<Sum> MemoryFigures::Sums(const Span& span, Measure measure) {
  std::map<Cell, Sum> sums;
  ForEach(span, measure, [&](const Contribution& one) {
    Sum& sum = sums[CellOf(span, one)];
    sum.amount += one.amount;
    sum.count += one.count;
  });
  std::vector<Sum> found;
  found.reserve(sums.size());
  for (auto& [cell, sum] : sums) found.push_back({cell, sum.amount, sum.count});
  return found;
}

std::vector<Amount> MemoryFigures::Amounts(const Span& span, Measure measure) {
  std::vector<Amount> amounts;
  ForEach(span, measure, [&](const Contribution& one) {
    amounts.push_back({CellOf(span, one), one.amount});
  });
  return amounts;
}

std::vector<Sum> MemoryFigures::DistinctOrders(const Span& span, Measure measure) {
  std::map<Cell, std::set<OrderId>> orders;
  ForEach(span, measure, [&](const Contribution& one) {
    Cell cell = CellOf(span, one);
    cell.kind.clear();
    if (one.order) orders[cell].insert(one.order);
  });
  std::vector<Sum> found;
  found.reserve(orders.size());
  for (const auto& [cell, different] : orders) {
    found.push_back({cell, 0, static_cast<std::int64_t>(different.size())});
  }
  return found;
}

}  // namespace redress::scoring
