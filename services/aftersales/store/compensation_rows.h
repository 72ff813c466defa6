#pragma once

// Statements and rows of compensations and budgets, shared by batches and the repository.

#include <span>
#include <vector>

#include "services/aftersales/domain/stepper.h"
#include "services/platform/database/connection.h"

namespace redress::aftersales {

#define REDRESS_COMPENSATION_COLUMNS                                                 \
  "m.case_id, m.number, m.case_number, m.order_id, m.customer_id, m.kind, m.state, " \
  "m.version, m.currency, m.amount, m.reason, m.month, m.offered_by, m.decided_by, " \
  "m.taken_by, m.given_at_step, m.payment_reference, m.why, m.created_at, m.updated_at"
#define REDRESS_BUDGET_COLUMNS "b.month, b.account_id, b.currency, b.cap, b.spent, b.updated_at"

// Of rows that have shop_id, there or in front, and go on with the columns above.
Compensation ReadCompensation(platform::Result& result, int first_column = 0);
CompensationBudget ReadBudget(platform::Result& result);

// All compensations of the cases about whose compensations something is asked, and the budgets that
// the commands may change, locked in this order; budgets that are not there yet are put there.
void LockCompensations(platform::Connection& db, std::span<Command* const> commands,
                       LoadedBatch& rows);
void WriteCompensations(platform::Connection& db, const Changes& changes);

}  // namespace redress::aftersales
