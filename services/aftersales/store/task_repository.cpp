#include "services/aftersales/store/task_repository.h"

#include "services/aftersales/domain/snapshot.h"
#include "services/aftersales/store/goods_rows.h"
#include "services/platform/database/requests.h"
#include "services/platform/database/transact.h"

namespace redress::aftersales {
namespace {

using platform::Connection;
using platform::Result;
using platform::Value;

constexpr char kFindTask[] = "SELECT t.shop_id, " REDRESS_TASK_COLUMNS
                             " FROM warehouse_tasks t WHERE t.shop_id = ? AND t.task_id = ?";
constexpr char kListTasks[] = "SELECT t.shop_id, " REDRESS_TASK_COLUMNS
                              " FROM warehouse_tasks t WHERE t.shop_id = ? AND t.task_id > ?";
constexpr char kOnlyOpen[] = " AND t.is_open = 1";
constexpr char kOnlyState[] = " AND t.state = ?";
constexpr char kOnlyCase[] = " AND t.case_id = ?";
constexpr char kByTask[] = " ORDER BY t.task_id LIMIT ?";
constexpr char kListChanges[] =
    "SELECT t.shop_id, " REDRESS_TASK_COLUMNS
    " FROM warehouse_tasks t FORCE INDEX (warehouse_tasks_changes)"
    " WHERE t.shop_id = ? AND t.updated_at >= ? ORDER BY t.updated_at LIMIT ?";
constexpr char kFindExpired[] =
    "SELECT shop_id, task_id FROM warehouse_tasks FORCE INDEX (warehouse_tasks_lease)"
    " WHERE lease_until <= ? ORDER BY lease_until LIMIT ?";

constexpr char kInsertGoods[] =
    "INSERT IGNORE INTO unexpected_goods (shop_id, record_id, wms_reference, digest, carrier,"
    " tracking, sku, quantity, reported_by, created_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
constexpr char kFindGoods[] =
    "SELECT shop_id, record_id, wms_reference, digest, carrier, tracking, sku, quantity,"
    " reported_by, created_at FROM unexpected_goods WHERE shop_id = ? AND wms_reference = ?";
constexpr char kListGoods[] =
    "SELECT shop_id, record_id, wms_reference, digest, carrier, tracking, sku, quantity,"
    " reported_by, created_at FROM unexpected_goods WHERE shop_id = ? AND record_id < ?"
    " ORDER BY record_id DESC LIMIT ?";

std::vector<WarehouseTask> ReadTasks(Result rows) {
  std::vector<WarehouseTask> tasks;
  while (rows.Next()) tasks.push_back(ReadTask(rows));
  return tasks;
}

std::optional<WarehouseTask> LockTask(Connection& db, ShopId shop, TaskId id) {
  std::optional<WarehouseTask> task;
  const Value key[] = {shop, id};
  kLockTasks.Query(db, key, [&](Result& row) { task = ReadTask(row); });
  return task;
}

void WriteTask(Connection& db, const WarehouseTask& task) {
  std::vector<Value> values;
  AppendTask(values, task);
  kWriteTasks.Execute(db, values);
}

UnexpectedGoods ReadGoods(Result& result) {
  UnexpectedGoods g;
  RowCursor row(result);
  row >> g.shop, row >> g.record_id, row >> g.wms_reference, row >> g.digest;
  row >> g.carrier, row >> g.tracking, row >> g.sku, row >> g.quantity;
  row >> g.reported_by, row >> g.created_at;
  return g;
}

}  // namespace

std::optional<WarehouseTask> SqlTaskRepository::Find(ShopId shop, TaskId id) {
  return platform::Read(pool_, [&](Connection& db) -> std::optional<WarehouseTask> {
    Result rows = db.Query(kFindTask, {shop, id});
    if (!rows.Next()) return std::nullopt;
    return ReadTask(rows);
  });
}

std::vector<WarehouseTask> SqlTaskRepository::List(const TaskQuery& query) {
  std::string sql = kListTasks;
  std::vector<Value> values{query.shop, query.after};
  if (query.state) {
    sql += kOnlyState;
    values.push_back(Number(*query.state));
  } else if (!query.of_case) {
    sql += kOnlyOpen;
  }
  if (query.of_case) {
    sql += kOnlyCase;
    values.emplace_back(query.of_case);
  }
  sql += kByTask;
  values.emplace_back(static_cast<std::int64_t>(query.limit));
  return platform::Read(pool_, [&](Connection& db) { return ReadTasks(db.Query(sql, values)); });
}

std::vector<WarehouseTask> SqlTaskRepository::ChangedSince(ShopId shop, std::int64_t since_us,
                                                           std::size_t limit) {
  return platform::Read(pool_, [&](Connection& db) {
    return ReadTasks(db.Query(kListChanges, {shop, since_us, static_cast<std::int64_t>(limit)}));
  });
}

WarehouseTask SqlTaskRepository::Change(ShopId shop, TaskId id, const WriteRequest& request,
                                        const std::function<void(WarehouseTask&)>& change,
                                        std::int64_t now_us) {
  return platform::Transact(pool_, [&](Connection& db) {
    std::optional<WarehouseTask> task = LockTask(db, shop, id);
    if (!task) throw platform::NotFound("task", platform::ToString(id));
    if (const auto answer = platform::FindAnswer(db, shop, platform::kClientOrigin,
                                                 request.request_id, request.digest)) {
      DecodeTask(*answer, *task);
      return *task;
    }
    change(*task);
    WriteTask(db, *task);
    platform::RememberAnswer(db, shop, platform::kClientOrigin, request.request_id, request.digest,
                             EncodeTask(*task), now_us);
    return *task;
  });
}

std::vector<WarehouseTask> SqlTaskRepository::ExpireLeases(std::int64_t now_us, std::size_t limit) {
  const auto keys = platform::Read(pool_, [&](Connection& db) {
    std::vector<std::pair<ShopId, TaskId>> found;
    Result rows = db.Query(kFindExpired, {now_us, static_cast<std::int64_t>(limit)});
    while (rows.Next()) found.emplace_back(rows.Shop(0), rows.Id<TaskId>(1));
    return found;
  });
  std::vector<WarehouseTask> expired;
  for (const auto& [shop, id] : keys) {
    const auto changed = platform::Transact(pool_, [&, shop = shop, id = id](Connection& db) {
      std::optional<WarehouseTask> task = LockTask(db, shop, id);
      if (task && Expire(*task, now_us)) {
        WriteTask(db, *task);
      } else {
        task.reset();
      }
      return task;
    });
    if (changed) expired.push_back(*changed);
  }
  return expired;
}

UnexpectedGoods SqlTaskRepository::Record(const UnexpectedGoods& goods) {
  UnexpectedGoods stored = platform::Transact(pool_, [&](Connection& db) {
    db.Execute(kInsertGoods,
               {goods.shop, goods.record_id, goods.wms_reference, goods.digest, goods.carrier,
                goods.tracking, goods.sku, goods.quantity, goods.reported_by, goods.created_at});
    Result rows = db.Query(kFindGoods, {goods.shop, goods.wms_reference});
    if (!rows.Next()) throw std::runtime_error("unexpected goods were not stored");
    return ReadGoods(rows);
  });
  if (stored.digest != goods.digest) {
    throw platform::Refusal(platform::Code::kInvalidArgument, "REQUEST_ID_REUSED",
                            "This wms_reference was used for another report; take a new one.")
        .With("wms_reference", goods.wms_reference);
  }
  return stored;
}

std::vector<UnexpectedGoods> SqlTaskRepository::ListUnexpected(ShopId shop, std::uint64_t before,
                                                               std::size_t limit) {
  const std::uint64_t below = before == 0 ? UINT64_MAX : before;
  return platform::Read(pool_, [&](Connection& db) {
    std::vector<UnexpectedGoods> goods;
    Result rows = db.Query(kListGoods, {shop, below, static_cast<std::int64_t>(limit)});
    while (rows.Next()) goods.push_back(ReadGoods(rows));
    return goods;
  });
}

}  // namespace redress::aftersales
