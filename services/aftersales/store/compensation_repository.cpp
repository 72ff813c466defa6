#include "services/aftersales/store/compensation_repository.h"

#include "services/aftersales/store/compensation_rows.h"
#include "services/aftersales/store/row_cursor.h"
#include "services/platform/database/transact.h"

namespace redress::aftersales {
namespace {

using platform::Connection;
using platform::Result;
using platform::Value;

constexpr char kOfCase[] = "SELECT m.shop_id, " REDRESS_COMPENSATION_COLUMNS
                           " FROM compensations m WHERE m.shop_id = ? AND m.case_id = ?"
                           " ORDER BY m.number LIMIT ?";
constexpr char kListOpen[] = "SELECT m.shop_id, " REDRESS_COMPENSATION_COLUMNS
                             " FROM compensations m FORCE INDEX (compensations_open)"
                             " WHERE m.shop_id = ? AND m.is_open = 1 AND m.case_id >= ?";
constexpr char kListState[] = "SELECT m.shop_id, " REDRESS_COMPENSATION_COLUMNS
                              " FROM compensations m FORCE INDEX (compensations_state)"
                              " WHERE m.shop_id = ? AND m.state = ? AND m.case_id >= ?";
constexpr char kOnlyKind[] = " AND m.kind = ?";
// The key ends in the primary key: case and number are its order.
constexpr char kBehind[] =
    " AND NOT (m.case_id = ? AND m.number <= ?) ORDER BY m.case_id, m.number LIMIT ?";
constexpr char kFindBudget[] = "SELECT b.shop_id, " REDRESS_BUDGET_COLUMNS
                               " FROM compensation_budgets b"
                               " WHERE b.shop_id = ? AND b.month = ? AND b.account_id = ?";

std::vector<Compensation> ReadAll(Result rows) {
  std::vector<Compensation> all;
  while (rows.Next()) all.push_back(ReadCompensation(rows));
  return all;
}

}  // namespace

std::vector<Compensation> SqlCompensationRepository::List(const CompensationQuery& query) {
  std::string sql = query.state ? kListState : kListOpen;
  std::vector<Value> values{query.shop};
  if (query.state) values.push_back(Number(*query.state));
  values.emplace_back(query.after_case);
  if (query.kind) {
    sql += kOnlyKind;
    values.push_back(Number(*query.kind));
  }
  sql += kBehind;
  values.insert(values.end(),
                {query.after_case, query.after_number, static_cast<std::int64_t>(query.limit)});
  return platform::Read(pool_, [&](Connection& db) { return ReadAll(db.Query(sql, values)); });
}

std::vector<Compensation> SqlCompensationRepository::Of(ShopId shop, CaseId id) {
  // A case has twenty at most; see kMostCompensations.
  return platform::Read(pool_, [&](Connection& db) {
    return ReadAll(db.Query(kOfCase, {shop, id, std::int64_t{100}}));
  });
}

CompensationBudget SqlCompensationRepository::Budget(ShopId shop, std::int32_t month,
                                                     AccountId account) {
  return platform::Read(pool_, [&](Connection& db) {
    Result rows = db.Query(kFindBudget, {shop, month, account});
    if (rows.Next()) return ReadBudget(rows);
    CompensationBudget empty;
    empty.shop = shop;
    empty.month = month;
    empty.account = account;
    return empty;
  });
}

}  // namespace redress::aftersales
