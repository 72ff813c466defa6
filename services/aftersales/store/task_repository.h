#pragma once

#include "services/aftersales/domain/task_repository.h"
#include "services/platform/base/ids.h"
#include "services/platform/database/pool.h"

namespace redress::aftersales {

class SqlTaskRepository final : public TaskRepository {
 public:
  explicit SqlTaskRepository(platform::Pool& pool) : pool_(pool) {}

  std::optional<WarehouseTask> Find(ShopId shop, TaskId id) override;
  std::vector<WarehouseTask> List(const TaskQuery& query) override;
  std::vector<WarehouseTask> ChangedSince(ShopId shop, std::int64_t since_us,
                                          std::size_t limit) override;
  WarehouseTask Change(ShopId shop, TaskId id, const WriteRequest& request,
                       const std::function<void(WarehouseTask&)>& change,
                       std::int64_t now_us) override;
  std::vector<WarehouseTask> ExpireLeases(std::int64_t now_us, std::size_t limit) override;
  UnexpectedGoods Record(const UnexpectedGoods& goods) override;
  std::vector<UnexpectedGoods> ListUnexpected(ShopId shop, std::uint64_t before,
                                              std::size_t limit) override;

 private:
  platform::Pool& pool_;
};

}  // namespace redress::aftersales
