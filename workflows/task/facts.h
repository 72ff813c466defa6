#pragma once

// What a warehouse task's guards may ask. Progress is what the machine itself has brought about,
// kept in the task's row and changed only by effects (see Apply in effects.h).

#include <cstdint>

#include "workflows/machine/casework.h"
#include "workflows/machine/goods.h"
#include "workflows/task/events.h"

namespace redress::workflows::task {

// What became of a parcel that was to be stopped.
enum class InterceptOutcome : std::uint8_t { kUnknown = 0, kCaught = 1, kMissed = 2 };

struct TaskProgress {
  // Set when the task is made.
  WarehouseTaskKind kind = WarehouseTaskKind::kInboundReturn;
  std::int32_t quantity = 0;  // units that are expected

  std::uint64_t claimed_by = 0;  // account; 0: nobody
  std::int64_t lease_until = 0;  // 0: no lease
  std::int32_t quantity_received = 0;
  std::int32_t quantity_good = 0;
  InterceptOutcome intercepted = InterceptOutcome::kUnknown;
};

// A lease that ran out counts as none, whether or not the sweep has seen it.
struct TaskFacts {
  TaskProgress progress;
  Actor actor;  // its account_id is whoever claims or reports, person or machine
  std::int64_t now_us = 0;

  bool IsHeld() const { return progress.claimed_by != 0 && progress.lease_until > now_us; }
  bool IsHeldByActor() const { return IsHeld() && progress.claimed_by == actor.account_id; }
};

}  // namespace redress::workflows::task
