#pragma once

#include "services/aftersales/domain/case_scan.h"
#include "services/platform/database/pool.h"

namespace redress::aftersales {

class SqlCaseScan final : public CaseScanRepository {
 public:
  explicit SqlCaseScan(platform::Pool& pool) : pool_(pool) {}

  std::vector<ScannedCase> Scan(ShopId shop, CaseId after, std::size_t limit) override;
  std::vector<LiveCase> Live(ShopId shop, CaseId after, std::size_t limit) override;

 private:
  platform::Pool& pool_;
};

}  // namespace redress::aftersales
