#pragma once

// FigureData over contributions in memory: what a rebuild computes figures from.

#include <map>
#include <vector>

#include "services/scoring/domain/figures.h"

namespace redress::scoring {

class MemoryFigures final : public FigureData {
 public:
  // All of one shop.
  explicit MemoryFigures(std::vector<Contribution> contributions);

  std::vector<Sum> Sums(const Span& span, Measure measure) override;
  std::vector<Amount> Amounts(const Span& span, Measure measure) override;
  std::vector<Sum> DistinctOrders(const Span& span, Measure measure) override;

 private:
  template <class Use>
  void ForEach(const Span& span, Measure measure, Use use) const;

  std::map<Measure, std::vector<Contribution>> by_day_;  // each ascending by day
};

}  // namespace redress::scoring
