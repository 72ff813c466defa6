#pragma once

// New cases in a given state, made by the moves that bring a case there.

#include <functional>
#include <string>

#include "tests/e2e/shop.h"

namespace redress::e2e {

// What a case about to wait for a supervisor asks: more than the agent may approve.
inline constexpr std::int64_t kLarge = 500'00;

// Opens a case of the variant on a new order, of kLinePaid (of kLarge in PendingApproval), and
// brings it into the state; answers its id. Throws std::runtime_error where it ends up elsewhere.
std::string BringTo(Shop& shop, aftersales::RefundVariant variant, const std::string& state);

// Refunds an unshipped order in full, ships it, and waits until the case asks for its parcel to be
// stopped; answers the case's id. Throws std::runtime_error where it does not within 20 s.
std::string AwaitShippedRefund(Shop& shop);

// Why a call was refused: the field that was wrong, else the reason; empty where it was taken.
std::string ReasonOf(const std::function<void()>& call);

// A case that has ended before its warehouse said that the parcel could not be stopped; answers the
// case's id. The report is its last step.
std::string ReportLate(Shop& shop);

}  // namespace redress::e2e
