#include "services/aftersales/domain/task_feed.h"

#include <algorithm>

namespace redress::aftersales {
namespace {

constexpr std::size_t kPage = 500;

}  // namespace

void TaskFeed::Changed(std::span<const WarehouseTask> tasks) {
  const std::lock_guard lock(mutex_);
  for (const WarehouseTask& task : tasks) ++counts_[task.shop];
  changed_.notify_all();
}

std::uint64_t TaskFeed::Wait(ShopId shop, std::uint64_t seen, std::chrono::milliseconds most) {
  std::unique_lock lock(mutex_);
  changed_.wait_for(lock, most, [&] { return counts_[shop] != seen; });
  return counts_[shop];
}

bool TaskWatch::SendOpen(std::int64_t now_us) {
  compared_at_ = now_us;
  read_up_to_ = now_us;
  std::set<TaskId> open;
  TaskQuery query{shop_, std::nullopt, {}, {}, kPage};
  while (true) {
    const auto page = tasks_.List(query);
    for (const WarehouseTask& task : page) {
      open.insert(task.id);
      if (!SendIfNew(task)) return false;
    }
    if (page.size() < kPage) break;
    query.after = page.back().id;
  }
  if (!SendClosed(open)) return false;
  ForgetOld();
  return true;
}

bool TaskWatch::SendClosed(const std::set<TaskId>& open) {
  std::vector<TaskId> closed;
  for (const auto& sent : sent_) {
    if (sent.second.open && !open.contains(sent.first)) closed.push_back(sent.first);
  }
  for (const TaskId id : closed) {
    const auto task = tasks_.Find(shop_, id);
    if (!task) {
      sent_.erase(id);
    } else if (!SendIfNew(*task)) {
      return false;
    }
  }
  return true;
}

bool TaskWatch::SendChanges(std::int64_t now_us) {
  // A clock that was set back shows itself at once.
  const std::int64_t since_us = now_us - compared_at_;
  if (since_us < 0 || since_us >= kCompareEveryUs) return SendOpen(now_us);
  std::int64_t since = read_up_to_ - kOverlapUs;
  std::size_t limit = kPage;
  while (true) {
    const auto page = tasks_.ChangedSince(shop_, since, limit);
    for (const WarehouseTask& task : page) {
      if (!SendIfNew(task)) return false;
      read_up_to_ = std::max(read_up_to_, task.updated_at);
    }
    if (page.size() < limit) break;
    // A page of one moment has to be read whole before the next moment is.
    if (page.back().updated_at == since) limit *= 2;
    since = page.back().updated_at;
  }
  ForgetOld();
  return true;
}

bool TaskWatch::SendIfNew(const WarehouseTask& task) {
  Sent& sent = sent_[task.id];
  if (sent.version >= task.version) return true;
  sent = {task.version, task.updated_at, task.IsOpen()};
  return send_(task);
}

void TaskWatch::ForgetOld() {
  std::erase_if(sent_, [this](const auto& entry) {
    return !entry.second.open && entry.second.updated_at < read_up_to_ - kOverlapUs;
  });
}

}  // namespace redress::aftersales
