#include "services/aftersales/store/settlement_repository.h"

#include "services/aftersales/store/goods_rows.h"
#include "services/platform/database/transact.h"

namespace redress::aftersales {
namespace {

using platform::Connection;
using platform::Result;
using platform::Value;

constexpr char kFindSettlement[] = "SELECT p.shop_id, " REDRESS_SETTLEMENT_COLUMNS
                                   " FROM settlements p WHERE p.shop_id = ? AND p.case_id = ?";
constexpr char kListSettlements[] = "SELECT p.shop_id, " REDRESS_SETTLEMENT_COLUMNS
                                    " FROM settlements p WHERE p.shop_id = ? AND p.case_id > ?";
constexpr char kOnlyState[] = " AND p.state = ?";
// Pending, failed and unknown: 2 is settled, 5 cancelled.
constexpr char kOnlyUnpaid[] = " AND p.state IN (1, 3, 4)";
constexpr char kByCase[] = " ORDER BY p.case_id LIMIT ?";
constexpr char kDueCommands[] = "SELECT p.shop_id, " REDRESS_SETTLEMENT_COLUMNS
                                " FROM settlements p FORCE INDEX (settlements_send)"
                                " WHERE p.send_at <= ? ORDER BY p.send_at LIMIT ?";
constexpr char kMarkSent[] =
    "UPDATE settlements SET command = ?, send_at = ?"
    " WHERE shop_id = ? AND case_id = ? AND command = ? AND attempts = ?";

std::vector<Settlement> ReadSettlements(Result rows) {
  std::vector<Settlement> settlements;
  while (rows.Next()) settlements.push_back(ReadSettlement(rows));
  return settlements;
}

}  // namespace

std::optional<Settlement> SqlSettlementRepository::Find(ShopId shop, CaseId id) {
  return platform::Read(pool_, [&](Connection& db) -> std::optional<Settlement> {
    Result rows = db.Query(kFindSettlement, {shop, id});
    if (!rows.Next()) return std::nullopt;
    return ReadSettlement(rows);
  });
}

std::vector<Settlement> SqlSettlementRepository::List(const SettlementQuery& query) {
  std::string sql = kListSettlements;
  std::vector<Value> values{query.shop, query.after};
  if (query.state) {
    sql += kOnlyState;
    values.push_back(Number(*query.state));
  } else {
    sql += kOnlyUnpaid;
  }
  sql += kByCase;
  values.emplace_back(static_cast<std::int64_t>(query.limit));
  return platform::Read(pool_,
                        [&](Connection& db) { return ReadSettlements(db.Query(sql, values)); });
}

std::vector<Settlement> SqlSettlementRepository::DueCommands(std::int64_t now_us,
                                                             std::size_t limit) {
  return platform::Read(pool_, [&](Connection& db) {
    return ReadSettlements(db.Query(kDueCommands, {now_us, static_cast<std::int64_t>(limit)}));
  });
}

void SqlSettlementRepository::MarkSent(const Settlement& sent, std::int64_t next_at) {
  const SettlementCommand next = next_at == 0 ? SettlementCommand::kNone : sent.command;
  platform::Transact(pool_, [&](Connection& db) {
    db.Execute(kMarkSent, {Number(next), NullIfZero(next_at), sent.shop, sent.case_id,
                           Number(sent.command), sent.attempts});
  });
}

}  // namespace redress::aftersales
