#pragma once

// Questions about facts that routes, requirements and actions share. Amounts are minor units.

#include <algorithm>
#include <cstdint>

#include "workflows/dispute/events.h"
#include "workflows/dispute/facts.h"

namespace redress::workflows::dispute {

inline bool IsOffered(OptionKind kind, const Options& options) {
  switch (kind) {
    case OptionKind::kRefund:
      return options.refund > 0;
    case OptionKind::kReplacement:
      return options.replacement;
    case OptionKind::kCompensation:
      return options.compensation > 0;
    case OptionKind::kOther:
      return options.other;
    case OptionKind::kNone:
      break;
  }
  return false;
}
inline Remedy RemedyOf(OptionKind kind, const Options& options) {
  if (kind == OptionKind::kRefund) return {kind, options.refund};
  if (kind == OptionKind::kCompensation) return {kind, options.compensation};
  return {kind, 0};
}
// What a ruling for the buyer gives; where nothing is to be paid, its text says what is owed.
inline Remedy RemedyOf(std::int64_t amount) {
  return amount > 0 ? Remedy{OptionKind::kRefund, amount} : Remedy{OptionKind::kOther, 0};
}

// Of the amounts that an event names, the least and the largest.
inline std::int64_t LeastAmount(const ProposeOptions& event) {
  return std::min(event.options.refund, event.options.compensation);
}
inline std::int64_t LeastAmount(const RuleForBuyer& event) { return event.amount; }
inline std::int64_t LargestAmount(const ProposeOptions& event) {
  return std::max(event.options.refund, event.options.compensation);
}
inline std::int64_t LargestAmount(const RuleForBuyer& event) { return event.amount; }

}  // namespace redress::workflows::dispute
