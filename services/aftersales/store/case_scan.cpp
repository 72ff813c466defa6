#include "services/aftersales/store/case_scan.h"

#include "services/aftersales/store/row_cursor.h"
#include "services/platform/database/transact.h"

namespace redress::aftersales {
namespace {

using platform::Connection;
using platform::Result;

// One statement, and so one moment: rows that belong together are read together, whatever is being
// written meanwhile. A dispute's line is not its money; without a line there is none to add up.
constexpr char kScan[] =
    "SELECT c.case_id, c.case_number, c.kind, c.state, c.final, c.deadline_rule,"
    " c.deadline_condition, c.due_at, c.warn_at, c.timer_at, c.reserved_amount, c.settled_amount,"
    " c.settled_by = 1, COALESCE(p.amount, 0), COALESCE(p.state, 0), l.line_id IS NOT NULL,"
    " COALESCE(l.reserved, 0), COALESCE(l.settled, 0),"
    " CAST(IF(c.line_id = 0, 0, COALESCE((SELECT SUM(x.reserved_amount) FROM cases x"
    " FORCE INDEX (cases_order) WHERE x.shop_id = c.shop_id AND x.order_id = c.order_id"
    " AND x.line_id = c.line_id), 0)) AS SIGNED),"
    " CAST(IF(c.line_id = 0, 0, COALESCE((SELECT SUM(x.settled_amount) FROM cases x"
    " FORCE INDEX (cases_order) WHERE x.shop_id = c.shop_id AND x.order_id = c.order_id"
    " AND x.line_id = c.line_id), 0)) AS SIGNED),"
    " (c.inbound_task_id <> 0) + (c.send_back_task_id <> 0) + (c.outbound_task_id <> 0)"
    " + (c.intercept_task_id <> 0),"
    " (SELECT COUNT(*) FROM warehouse_tasks t FORCE INDEX (warehouse_tasks_case)"
    " WHERE t.shop_id = c.shop_id AND t.case_id = c.case_id AND t.is_open AND t.task_id IN"
    " (c.inbound_task_id, c.send_back_task_id, c.outbound_task_id, c.intercept_task_id)),"
    " (SELECT COUNT(*) FROM warehouse_tasks t FORCE INDEX (warehouse_tasks_case)"
    " WHERE t.shop_id = c.shop_id AND t.case_id = c.case_id AND t.is_open),"
    " c.workflow_version = 0"
    " FROM (SELECT k.shop_id, k.case_id FROM cases k FORCE INDEX (PRIMARY)"
    " WHERE k.shop_id = ? AND k.case_id > ? ORDER BY k.case_id LIMIT ?) page"
    " STRAIGHT_JOIN cases c FORCE INDEX (PRIMARY)"
    " ON c.shop_id = page.shop_id AND c.case_id = page.case_id"
    " LEFT JOIN settlements p ON p.shop_id = c.shop_id AND p.case_id = c.case_id"
    " LEFT JOIN line_ledger l ON l.shop_id = c.shop_id AND l.line_id = c.line_id"
    " AND c.kind = 'refund' ORDER BY c.case_id";
constexpr char kLive[] =
    "SELECT case_id, case_number, kind, workflow_version, state, deadline_rule,"
    " deadline_condition FROM cases FORCE INDEX (PRIMARY)"
    " WHERE shop_id = ? AND case_id > ? AND final = 0 ORDER BY case_id LIMIT ?";

}  // namespace

std::vector<ScannedCase> SqlCaseScan::Scan(ShopId shop, CaseId after, std::size_t limit) {
  return platform::Read(pool_, [&](Connection& db) {
    std::vector<ScannedCase> cases;
    Result rows = db.Query(kScan, {shop, after, static_cast<std::int64_t>(limit)});
    while (rows.Next()) {
      ScannedCase& one = cases.emplace_back();
      RowCursor row(rows);
      row >> one.id, row >> one.number, row >> one.kind, row >> one.state, row >> one.final;
      row >> one.deadline_rule, row >> one.deadline_condition;
      row.Optional(one.due_at), row.Optional(one.warn_at), row.Optional(one.timer_at);
      row >> one.reserved, row >> one.settled, row >> one.settled_by_us;
      row >> one.payment_amount, row >> one.payment_state, row >> one.has_line;
      row >> one.line_reserved, row >> one.line_settled;
      row >> one.cases_reserved, row >> one.cases_settled;
      row >> one.awaited_tasks, row >> one.awaited_open_tasks, row >> one.open_tasks;
      row >> one.imported;
    }
    return cases;
  });
}

std::vector<LiveCase> SqlCaseScan::Live(ShopId shop, CaseId after, std::size_t limit) {
  return platform::Read(pool_, [&](Connection& db) {
    std::vector<LiveCase> cases;
    Result rows = db.Query(kLive, {shop, after, static_cast<std::int64_t>(limit)});
    while (rows.Next()) {
      LiveCase& one = cases.emplace_back();
      RowCursor row(rows);
      row >> one.id, row >> one.number, row >> one.kind, row >> one.workflow_version;
      row >> one.state, row >> one.deadline_rule, row >> one.deadline_condition;
    }
    return cases;
  });
}

}  // namespace redress::aftersales
