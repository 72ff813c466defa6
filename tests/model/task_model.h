#pragma once

// A model of a refund case and its warehouse tasks, decided by the stepper itself: every order in
// which people, the warehouse, payments, timers and the platform can move them, walked in full.
//
// An ended case is walked on for as long as a warehouse has something to report on it. Bounded so
// that the walk ends: two units were bought, amounts are one full and one part, people are
// supervisors without a limit, and a task that was closed is not reported on any more.

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "services/aftersales/domain/stepper.h"
#include "tests/model/script.h"

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
  std::vector<LateReport> late_reports;  // that the last step made
};

struct TaskSetting {
  workflows::refund::Variant variant = workflows::refund::Variant::kRefundOnly;
  bool is_shipped = true;
  bool has_platform_id = false;
};

// Faults put between the stepper and the walk.
enum class TaskFault { kNone, kTaskNotMade, kTaskLeftOpen, kReportUnheard, kLateReportUnseen };
inline constexpr TaskFault kSeededTaskFaults[] = {TaskFault::kTaskNotMade, TaskFault::kTaskLeftOpen,
                                                  TaskFault::kReportUnheard,
                                                  TaskFault::kLateReportUnseen};

// One thing that somebody does, and the lines of a script of `redress` that do it.
struct TaskMove {
  workflows::ActorKind actor = workflows::ActorKind::kPerson;
  CommandBody body;
  std::optional<TaskKind> of_task = std::nullopt;  // for a report
  std::vector<std::string> script;
};
std::vector<TaskMove> AllTaskMoves();
std::string OpeningLine(const TaskSetting& setting);

struct TaskWalk {
  std::size_t nodes = 0;
  std::size_t steps = 0;
  std::vector<redress::model::Violation> violations;  // the first few
};

TaskWalk WalkTasks(const TaskSetting& setting, TaskFault fault = TaskFault::kNone);

// "Always true": about a single node. Nothing when it is.
std::optional<std::string> WrongIn(const TaskNode& node);
// "Always true": about one step.
std::optional<std::string> WrongAbout(const TaskNode& before, const TaskNode& after);

}  // namespace redress::aftersales::model
