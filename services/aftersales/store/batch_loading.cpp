#include "services/aftersales/store/batch_loading.h"

#include <set>
#include <vector>

#include "services/aftersales/domain/snapshot.h"
#include "services/aftersales/store/case_rows.h"
#include "services/aftersales/store/compensation_rows.h"
#include "services/aftersales/store/contact_refusals.h"
#include "services/aftersales/store/goods_rows.h"

namespace redress::aftersales {
namespace {

using platform::Connection;
using platform::Result;
using platform::Value;

constexpr char kFindRequestsHead[] =
    "SELECT s.origin, s.request_id, s.digest, s.snapshot, s.shop_id, " REDRESS_CASE_FIXED_COLUMNS
    " FROM steps s FORCE INDEX (steps_request) STRAIGHT_JOIN cases c"
    " ON c.shop_id = s.shop_id AND c.case_id = s.case_id"
    " WHERE (s.shop_id, s.origin, s.request_id) IN (";
const platform::MultiRow kFindRequests(kFindRequestsHead, 3, ")", 64);

template <class Keys>
std::vector<Value> ValuesOf(const Keys& keys) {
  std::vector<Value> values;
  values.reserve(keys.size() * 2);
  for (const auto& [shop, id] : keys) {
    values.emplace_back(shop);
    values.emplace_back(id);
  }
  return values;
}

void LockCases(Connection& db, std::span<Command* const> commands, LoadedBatch& rows) {
  std::set<CaseKey> keys;
  for (const Command* command : commands) {
    if (IsOpening(command->body)) continue;
    keys.emplace(command->shop, command->case_id);
  }
  kLockCases.Query(db, ValuesOf(keys), [&](Result& row) {
    Case loaded = ReadCase(row);
    const CaseKey key{loaded.shop, loaded.id};
    rows.cases.emplace(key, std::move(loaded));
  });
}

void LockTasks(Connection& db, std::span<Command* const> commands, LoadedBatch& rows) {
  std::set<TaskKey> keys;
  for (const auto& [key, loaded] : rows.cases) {
    for (const TaskId open : {loaded.inbound_task, loaded.send_back_task, loaded.outbound_task,
                              loaded.intercept_task}) {
      if (open) keys.emplace(loaded.shop, open);
    }
  }
  for (const Command* command : commands) {
    const auto* report = std::get_if<ReportOnTask>(&command->body);
    if (report != nullptr) keys.emplace(command->shop, report->task);
  }
  kLockTasks.Query(db, ValuesOf(keys), [&](Result& row) {
    WarehouseTask task = ReadTask(row);
    const TaskKey key{task.shop, task.id};
    rows.tasks.emplace(key, std::move(task));
  });
}

void LockLines(Connection& db, const std::set<LineKey>& keys, LoadedBatch& rows) {
  kLockLines.Query(db, ValuesOf(keys), [&](Result& row) {
    LedgerRow line = ReadLine(row);
    const LineKey key{line.shop, line.line};
    rows.ledger.insert_or_assign(key, std::move(line));
  });
}

// A line's first case has no row to lock: the row is put there, unless somebody else has just done
// so, and locked then. Two openings of a new line thus see the same row.
void LockNewLines(Connection& db, std::span<Command* const> commands, LoadedBatch& rows) {
  std::map<LineKey, LedgerRow> fresh;
  for (const Command* command : commands) {
    const auto* open = std::get_if<OpenCase>(&command->body);
    if (open == nullptr) continue;
    const LineKey key{command->shop, open->line.line};
    if (rows.ledger.contains(key)) continue;
    LedgerRow& row = fresh[key];
    row.shop = command->shop;
    BringUpToDate(row, open->line, 0);
  }
  if (fresh.empty()) return;
  std::vector<Value> values;
  std::set<LineKey> keys;
  for (const auto& [key, row] : fresh) {
    AppendLine(values, row);
    keys.insert(key);
  }
  kInsertNewLines.Execute(db, values);
  LockLines(db, keys, rows);
}

void LockSettlements(Connection& db, LoadedBatch& rows) {
  std::set<CaseKey> keys;
  for (const auto& [key, loaded] : rows.cases) {
    if (loaded.IsRefund() && loaded.Refund().settlement_attempt > 0) keys.insert(key);
  }
  kLockSettlements.Query(db, ValuesOf(keys), [&](Result& row) {
    Settlement settlement = ReadSettlement(row);
    const CaseKey key{settlement.shop, settlement.case_id};
    rows.settlements.emplace(key, std::move(settlement));
  });
}

// A step counts in its case's version: a command that saw the present one was not applied before.
// Should its request_id be another step's, the unique key says so, and the command runs once more.
bool IsNew(const Command& command, const LoadedBatch& rows) {
  if (!command.needs_version || command.request_known) return false;
  const auto found = rows.cases.find({command.shop, command.case_id});
  return found != rows.cases.end() && found->second.version == command.version;
}

void FindRequests(Connection& db, std::span<Command* const> commands, LoadedBatch& rows) {
  std::vector<Value> values;
  values.reserve(commands.size() * 3);
  for (const Command* command : commands) {
    if (IsNew(*command, rows)) continue;
    values.emplace_back(command->shop);
    values.emplace_back(static_cast<std::int64_t>(command->origin));
    values.emplace_back(command->request_id);
  }
  kFindRequests.Query(db, values, [&](Result& result) {
    RowCursor row(result);
    Origin origin{};
    std::string request_id;
    std::string snapshot;
    EarlierStep earlier;
    row >> origin, row >> request_id, row >> earlier.digest, row >> snapshot;
    ReadFixed(row, earlier.answer.after);
    DecodeSnapshot(snapshot, earlier.answer);
    const ShopId shop = earlier.answer.after.shop;
    rows.earlier.insert_or_assign(RequestKey{shop, origin, std::move(request_id)},
                                  std::move(earlier));
  });
}

// No row is locked for them: what another case writes meanwhile counts from its commit on.
void FindRefusals(Connection& db, LoadedBatch& rows) {
  std::set<CustomerKey> customers;
  for (const auto& [key, loaded] : rows.cases) {
    if (loaded.IsReview() && loaded.customer) customers.emplace(loaded.shop, loaded.customer);
  }
  if (!customers.empty()) rows.contact_refusals = FindContactRefusals(db, customers);
}

}  // namespace

LoadedBatch LoadBatch(Connection& db, std::span<Command* const> commands) {
  LoadedBatch rows;
  LockCases(db, commands, rows);
  LockTasks(db, commands, rows);
  std::set<LineKey> lines;
  for (const auto& [key, loaded] : rows.cases) {
    if (loaded.IsRefund()) lines.emplace(loaded.shop, loaded.line);
  }
  for (const Command* command : commands) {
    const auto* open = std::get_if<OpenCase>(&command->body);
    if (open != nullptr) lines.emplace(command->shop, open->line.line);
  }
  LockLines(db, lines, rows);
  LockNewLines(db, commands, rows);
  LockSettlements(db, rows);
  LockCompensations(db, commands, rows);
  FindRefusals(db, rows);
  FindRequests(db, commands, rows);
  return rows;
}

}  // namespace redress::aftersales
