#pragma once

#include <span>

#include "services/aftersales/domain/late_reports.h"
#include "services/platform/database/pool.h"

namespace redress::aftersales {

// Within the transaction of the steps that made them.
void WriteLateReports(platform::Connection& db, std::span<const LateReport> reports);

class SqlLateReports final : public LateReports {
 public:
  explicit SqlLateReports(platform::Pool& pool) : pool_(pool) {}

  std::vector<KeptLateReport> Waiting(ShopId shop, const LateReportPosition& after,
                                      std::size_t limit) override;
  KeptLateReport Acknowledge(ShopId shop, CaseId of_case, std::uint32_t sequence,
                             const WriteRequest& request, AccountId by,
                             std::int64_t now_us) override;

 private:
  platform::Pool& pool_;
};

}  // namespace redress::aftersales
