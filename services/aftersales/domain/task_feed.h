#pragma once

// Tells watchers that tasks of their shop have changed. It only wakes them: what changed they read
// from the database, which also knows of other processes' changes.

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <functional>
#include <map>
#include <mutex>
#include <set>
#include <span>

#include "services/aftersales/domain/task_repository.h"

namespace redress::aftersales {

class TaskFeed {
 public:
  void Changed(std::span<const WarehouseTask> tasks);
  // Waits until the shop's count differs from `seen`, or for the time given; answers the count.
  std::uint64_t Wait(ShopId shop, std::uint64_t seen, std::chrono::milliseconds most);

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  std::map<ShopId, std::uint64_t> counts_;
};

// One watcher's view: every open task first, then each task again whenever it changes. Bounded by
// the shop's open tasks.
//
// Changes are found by updated_at, which another process's clock or a clock set back may put
// further behind than the overlap: so the open tasks are compared whole now and then.
class TaskWatch {
 public:
  // Commits may become visible out of the order of updated_at, by this much as a rule.
  static constexpr std::int64_t kOverlapUs = 5'000'000;
  // How late a change is noticed that the rule does not hold for.
  static constexpr std::int64_t kCompareEveryUs = 30'000'000;

  // `send` answers false when the watcher has left.
  using Send = std::function<bool(const WarehouseTask&)>;

  TaskWatch(ShopId shop, TaskRepository& tasks, Send send)
      : shop_(shop), tasks_(tasks), send_(std::move(send)) {}

  // Sends all open tasks; false when the watcher has left.
  bool SendOpen(std::int64_t now_us);
  // Sends what has changed since; false when the watcher has left.
  bool SendChanges(std::int64_t now_us);

 private:
  bool SendIfNew(const WarehouseTask& task);
  // Of the tasks that were open when they were sent, those that are not among `open`.
  bool SendClosed(const std::set<TaskId>& open);
  void ForgetOld();

  const ShopId shop_;
  TaskRepository& tasks_;
  const Send send_;
  std::int64_t compared_at_ = 0;
  std::int64_t read_up_to_ = 0;
  struct Sent {
    std::uint32_t version = 0;
    std::int64_t updated_at = 0;
    bool open = false;
  };
  std::map<TaskId, Sent> sent_;  // open, or changed within the overlap
};

}  // namespace redress::aftersales
