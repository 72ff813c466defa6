#pragma once

// What a step of a warehouse task asks of the engine. Effects are data; nothing is done here. Those
// in the first group change the task's own row and are what Apply performs; those in the second ask
// for something beside it.

#include <cstdint>
#include <string_view>
#include <variant>
#include <vector>

#include "workflows/task/facts.h"

namespace redress::workflows::task {

// ---- the task's own row -------------------------------------------------------------------------

struct HoldLease {
  std::uint64_t account = 0;
  std::int64_t until = 0;
};
struct DropLease {};
struct SetReceived {
  std::int32_t quantity = 0;
};
struct SetGood {
  std::int32_t quantity = 0;
};
struct SetIntercepted {
  InterceptOutcome outcome = InterceptOutcome::kUnknown;
};

// ---- beside it ----------------------------------------------------------------------------------

// What the case that asked for the work is told.
enum class CaseNews : std::uint8_t {
  kArrived = 1,      // the goods are here
  kInspected = 2,    // quantity_good of them are good
  kShipped = 3,      // the goods have left
  kIntercepted = 4,  // see `intercepted`
  kPacked = 5,       // on the way to be shipped: nothing for the case to do
};
struct TellCase {
  CaseNews news = CaseNews::kArrived;
};
// Somebody has to look besides.
struct CallPerson {
  std::string_view reason;  // stable code
};

using TaskEffect =
    std::variant<HoldLease, DropLease, SetReceived, SetGood, SetIntercepted, TellCase, CallPerson>;
using TaskEffects = std::vector<TaskEffect>;

// The task's row after these effects.
void Apply(const TaskEffects& effects, TaskProgress& progress);
void Apply(const TaskEffect& effect, TaskProgress& progress);

}  // namespace redress::workflows::task
