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
struct DropRefund {};
struct SetReview {
  std::uint64_t review = 0;
};

// ---- beside it ----------------------------------------------------------------------------------

// When the case is to be resolved by, for the figures: fixed at opening from the rule's row.
struct PromiseResolution {
  std::string_view rule;
};

// Of the linked refund, through its inbox. A refund of `amount` is opened, or the open one of the
// line is joined.
struct AskRefund {
  std::uint64_t refund = 0;
  std::int64_t amount = 0;
  bool joins = false;
};
enum class RefundNews : std::uint8_t {
  kRuledForBuyer = 1,
  kRuledForShop = 2,
  kEnded = 3,  // without anything for it to give
};
struct TellRefund {
  RefundNews news = RefundNews::kEnded;
  Remedy remedy;  // kRuledForBuyer: money, or goods worth the amount
};

// To the review that waits for it, through its inbox, when the dispute ends.
struct TellReview {
  bool remedied = false;  // the buyer got what was agreed or ruled
};

using DisputeEffect =
    std::variant<ArmDeadline, KeepDeadline, DisarmDeadline, CountEvidence, SetOptions,
                 CountDeclinedRound, SetVerdict, MarkExecuted, SetCause, DropRefund,
                 PromiseResolution, AskRefund, TellRefund, SetReview, TellReview, RaisePriority,
                 QueueForPerson, AskPlatform>;
using DisputeEffects = std::vector<DisputeEffect>;

// The case's row after these effects; those of the second group leave it as it is.
void Apply(const DisputeEffects& effects, DisputeProgress& progress);
void Apply(const DisputeEffect& effect, DisputeProgress& progress);

}  // namespace redress::workflows::dispute
