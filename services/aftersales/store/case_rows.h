#pragma once

// The table `cases` as statements and mappings; column lists and mappings name the columns in the
// same order. Each list follows a `shop_id` that the statement itself names.

#include <vector>

#include "services/aftersales/domain/case_fields.h"
#include "services/aftersales/store/row_cursor.h"
#include "services/platform/database/rows.h"

namespace redress::aftersales {

// Columns fixed at opening, then those that steps change. `c.` is the table's alias in every
// statement that uses them.
#define REDRESS_CASE_FIXED_COLUMNS                                  \
  "c.case_id, c.case_number, c.order_id, c.line_id, c.customer_id," \
  " c.currency, c.reason, c.platform_refund_id, c.opened_at, c.order_paid_at, c.platform"
#define REDRESS_CASE_CHANGING_COLUMNS                                                   \
  "c.state, c.final, c.version, c.workflow_version, c.updated_at, c.assignee_id,"       \
  " c.priority, c.needs_person, c.person_queue, c.variant, c.quantity, c.amount_asked," \
  " c.proposed_amount, c.proposed_by, c.approved_amount, c.approved_how,"               \
  " c.approved_by, c.goods, c.return_shipping, c.inspection, c.offered_amount,"         \
  " c.reserved_amount, c.settled_amount, c.shortfall, c.settled_by,"                    \
  " c.settlement_attempt, c.failed_attempts, c.settlement_unknown, c.ending,"           \
  " c.platform_closed, c.platform_intervened, c.return_carrier, c.return_tracking,"     \
  " c.back_carrier, c.back_tracking, c.inbound_task_id, c.send_back_task_id,"           \
  " c.replacement, c.interception, c.replacement_carrier, c.replacement_tracking,"      \
  " c.outbound_task_id, c.intercept_task_id,"                                           \
  " c.deadline_rule, c.deadline_condition, c.deadline_number, c.deadline_repeated,"     \
  " c.due_at, c.warn_at, c.last_hash, c.triage, c.progress, c.dispute_id,"              \
  " c.not_returnable"
#define REDRESS_CASE_COLUMNS REDRESS_CASE_FIXED_COLUMNS ", " REDRESS_CASE_CHANGING_COLUMNS

inline constexpr int kCaseFixedColumns = 12;
inline constexpr int kCaseColumns = 66;  // with the shop_id before them

// (shop, case) keys, which are locked in the order of the primary key.
extern const platform::MultiRow kLockCases;
// New cases are inserted and nothing else: a duplicate of a unique key (a platform's refund) is an
// error, where kWriteCases would change the case that has it.
extern const platform::MultiRow kInsertCases;
extern const platform::MultiRow kWriteCases;
// The same for kinds that keep their progress packed: refunds' statements stay as narrow as they
// can be.
extern const platform::MultiRow kInsertPackedCases;
extern const platform::MultiRow kWritePackedCases;

// Reads on from the cursor's column.
void ReadFixed(RowCursor& row, Case& into);
// Throws std::runtime_error for packed progress that no version has written.
Case ReadCase(platform::Result& row);
// The same for looking into a row that anybody may have altered: what is wrong with it goes to
// `beside`, and what cannot be read is left as the default.
Case ReadSuspect(platform::Result& row, std::vector<Difference>& beside);

// Whether the row is one of kWritePackedCases.
bool IsPacked(const Case& of);
// Appends the values of one row of kWriteCases; texts stay with `from`. A row of kWritePackedCases
// has its EncodeProgress besides.
void AppendCase(std::vector<platform::Value>& values, const Case& from);

}  // namespace redress::aftersales
