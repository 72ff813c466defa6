#pragma once

#include "services/aftersales/domain/compensation_repository.h"
#include "services/platform/database/pool.h"

namespace redress::aftersales {

class SqlCompensationRepository final : public CompensationRepository {
 public:
  explicit SqlCompensationRepository(platform::Pool& pool) : pool_(pool) {}

  std::vector<Compensation> List(const CompensationQuery& query) override;
  std::vector<Compensation> Of(ShopId shop, CaseId id) override;
  CompensationBudget Budget(ShopId shop, std::int32_t month, AccountId account) override;

 private:
  platform::Pool& pool_;
};

}  // namespace redress::aftersales
