#pragma once

// Questions about facts that routes, requirements and actions share. Amounts are minor units.

#include <cstdint>

#include "workflows/refund/events.h"
#include "workflows/refund/facts.h"

namespace redress::workflows::refund {

inline bool IsSupported(Variant variant) {
  return variant == Variant::kRefundOnly || variant == Variant::kReturnAndRefund;
}
// Goods that no ending may forget: they are ours to send back unless they are paid for.
inline bool AreGoodsOurs(const RefundProgress& progress) {
  return progress.goods == GoodsPlace::kOnTheWay || progress.goods == GoodsPlace::kWithUs;
}
inline bool TimerDecides(const RefundFacts& facts) { return !facts.has_platform_id; }

// The amount that an event or the case's progress would pay out.
inline std::int64_t AmountOf(const Approve& event, const RefundFacts&) { return event.amount; }
inline std::int64_t AmountOf(const ReviseRequest& event, const RefundFacts&) {
  return event.amount;
}
inline std::int64_t AmountOf(const PassInspectionInPart& event, const RefundFacts&) {
  return event.amount;
}
inline std::int64_t AmountOf(const AcceptPartialOffer& event, const RefundFacts&) {
  return event.amount;
}
inline std::int64_t AmountOf(const RuleForBuyer& event, const RefundFacts&) { return event.amount; }
inline std::int64_t AmountOf(const ApproveLarge&, const RefundFacts& facts) {
  return facts.progress.proposed_amount;
}

}  // namespace redress::workflows::refund
