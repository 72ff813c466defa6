#pragma once

// Questions about facts that routes, requirements and actions share. Amounts are minor units.

#include <cstdint>

#include "workflows/refund/events.h"
#include "workflows/refund/facts.h"

namespace redress::workflows::refund {

inline bool IsSupported(Variant variant) {
  return variant >= Variant::kRefundOnly && variant <= Variant::kPostage;
}
// The buyer sends the goods back first.
inline bool AsksForReturn(Variant variant) {
  return variant == Variant::kReturnAndRefund || variant == Variant::kExchange;
}
// It ends with other goods, not with money.
inline bool AsksForReplacement(Variant variant) {
  return variant == Variant::kExchange || variant == Variant::kReship;
}
// Postage is a line of its own: it is refunded there, and nothing else is.
inline bool FitsLine(Variant variant, const Line& line) {
  return (variant == Variant::kPostage) == line.postage;
}
inline bool HasReplacementLeft(const RefundProgress& progress) {
  return progress.replacement == Replacement::kShipped ||
         progress.replacement == Replacement::kSigned;
}
// The buyer's goods are here or under way to us.
inline bool AreGoodsOffTheBuyersHands(const RefundProgress& progress) {
  return progress.goods == GoodsPlace::kOnTheWay || progress.goods == GoodsPlace::kWithUs;
}
// Goods that no ending may forget: they go back unless they are paid for or replaced.
inline bool AreGoodsOwed(const RefundProgress& progress) {
  return AreGoodsOffTheBuyersHands(progress) && !HasReplacementLeft(progress);
}
// What was refunded in full must not reach the buyer besides: the parcel of a refund only that
// leaves nothing of the line's money. A smaller refund is a compensation, and the parcel goes on.
inline bool IsParcelToBeStopped(const RefundFacts& facts, std::int64_t left_of_line) {
  return facts.progress.variant == Variant::kRefundOnly && left_of_line == 0 &&
         facts.order_shipping == OrderShipping::kShipped &&
         facts.progress.goods == GoodsPlace::kWithBuyer &&
         facts.progress.interception == Interception::kNone;
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
inline std::int64_t AmountOf(const ConvertToRefund& event, const RefundFacts&) {
  return event.amount;
}
inline std::int64_t AmountOf(const RuleForBuyer& event, const RefundFacts&) { return event.amount; }
inline std::int64_t AmountOf(const JoinDispute& event, const RefundFacts&) { return event.amount; }
inline std::int64_t AmountOf(const ApproveLarge&, const RefundFacts& facts) {
  return facts.progress.proposed_amount;
}

}  // namespace redress::workflows::refund
