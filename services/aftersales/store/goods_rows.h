#pragma once

// The tables that a step changes beside the case: warehouse tasks and their reports, the line
// ledger, settlements.

#include <vector>

#include "services/aftersales/domain/stepper.h"
#include "services/aftersales/store/row_cursor.h"
#include "services/platform/database/rows.h"

namespace redress::aftersales {

#define REDRESS_TASK_COLUMNS                                                         \
  "t.task_id, t.case_id, t.kind, t.state, t.version, t.order_id, t.line_id,"         \
  " t.sku, t.title, t.quantity, t.carrier, t.tracking, t.claimed_by, t.lease_until," \
  " t.quantity_received, t.quantity_good, t.reason, t.case_state, t.created_at,"     \
  " t.updated_at, t.intercepted"
#define REDRESS_LEDGER_COLUMNS                                                 \
  "l.line_id, l.order_id, l.order_version, l.currency, l.ceiling, l.reserved," \
  " l.settled, l.shortfall, l.quantity, l.customer_id, l.order_paid_at,"       \
  " l.order_shipping, l.sku, l.title, l.updated_at, l.postage"
#define REDRESS_SETTLEMENT_COLUMNS                                             \
  "p.case_id, p.case_number, p.order_id, p.customer_id, p.currency, p.amount," \
  " p.state, p.attempts, p.payment_reference, p.reason, p.command, p.send_at," \
  " p.created_at, p.updated_at, p.out_attempt"

extern const platform::MultiRow kLockTasks;
extern const platform::MultiRow kWriteTasks;
extern const platform::MultiRow kInsertReports;
extern const platform::MultiRow kLockLines;
extern const platform::MultiRow kInsertNewLines;  // a line that is there already stays as it is
extern const platform::MultiRow kWriteLines;
extern const platform::MultiRow kLockSettlements;
extern const platform::MultiRow kWriteSettlements;

WarehouseTask ReadTask(platform::Result& row);
LedgerRow ReadLine(platform::Result& row);
Settlement ReadSettlement(platform::Result& row);
void AppendTask(std::vector<platform::Value>& values, const WarehouseTask& task);
void AppendReport(std::vector<platform::Value>& values, const ReportRow& report);
void AppendLine(std::vector<platform::Value>& values, const LedgerRow& line);
void AppendSettlement(std::vector<platform::Value>& values, const Settlement& settlement);

}  // namespace redress::aftersales
