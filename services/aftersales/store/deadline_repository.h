#pragma once

#include "services/aftersales/domain/deadline_repository.h"
#include "services/platform/database/pool.h"

namespace redress::aftersales {

class SqlDeadlineRepository final : public DeadlineRepository {
 public:
  explicit SqlDeadlineRepository(platform::Pool& pool) : pool_(pool) {}

  std::vector<DueTimer> Due(std::int64_t now_us, std::size_t limit) override;
  std::size_t CountDue(std::int64_t now_us, std::size_t most) override;
  std::vector<DeadlineRuleRow> OwnRules(ShopId shop) override;
  DeadlineRuleRow SetRule(ShopId shop, const WriteRequest& request, const DeadlineRuleRow& rule,
                          AccountId set_by, std::int64_t now_us) override;

 private:
  platform::Pool& pool_;
};

}  // namespace redress::aftersales
