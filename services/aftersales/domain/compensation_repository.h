#pragma once

// Compensations and budgets as they are stored; only steps write them.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "services/aftersales/domain/compensation.h"

namespace redress::aftersales {

// Oldest case first. Without a state: the open ones.
struct CompensationQuery {
  ShopId shop;
  std::optional<CompensationState> state;
  std::optional<CompensationKind> kind;
  // Behind this one.
  CaseId after_case;
  std::uint32_t after_number = 0;
  std::size_t limit = 50;
};

class CompensationRepository {
 public:
  virtual ~CompensationRepository() = default;

  virtual std::vector<Compensation> List(const CompensationQuery& query) = 0;
  // All of one case, oldest first.
  virtual std::vector<Compensation> Of(ShopId shop, CaseId id) = 0;
  // Nothing was offered in that month: an empty one.
  virtual CompensationBudget Budget(ShopId shop, std::int32_t month, AccountId account) = 0;
};

}  // namespace redress::aftersales
