#include "services/aftersales/store/compensation_rows.h"

#include <set>

#include "services/aftersales/store/row_cursor.h"
#include "services/platform/database/rows.h"

namespace redress::aftersales {
namespace {

using platform::Connection;
using platform::Result;
using platform::Value;

constexpr std::size_t kMaxRows = 64;

constexpr char kLockHead[] = "SELECT m.shop_id, " REDRESS_COMPENSATION_COLUMNS
                             " FROM compensations m FORCE INDEX (PRIMARY)"
                             " WHERE (m.shop_id, m.case_id) IN (";
constexpr char kLockTail[] = ") ORDER BY m.shop_id, m.case_id, m.number FOR UPDATE";
constexpr char kWriteHead[] =
    "INSERT INTO compensations (shop_id, case_id, number, case_number, order_id, customer_id, kind,"
    " state, is_open, version, currency, amount, reason, month, offered_by, decided_by, taken_by,"
    " given_at_step, payment_reference, why, created_at, updated_at) VALUES ";
constexpr char kWriteTail[] =
    " ON DUPLICATE KEY UPDATE shop_id = VALUES(shop_id), state = VALUES(state),"
    " is_open = VALUES(is_open), version = VALUES(version), decided_by = VALUES(decided_by),"
    " taken_by = VALUES(taken_by), given_at_step = VALUES(given_at_step),"
    " payment_reference = VALUES(payment_reference), why = VALUES(why),"
    " updated_at = VALUES(updated_at)";
constexpr char kLockBudgetsHead[] = "SELECT b.shop_id, " REDRESS_BUDGET_COLUMNS
                                    " FROM compensation_budgets b FORCE INDEX (PRIMARY)"
                                    " WHERE (b.shop_id, b.month, b.account_id) IN (";
constexpr char kLockBudgetsTail[] = ") ORDER BY b.shop_id, b.month, b.account_id FOR UPDATE";
constexpr char kInsertBudgetsHead[] =
    "INSERT IGNORE INTO compensation_budgets (shop_id, month, account_id, currency, cap, spent,"
    " updated_at) VALUES ";
constexpr char kWriteBudgetsHead[] =
    "INSERT INTO compensation_budgets (shop_id, month, account_id, currency, cap, spent,"
    " updated_at) VALUES ";
constexpr char kWriteBudgetsTail[] =
    " ON DUPLICATE KEY UPDATE shop_id = VALUES(shop_id), currency = VALUES(currency),"
    " cap = VALUES(cap), spent = VALUES(spent), updated_at = VALUES(updated_at)";

const platform::MultiRow kLock(kLockHead, 2, kLockTail, kMaxRows);
const platform::MultiRow kWrite(kWriteHead, 22, kWriteTail, kMaxRows);
const platform::MultiRow kLockBudgets(kLockBudgetsHead, 3, kLockBudgetsTail, kMaxRows);
const platform::MultiRow kInsertBudgets(kInsertBudgetsHead, 7, "", kMaxRows);
const platform::MultiRow kWriteBudgets(kWriteBudgetsHead, 7, kWriteBudgetsTail, kMaxRows);

void AppendBudget(std::vector<Value>& values, const CompensationBudget& b) {
  values.insert(values.end(),
                {b.shop, b.month, b.account, b.currency, b.cap, b.spent, b.updated_at});
}

void Append(std::vector<Value>& values, const Compensation& m) {
  values.insert(values.end(), {m.shop,
                               m.case_id,
                               m.number,
                               m.case_number,
                               m.order,
                               m.customer,
                               Number(m.kind),
                               Number(m.state),
                               std::int64_t{IsOpen(m.state)},
                               m.version,
                               m.currency,
                               m.amount,
                               m.reason,
                               m.month,
                               m.offered_by,
                               m.decided_by,
                               m.taken_by,
                               m.given_at_step,
                               m.payment_reference,
                               m.why,
                               m.created_at,
                               m.updated_at});
}

void LockBudgets(Connection& db, const std::set<BudgetKey>& keys, LoadedBatch& rows) {
  std::vector<Value> values;
  for (const auto& [shop, month, account] : keys) {
    values.insert(values.end(), {shop, month, account});
  }
  kLockBudgets.Query(db, values, [&](Result& row) {
    CompensationBudget budget = ReadBudget(row);
    const BudgetKey key{budget.shop, budget.month, budget.account};
    rows.budgets.insert_or_assign(key, std::move(budget));
  });
}

// A month begins without a row: it is put there, unless somebody else has just done so, and locked
// then.
void LockNewBudgets(Connection& db, const std::set<BudgetKey>& keys, LoadedBatch& rows) {
  std::set<BudgetKey> fresh;
  std::vector<Value> values;
  for (const BudgetKey& key : keys) {
    if (rows.budgets.contains(key)) continue;
    CompensationBudget budget;
    std::tie(budget.shop, budget.month, budget.account) = key;
    static const std::string no_currency;
    values.insert(values.end(), {budget.shop, budget.month, budget.account, no_currency,
                                 std::int64_t{0}, std::int64_t{0}, std::int64_t{0}});
    fresh.insert(key);
  }
  if (fresh.empty()) return;
  kInsertBudgets.Execute(db, values);
  LockBudgets(db, fresh, rows);
}

// Whether the move may give back what the month holds.
bool MayGiveBack(const MoveCompensation& move) {
  return move.act == CompensationAct::kDecline || move.act == CompensationAct::kCancel ||
         (move.act == CompensationAct::kRecord && move.result == CompensationState::kFailed);
}

}  // namespace

Compensation ReadCompensation(Result& result, int first_column) {
  Compensation m;
  RowCursor row(result, first_column);
  row >> m.shop, row >> m.case_id, row >> m.number, row >> m.case_number, row >> m.order;
  row >> m.customer, row >> m.kind, row >> m.state, row >> m.version, row >> m.currency;
  row >> m.amount, row >> m.reason, row >> m.month, row >> m.offered_by, row >> m.decided_by;
  row >> m.taken_by, row >> m.given_at_step, row >> m.payment_reference, row >> m.why;
  row >> m.created_at, row >> m.updated_at;
  return m;
}

CompensationBudget ReadBudget(Result& result) {
  CompensationBudget b;
  RowCursor row(result);
  row >> b.shop, row >> b.month, row >> b.account, row >> b.currency, row >> b.cap;
  row >> b.spent, row >> b.updated_at;
  return b;
}

void LockCompensations(Connection& db, std::span<Command* const> commands, LoadedBatch& rows) {
  std::set<CaseKey> cases;
  std::set<CompensationKey> given_back;
  std::set<BudgetKey> budgets;
  for (const Command* command : commands) {
    const auto* offer = std::get_if<OfferCompensation>(&command->body);
    const auto* move = std::get_if<MoveCompensation>(&command->body);
    if (offer == nullptr && move == nullptr) continue;
    const CaseKey key{command->shop, command->case_id};
    if (!rows.cases.contains(key)) continue;
    cases.insert(key);
    if (offer != nullptr) {
      budgets.emplace(command->shop, offer->month, command->sender.account);
    } else if (MayGiveBack(*move)) {
      given_back.emplace(command->shop, command->case_id, move->number);
    }
  }
  if (cases.empty()) return;
  std::vector<Value> keys;
  for (const auto& [shop, id] : cases) keys.insert(keys.end(), {shop, id});
  kLock.Query(db, keys, [&](Result& row) {
    Compensation one = ReadCompensation(row);
    const CompensationKey key{one.shop, one.case_id, one.number};
    if (IsOpen(one.state) && given_back.contains(key)) {
      budgets.emplace(one.shop, one.month, one.offered_by);
    }
    rows.compensations.emplace(key, std::move(one));
  });
  LockBudgets(db, budgets, rows);
  LockNewBudgets(db, budgets, rows);
}

void WriteCompensations(Connection& db, const Changes& changes) {
  std::vector<Value> values;
  for (const Compensation& one : changes.compensations) Append(values, one);
  if (!values.empty()) kWrite.Execute(db, values);
  std::vector<Value> budgets;
  for (const CompensationBudget& one : changes.budgets) AppendBudget(budgets, one);
  if (!budgets.empty()) kWriteBudgets.Execute(db, budgets);
}

}  // namespace redress::aftersales
