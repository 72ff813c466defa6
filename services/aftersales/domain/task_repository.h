#pragma once

// Warehouse tasks outside of steps: lists, changes since a moment, leases; and goods that no task
// announced.

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "services/aftersales/domain/request.h"
#include "services/aftersales/domain/warehouse_task.h"

namespace redress::aftersales {

struct TaskQuery {
  ShopId shop;
  std::optional<TaskState> state;  // none: all open ones
  CaseId of_case;                  // none: all
  TaskId after;
  std::size_t limit = 50;
};

struct UnexpectedGoods {
  ShopId shop;
  std::uint64_t record_id = 0;
  std::string wms_reference;
  Digest digest{};
  std::string carrier;
  std::string tracking;
  std::string sku;
  std::int32_t quantity = 0;
  AccountId reported_by;
  std::int64_t created_at = 0;
};

class TaskRepository {
 public:
  virtual ~TaskRepository() = default;

  virtual std::optional<WarehouseTask> Find(ShopId shop, TaskId id) = 0;
  virtual std::vector<WarehouseTask> List(const TaskQuery& query) = 0;
  // Tasks, open or not, changed at or after a moment, by time of change.
  virtual std::vector<WarehouseTask> ChangedSince(ShopId shop, std::int64_t since_us,
                                                  std::size_t limit) = 0;
  // Changes one task under its lock and remembers the answer; a repeat gets the first one. What
  // `change` throws is thrown, and nothing is written.
  virtual WarehouseTask Change(ShopId shop, TaskId id, const WriteRequest& request,
                               const std::function<void(WarehouseTask&)>& change,
                               std::int64_t now_us) = 0;
  // Gives tasks whose lease has run out back to the queue; answers them, at most `limit`.
  virtual std::vector<WarehouseTask> ExpireLeases(std::int64_t now_us, std::size_t limit) = 0;

  // Answers what is stored under the reference; INVALID_ARGUMENT when that was something else.
  virtual UnexpectedGoods Record(const UnexpectedGoods& goods) = 0;
  // Newest first, below `before` (0: from the newest).
  virtual std::vector<UnexpectedGoods> ListUnexpected(ShopId shop, std::uint64_t before,
                                                      std::size_t limit) = 0;
};

}  // namespace redress::aftersales
