#pragma once

// A step taken once more: its recorded event is given to the stepper, over the case as it was
// rebuilt from the steps before, and what comes out is compared with what was recorded.
//
// An event does not record the facts that its guards asked for: the actor's rights, what the line
// had left, whether the goods could be returned, how the order was shipped, how many payments are
// tried, how long the shop's deadlines were. A replay supposes them: it is exact when some such
// facts lead from this case by this event to just the recorded step. So it proves that the machine
// can have made the step, with every amount, place of goods, number and task that it left; not that
// the supposed facts were true. Where events do not determine them, the times of a deadline and the
// ids of new tasks are the recorded ones.

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "services/aftersales/domain/case_fields.h"
#include "services/aftersales/domain/stepper.h"

namespace redress::aftersales {

// A case as its steps rebuild it, with the rows beside it that the next step may need.
struct RebuiltCase {
  Case current;  // version 0: not yet opened
  std::map<TaskKey, WarehouseTask> tasks;
  std::map<CaseKey, Settlement> settlements;
  std::map<CompensationKey, Compensation> compensations;
};

struct ReplayedStep {
  // In nothing: the replay is exact. Fields of the case, under `snapshot.`, and columns of the
  // step; of the replay that came nearest.
  std::vector<Difference> differences;
  RebuiltCase after;
  std::string refusal;  // no replay was possible: why; then `after` is of no use
};

// `recorded` is the case that the step's snapshot describes. Steps of another version of the
// machine cannot be replayed by this one's table: see IsReplayable.
ReplayedStep Replay(const RebuiltCase& before, const Step& step, const Case& recorded);

bool IsReplayable(const Step& step, const Case& recorded);

}  // namespace redress::aftersales
