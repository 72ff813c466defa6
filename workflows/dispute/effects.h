#pragma once

// What a step of a dispute asks of the engine. Effects are data; nothing is done here. They are
// carried out in the transaction of the step, in order. Those in the first group change the case's
// own row and are what Apply performs; those in the second ask for something beside it.

#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "workflows/dispute/facts.h"
#include "workflows/machine/casework.h"

namespace redress::workflows::dispute {

// ---- the case's own row -------------------------------------------------------------------------

struct CountEvidence {};
struct SetOptions {
  Options options;
};
struct CountDeclinedRound {};
struct SetVerdict {
  Verdict verdict = Verdict::kNone;
  Remedy remedy;
  bool by_platform = false;
};
struct MarkExecuted {
  bool executed = false;
};
struct SetCause {
  std::string root_cause;
  std::string measure;
};

// ---- beside it ----------------------------------------------------------------------------------

// When the case is to be resolved by, for the figures: fixed at opening from the rule's row.
struct PromiseResolution {
  std::string_view rule;
};

using DisputeEffect =
    std::variant<ArmDeadline, KeepDeadline, DisarmDeadline, CountEvidence, SetOptions,
                 CountDeclinedRound, SetVerdict, MarkExecuted, SetCause, PromiseResolution,
                 RaisePriority, QueueForPerson, AskPlatform>;
using DisputeEffects = std::vector<DisputeEffect>;

// The case's row after these effects; those of the second group leave it as it is.
void Apply(const DisputeEffects& effects, DisputeProgress& progress);
void Apply(const DisputeEffect& effect, DisputeProgress& progress);

}  // namespace redress::workflows::dispute
