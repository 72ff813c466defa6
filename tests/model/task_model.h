#pragma once

// A model of a refund case and its warehouse tasks, decided by the stepper itself: every order in
// which people, the warehouse, payments, timers and the platform can move them, walked in full.
//
// Bounded so that the walk ends: two units were bought, amounts are one full and one part, people
// are supervisors without a limit, and a task that was closed is not reported on any more.

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "services/aftersales/domain/stepper.h"

namespace redress::aftersales::model {

inline constexpr std::int64_t kFull = 100;
inline constexpr std::int64_t kPart = 40;
inline constexpr std::int32_t kUnits = 2;
inline constexpr ShopId kShop{7};
inline constexpr CaseId kCase{11};
inline constexpr LineId kLine{700};

struct TaskNode {
  Case of;
  std::map<TaskKey, WarehouseTask> tasks;  // open ones
  LedgerRow line;
  std::optional<Settlement> settlement;
  int payments = 0;
};

struct TaskSetting {
  workflows::refund::Variant variant = workflows::refund::Variant::kRefundOnly;
  bool is_shipped = true;
  bool has_platform_id = false;
};

// Faults put between the stepper and the walk.
enum class TaskFault { kNone, kTaskNotMade, kTaskLeftOpen, kReportUnheard };
inline constexpr TaskFault kSeededTaskFaults[] = {TaskFault::kTaskNotMade, TaskFault::kTaskLeftOpen,
                                                  TaskFault::kReportUnheard};

struct TaskWalk {
  std::size_t nodes = 0;
  std::size_t steps = 0;
  std::vector<std::string> violations;  // the first few, each with the shortest path there
};

TaskWalk WalkTasks(const TaskSetting& setting, TaskFault fault = TaskFault::kNone);

// "Always true": about a single node. Nothing when it is.
std::optional<std::string> WrongIn(const TaskNode& node);

}  // namespace redress::aftersales::model
