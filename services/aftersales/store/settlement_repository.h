#pragma once

#include "services/aftersales/domain/settlement_repository.h"
#include "services/platform/database/pool.h"

namespace redress::aftersales {

class SqlSettlementRepository final : public SettlementRepository {
 public:
  explicit SqlSettlementRepository(platform::Pool& pool) : pool_(pool) {}

  std::optional<Settlement> Find(ShopId shop, CaseId id) override;
  std::vector<Settlement> List(const SettlementQuery& query) override;
  std::vector<Settlement> DueCommands(std::int64_t now_us, std::size_t limit) override;
  void MarkSent(const Settlement& sent, std::int64_t next_at) override;

 private:
  platform::Pool& pool_;
};

}  // namespace redress::aftersales
