#pragma once

// Questions about facts that routes, requirements and actions share. Amounts are minor units.

#include <algorithm>
#include <cstdint>

#include "workflows/dispute/events.h"
#include "workflows/dispute/facts.h"

namespace redress::workflows::dispute {

inline bool IsPaidOut(OptionKind kind) {
  return kind == OptionKind::kRefund || kind == OptionKind::kCompensation;
}
// Only what is paid out has an amount, and then a positive one.
inline bool IsAmountFitting(const Option& option) {
  return IsPaidOut(option.kind) ? option.amount > 0 : option.amount == 0;
}
// No two alike, and one refund at most.
inline bool IsAChoice(const Options& options) {
  for (std::size_t i = 0; i < options.size(); ++i) {
    for (std::size_t j = i + 1; j < options.size(); ++j) {
      const bool are_refunds =
          options[i].kind == OptionKind::kRefund && options[j].kind == OptionKind::kRefund;
      if (are_refunds || options[i] == options[j]) return false;
    }
  }
  return true;
}
inline std::int64_t LargestAmount(const Options& options) {
  std::int64_t largest = 0;
  for (const Option& option : options) largest = std::max(largest, option.amount);
  return largest;
}
// What a ruling for the buyer gives.
inline Option RemedyOf(std::int64_t amount) {
  return amount > 0 ? Option{OptionKind::kRefund, amount} : Option{};
}

}  // namespace redress::workflows::dispute
