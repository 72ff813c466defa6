#include "services/aftersales/store/webhook_steps.h"

#include <algorithm>
#include <map>

#include "services/aftersales/store/goods_rows.h"
#include "services/aftersales/store/step_reading.h"
#include "services/platform/database/rows.h"

namespace redress::aftersales {
namespace {

using platform::Connection;
using platform::Result;
using platform::Value;

// 6 is cancelled, for good.
constexpr char kCancelledHead[] =
    "SELECT task_id FROM warehouse_tasks FORCE INDEX (PRIMARY) WHERE (shop_id, task_id) IN (";
const platform::MultiRow kCancelled(kCancelledHead, 2, ") AND state = 6");
constexpr char kReadTask[] = "SELECT t.shop_id, " REDRESS_TASK_COLUMNS
                             " FROM warehouse_tasks t WHERE t.shop_id = ? AND t.task_id = ?";

constexpr char kReadBody[] =
    "SELECT body FROM webhook_deliveries WHERE shop_id = ? AND delivery_id = ?";

std::string KeptBody(Connection& db, const WebhookDelivery& delivery) {
  Result row = db.Query(kReadBody, {delivery.shop, delivery.id});
  return row.Next() ? row.String(0) : "";
}

std::optional<WarehouseTask> FindTask(Connection& db, ShopId shop, TaskId id) {
  if (!id) return std::nullopt;
  Result row = db.Query(kReadTask, {shop, id});
  if (!row.Next()) return std::nullopt;
  return ReadTask(row);
}

}  // namespace

std::vector<StepNews> ReadNews(Connection& db, ShopId shop, CaseId id, std::uint32_t after_sequence,
                               std::uint32_t last) {
  // The step before is read as well: what the case was before the first of them.
  std::vector<Value> keys;
  for (std::uint32_t sequence = std::max(after_sequence, 1U); sequence <= last; ++sequence) {
    keys.insert(keys.end(), {shop, id, sequence});
  }
  std::map<std::uint32_t, StepAfter> steps;
  kLoadStepsAfter.Query(db, keys, [&](Result& row) {
    StepAfter read = ReadStepAfter(row);
    steps[read.step.sequence] = std::move(read);
  });
  std::vector<StepNews> news;
  for (std::uint32_t sequence = after_sequence + 1; sequence <= last; ++sequence) {
    const auto found = steps.find(sequence);
    if (found == steps.end()) break;
    StepNews& one = news.emplace_back();
    one.step = found->second.step;
    one.after = found->second.left.after;
    const auto before = steps.find(sequence - 1);
    if (before != steps.end()) one.before = before->second.left.after;
  }
  return news;
}

std::set<TaskId> CancelledTasks(Connection& db, ShopId shop, const std::vector<StepNews>& news) {
  std::vector<Value> keys;
  for (const StepNews& one : news) {
    for (const TaskId left : TasksLeftBehind(one)) keys.insert(keys.end(), {shop, left});
  }
  std::set<TaskId> cancelled;
  kCancelled.Query(db, keys, [&](Result& row) { cancelled.insert(row.Id<TaskId>(0)); });
  return cancelled;
}

std::string BodyOf(Connection& db, const WebhookDelivery& delivery) {
  if (delivery.IsTest()) return TestCloudEventOf(delivery);
  if (delivery.event.order) return KeptBody(db, delivery);
  const std::uint32_t sequence = delivery.event.sequence;
  const auto news = ReadNews(db, delivery.shop, delivery.event.case_id, sequence - 1, sequence);
  if (news.empty()) return "";
  const auto events = EventsOf(news.front(), CancelledTasks(db, delivery.shop, news));
  const auto meant = std::ranges::find(events, delivery.event.part, &WebhookEvent::part);
  if (meant == events.end()) return "";
  const auto task = FindTask(db, delivery.shop, meant->task);
  if (meant->task && !task) return "";
  return CloudEventOf(news.front(), *meant, task ? &*task : nullptr);
}

}  // namespace redress::aftersales
