#include "services/aftersales/store/late_report_repository.h"

#include <optional>

#include "services/aftersales/store/row_cursor.h"
#include "services/platform/database/requests.h"
#include "services/platform/database/rows.h"
#include "services/platform/database/transact.h"

namespace redress::aftersales {
namespace {

using platform::Connection;
using platform::Result;
using platform::Value;

constexpr std::size_t kMaxRows = 64;
constexpr char kInsertLateHead[] =
    "INSERT INTO late_reports (shop_id, case_id, sequence, task_id, reason, reported_at) VALUES ";
const platform::MultiRow kInsertLate(kInsertLateHead, 6, "", kMaxRows);

#define REDRESS_LATE_REPORT                                                      \
  "SELECT l.shop_id, l.case_id, l.sequence, l.task_id, l.reason, l.reported_at," \
  " c.case_number, l.seen_by, l.seen_at FROM late_reports l"
constexpr char kListWaiting[] = REDRESS_LATE_REPORT
    " FORCE INDEX (late_reports_waiting)"
    " JOIN cases c ON c.shop_id = l.shop_id AND c.case_id = l.case_id"
    " WHERE l.shop_id = ? AND l.seen_at = 0 AND (l.reported_at > ? OR (l.reported_at = ?"
    " AND (l.case_id > ? OR (l.case_id = ? AND l.sequence > ?))))"
    " ORDER BY l.reported_at, l.case_id, l.sequence LIMIT ?";
constexpr char kFindLate[] = REDRESS_LATE_REPORT
    " JOIN cases c ON c.shop_id = l.shop_id AND c.case_id = l.case_id"
    " WHERE l.shop_id = ? AND l.case_id = ? AND l.sequence = ?";
constexpr char kMarkSeen[] =
    "UPDATE late_reports SET seen_by = ?, seen_at = ?"
    " WHERE shop_id = ? AND case_id = ? AND sequence = ? AND seen_at = 0";

KeptLateReport ReadLate(Result& result) {
  KeptLateReport kept;
  RowCursor row(result);
  row >> kept.report.shop, row >> kept.report.case_id, row >> kept.report.sequence;
  row >> kept.report.task, row >> kept.report.reason, row >> kept.report.reported_at;
  row >> kept.case_number, row >> kept.seen_by, row >> kept.seen_at;
  return kept;
}

}  // namespace

void WriteLateReports(Connection& db, std::span<const LateReport> reports) {
  if (reports.empty()) return;
  std::vector<Value> values;
  for (const LateReport& one : reports) {
    values.insert(values.end(),
                  {one.shop, one.case_id, one.sequence, one.task, one.reason, one.reported_at});
  }
  kInsertLate.Execute(db, values);
}

std::vector<KeptLateReport> SqlLateReports::Waiting(ShopId shop, const LateReportPosition& after,
                                                    std::size_t limit) {
  return platform::Read(pool_, [&](Connection& db) {
    std::vector<KeptLateReport> found;
    Result rows =
        db.Query(kListWaiting, {shop, after.reported_at, after.reported_at, after.case_id,
                                after.case_id, after.sequence, static_cast<std::int64_t>(limit)});
    while (rows.Next()) found.push_back(ReadLate(rows));
    return found;
  });
}

KeptLateReport SqlLateReports::Acknowledge(ShopId shop, CaseId of_case, std::uint32_t sequence,
                                           const WriteRequest& request, AccountId by,
                                           std::int64_t now_us) {
  return platform::Transact(pool_, [&](Connection& db) {
    const auto first =
        platform::FindAnswer(db, shop, platform::kClientOrigin, request.request_id, request.digest);
    if (!first) db.Execute(kMarkSeen, {by, now_us, shop, of_case, sequence});
    Result rows = db.Query(kFindLate, {shop, of_case, sequence});
    if (!rows.Next()) {
      throw platform::NotFound("late report",
                               platform::ToString(of_case) + "/" + std::to_string(sequence));
    }
    KeptLateReport kept = ReadLate(rows);
    // What the first call answered is what stands in the row ever since.
    if (!first) {
      platform::RememberAnswer(db, shop, platform::kClientOrigin, request.request_id,
                               request.digest, "", now_us);
    }
    return kept;
  });
}

}  // namespace redress::aftersales
