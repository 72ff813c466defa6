#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "services/aftersales/domain/deadline_rules.h"
#include "services/aftersales/domain/request.h"

namespace redress::aftersales {

// A case whose armed deadline is due, or at half time.
struct DueTimer {
  ShopId shop;
  CaseId case_id;
  std::int64_t number = 0;
  std::int64_t due_at = 0;
  std::int64_t warn_at = 0;  // 0: the supervisor was warned
};

class DeadlineRepository {
 public:
  virtual ~DeadlineRepository() = default;

  // Of all shops, the longest due first.
  virtual std::vector<DueTimer> Due(std::int64_t now_us, std::size_t limit) = 0;
  // How many timers are due now, counted up to `most`.
  virtual std::size_t CountDue(std::int64_t now_us, std::size_t most) = 0;

  virtual std::vector<DeadlineRuleRow> OwnRules(ShopId shop) = 0;
  // Stores one row; a repeat answers what the first call stored.
  virtual DeadlineRuleRow SetRule(ShopId shop, const WriteRequest& request,
                                  const DeadlineRuleRow& rule, AccountId set_by,
                                  std::int64_t now_us) = 0;
};

}  // namespace redress::aftersales
