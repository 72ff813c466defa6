#include "tests/unit/aftersales/verified.h"

namespace redress::aftersales {

HistoryReport VerifyAs(std::string_view kind, std::span<const Step> steps, const Case& row) {
  HistoryCheck check(row.shop, row.id);
  for (const Step& step : steps) check.Take(step, nullptr);
  return std::move(check).Finish(StoredCase{row, std::string(kind), row.TimerAt()});
}

std::string Told(const HistoryReport& report) {
  std::string text;
  for (const Finding& finding : report.findings) {
    text += std::to_string(finding.sequence) + " " + finding.field + ": expected " +
            finding.expected + ", found " + finding.found + "\n";
  }
  return text;
}

}  // namespace redress::aftersales
