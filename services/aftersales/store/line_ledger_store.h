#pragma once

#include "services/aftersales/domain/ledger_updates.h"
#include "services/platform/database/pool.h"

namespace redress::aftersales {

class SqlLedgerStore final : public LedgerStore {
 public:
  explicit SqlLedgerStore(platform::Pool& pool) : pool_(pool) {}

  std::vector<std::uint32_t> KnownVersions(std::span<const OrderKey> orders) override;
  std::vector<LedgerRow> BringUpToDate(std::span<const LineNews> news,
                                       std::int64_t now_us) override;
  std::vector<CaseId> OpenCasesOf(ShopId shop, OrderId order, LineId line) override;

 private:
  platform::Pool& pool_;
};

}  // namespace redress::aftersales
