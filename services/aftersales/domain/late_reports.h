#pragma once

// What was reported on cases that had ended, by a warehouse or of a compensation that failed, until
// a person has looked at it: an ended case stands in no queue.

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "services/aftersales/domain/request.h"
#include "services/aftersales/domain/stepper.h"

namespace redress::aftersales {

// A late report as it is kept.
struct KeptLateReport {
  LateReport report;
  std::uint64_t case_number = 0;
  AccountId seen_by;         // 0: nobody yet
  std::int64_t seen_at = 0;  // 0: not yet
};

// The last report of the page before.
struct LateReportPosition {
  std::int64_t reported_at = 0;
  CaseId case_id;
  std::uint32_t sequence = 0;
};

class LateReports {
 public:
  virtual ~LateReports() = default;

  // Those that nobody has looked at, oldest first, after a position.
  virtual std::vector<KeptLateReport> Waiting(ShopId shop, const LateReportPosition& after,
                                              std::size_t limit) = 0;
  // Who looked first stays; NOT_FOUND for a step that is no late report.
  virtual KeptLateReport Acknowledge(ShopId shop, CaseId of_case, std::uint32_t sequence,
                                     const WriteRequest& request, AccountId by,
                                     std::int64_t now_us) = 0;
};

}  // namespace redress::aftersales
