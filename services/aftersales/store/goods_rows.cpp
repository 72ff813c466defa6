#include "services/aftersales/store/goods_rows.h"

#include "services/aftersales/domain/task_report.h"

namespace redress::aftersales {
namespace {

constexpr std::size_t kMaxRows = 64;

constexpr char kLockTasksHead[] = "SELECT t.shop_id, " REDRESS_TASK_COLUMNS
                                  " FROM warehouse_tasks t FORCE INDEX (PRIMARY)"
                                  " WHERE (t.shop_id, t.task_id) IN (";
constexpr char kLockTasksTail[] = ") ORDER BY t.shop_id, t.task_id FOR UPDATE";
constexpr char kWriteTasksHead[] =
    "INSERT INTO warehouse_tasks (shop_id, task_id, case_id, kind, state, is_open, version,"
    " order_id, line_id, sku, title, quantity, carrier, tracking, claimed_by, lease_until,"
    " quantity_received, quantity_good, reason, case_state, created_at, updated_at,"
    " intercepted) VALUES ";
constexpr char kWriteTasksTail[] =
    " ON DUPLICATE KEY UPDATE shop_id = VALUES(shop_id), state = VALUES(state), is_open = "
    "VALUES(is_open),"
    " version = VALUES(version), carrier = VALUES(carrier), tracking = VALUES(tracking),"
    " claimed_by = VALUES(claimed_by), lease_until = VALUES(lease_until),"
    " quantity_received = VALUES(quantity_received), quantity_good = VALUES(quantity_good),"
    " reason = VALUES(reason), case_state = VALUES(case_state), updated_at = VALUES(updated_at),"
    " intercepted = VALUES(intercepted)";
constexpr char kInsertReportsHead[] =
    "INSERT INTO task_reports (shop_id, wms_reference, task_id, case_id, sequence, kind, quantity,"
    " reason, reported_by, reported_at) VALUES ";

constexpr char kLockLinesHead[] = "SELECT l.shop_id, " REDRESS_LEDGER_COLUMNS
                                  " FROM line_ledger l FORCE INDEX (PRIMARY)"
                                  " WHERE (l.shop_id, l.line_id) IN (";
constexpr char kLockLinesTail[] = ") ORDER BY l.shop_id, l.line_id FOR UPDATE";
constexpr char kInsertNewLinesHead[] =
    "INSERT IGNORE INTO line_ledger (shop_id, line_id, order_id, order_version, currency, ceiling,"
    " reserved, settled, shortfall, quantity, customer_id, order_paid_at, order_shipping, sku,"
    " title, updated_at, postage) VALUES ";
constexpr char kWriteLinesHead[] =
    "INSERT INTO line_ledger (shop_id, line_id, order_id, order_version, currency, ceiling,"
    " reserved, settled, shortfall, quantity, customer_id, order_paid_at, order_shipping, sku,"
    " title, updated_at, postage) VALUES ";
constexpr char kWriteLinesTail[] =
    " ON DUPLICATE KEY UPDATE shop_id = VALUES(shop_id), order_id = VALUES(order_id), "
    "order_version = VALUES(order_version),"
    " currency = VALUES(currency), ceiling = VALUES(ceiling), reserved = VALUES(reserved),"
    " settled = VALUES(settled), shortfall = VALUES(shortfall), quantity = VALUES(quantity),"
    " customer_id = VALUES(customer_id), order_paid_at = VALUES(order_paid_at),"
    " order_shipping = VALUES(order_shipping), sku = VALUES(sku), title = VALUES(title),"
    " updated_at = VALUES(updated_at), postage = VALUES(postage)";

constexpr char kLockSettlementsHead[] = "SELECT p.shop_id, " REDRESS_SETTLEMENT_COLUMNS
                                        " FROM settlements p FORCE INDEX (PRIMARY)"
                                        " WHERE (p.shop_id, p.case_id) IN (";
constexpr char kLockSettlementsTail[] = ") ORDER BY p.shop_id, p.case_id FOR UPDATE";
constexpr char kWriteSettlementsHead[] =
    "INSERT INTO settlements (shop_id, case_id, case_number, order_id, customer_id, currency,"
    " amount, state, attempts, payment_reference, reason, command, send_at, created_at,"
    " updated_at) VALUES ";
constexpr char kWriteSettlementsTail[] =
    " ON DUPLICATE KEY UPDATE shop_id = VALUES(shop_id), amount = VALUES(amount), state = "
    "VALUES(state),"
    " attempts = VALUES(attempts), payment_reference = VALUES(payment_reference),"
    " reason = VALUES(reason), command = VALUES(command), send_at = VALUES(send_at),"
    " updated_at = VALUES(updated_at)";

}  // namespace

const platform::MultiRow kLockTasks(kLockTasksHead, 2, kLockTasksTail, kMaxRows);
const platform::MultiRow kWriteTasks(kWriteTasksHead, 23, kWriteTasksTail, kMaxRows);
const platform::MultiRow kInsertReports(kInsertReportsHead, 10, "", kMaxRows);
const platform::MultiRow kLockLines(kLockLinesHead, 2, kLockLinesTail, kMaxRows);
const platform::MultiRow kInsertNewLines(kInsertNewLinesHead, 17, "", kMaxRows);
const platform::MultiRow kWriteLines(kWriteLinesHead, 17, kWriteLinesTail, kMaxRows);
const platform::MultiRow kLockSettlements(kLockSettlementsHead, 2, kLockSettlementsTail, kMaxRows);
const platform::MultiRow kWriteSettlements(kWriteSettlementsHead, 15, kWriteSettlementsTail,
                                           kMaxRows);

WarehouseTask ReadTask(platform::Result& result) {
  WarehouseTask t;
  RowCursor row(result);
  row >> t.shop, row >> t.id, row >> t.case_id, row >> t.kind, row >> t.state;
  row >> t.version, row >> t.order, row >> t.line, row >> t.sku, row >> t.title;
  row >> t.quantity, row >> t.carrier, row >> t.tracking, row >> t.claimed_by;
  row.Optional(t.lease_until);
  row >> t.quantity_received, row >> t.quantity_good, row >> t.reason, row >> t.case_state;
  row >> t.created_at, row >> t.updated_at, row >> t.intercepted;
  return t;
}

LedgerRow ReadLine(platform::Result& result) {
  LedgerRow l;
  RowCursor row(result);
  row >> l.shop, row >> l.line, row >> l.order, row >> l.order_version, row >> l.currency;
  row >> l.ceiling, row >> l.reserved, row >> l.settled, row >> l.shortfall;
  row >> l.quantity, row >> l.customer, row >> l.order_paid_at, row >> l.shipping;
  row >> l.sku, row >> l.title, row >> l.updated_at, row >> l.postage;
  return l;
}

Settlement ReadSettlement(platform::Result& result) {
  Settlement p;
  RowCursor row(result);
  row >> p.shop, row >> p.case_id, row >> p.case_number, row >> p.order, row >> p.customer;
  row >> p.currency, row >> p.amount, row >> p.state, row >> p.attempts;
  row >> p.payment_reference, row >> p.reason, row >> p.command;
  row.Optional(p.send_at);
  row >> p.created_at, row >> p.updated_at, row >> p.out_attempt;
  return p;
}

void AppendTask(std::vector<platform::Value>& values, const WarehouseTask& t) {
  values.insert(values.end(), {t.shop,
                               t.id,
                               t.case_id,
                               Number(t.kind),
                               Number(t.state),
                               std::int64_t{t.IsOpen()},
                               t.version,
                               t.order,
                               t.line,
                               t.sku,
                               t.title,
                               t.quantity,
                               t.carrier,
                               t.tracking,
                               t.claimed_by,
                               NullIfZero(t.lease_until),
                               t.quantity_received,
                               t.quantity_good,
                               t.reason,
                               t.case_state,
                               t.created_at,
                               t.updated_at,
                               Number(t.intercepted)});
}

void AppendReport(std::vector<platform::Value>& values, const ReportRow& r) {
  values.insert(values.end(),
                {r.shop, r.wms_reference, r.task, r.case_id, r.sequence, Number(KindOf(r.report)),
                 QuantityOf(r.report), ReasonOf(r.report), r.reported_by, r.reported_at});
}

void AppendLine(std::vector<platform::Value>& values, const LedgerRow& l) {
  values.insert(values.end(),
                {l.shop, l.line, l.order, l.order_version, l.currency, l.ceiling, l.reserved,
                 l.settled, l.shortfall, l.quantity, l.customer, l.order_paid_at,
                 Number(l.shipping), l.sku, l.title, l.updated_at, std::int64_t{l.postage}});
}

void AppendSettlement(std::vector<platform::Value>& values, const Settlement& p) {
  values.insert(values.end(),
                {p.shop, p.case_id, p.case_number, p.order, p.customer, p.currency, p.amount,
                 Number(p.state), p.attempts, p.payment_reference, p.reason, Number(p.command),
                 NullIfZero(p.send_at), p.created_at, p.updated_at});
}

}  // namespace redress::aftersales
