#pragma once

// What a refund case's guards may ask. Progress is what the machine itself has brought about, kept
// in the case's row and changed only by effects (see Apply in effects.h); the rest the engine looks
// up for each command. Amounts are minor units of the line's currency.

#include <cstdint>
#include <string>

#include "workflows/machine/casework.h"
#include "workflows/refund/events.h"

namespace redress::workflows::refund {

enum class GoodsPlace : std::uint8_t {
  kWithBuyer = 0,  // also: never shipped
  kOnTheWay = 1,   // the buyer has sent them to us
  kWithUs = 2,
  kSentBack = 3,
};
enum class Inspection : std::uint8_t { kNone = 0, kPassed = 1, kFailed = 2, kPassedInPart = 3 };
enum class ApprovedBy : std::uint8_t {
  kNobody = 0,
  kActor = 1,
  kTimeout = 2,
  kRuling = 3,
  kPlatform = 4,  // agreed to there
};
// What the buyer is to have in place of the goods (exchange, reship).
enum class Replacement : std::uint8_t {
  kNone = 0,
  kOrdered = 1,     // asked of the warehouse; it has not left
  kShipped = 2,     // under way to the buyer
  kSigned = 3,      // the buyer has it
  kCalledBack = 4,  // under way, but the platform paid meanwhile: the parcel is to be intercepted
};
// A parcel under way to the buyer that the warehouse is to stop.
enum class Interception : std::uint8_t { kNone = 0, kAsked = 1, kCaught = 2, kMissed = 3 };
enum class SettledBy : std::uint8_t { kNobody = 0, kUs = 1, kPlatform = 2 };
// What SendingBack leads to once the goods are gone; with kRuledForShop the case is closed.
enum class Ending : std::uint8_t { kNone = 0, kWithdrawn = 1, kClosed = 2, kRuledForShop = 3 };

struct RefundProgress : ArmedDeadline {
  // Asked for; set at opening, then by ReviseRequest.
  Variant variant = Variant::kRefundOnly;
  std::int32_t quantity = 1;
  std::int64_t amount_asked = 0;

  // First of two pairs of eyes: what waits in PendingApproval.
  std::int64_t proposed_amount = 0;
  std::uint64_t proposed_by = 0;  // account; 0 nobody

  std::int64_t approved_amount = 0;
  std::uint64_t approved_by = 0;  // account; 0 unless a person
  ApprovedBy approved_how = ApprovedBy::kNobody;

  GoodsPlace goods = GoodsPlace::kWithBuyer;
  Shipping shipping = Shipping::kExpress;
  Inspection inspection = Inspection::kNone;
  std::int64_t offered_amount = 0;  // what the inspection found the goods to be worth

  std::int64_t reserved_amount = 0;  // this case's share of the line's `reserved`
  std::int64_t settled_amount = 0;   // this case's share of the line's `settled`
  std::int64_t shortfall = 0;        // paid by the platform beyond what the line had left
  SettledBy settled_by = SettledBy::kNobody;
  std::int32_t settlement_attempt = 0;  // commands given so far
  std::int32_t failed_attempts = 0;     // since the last fresh start
  bool settlement_unknown = false;

  Replacement replacement = Replacement::kNone;
  Interception interception = Interception::kNone;

  Ending ending = Ending::kNone;
  bool platform_closed = false;  // the platform's refund was closed while we were paying

  // The dispute that decides, or decided, about this case: opened by an escalation, or one that
  // came to a refund. A case has one at most. 0: none.
  std::uint64_t dispute = 0;
};

using workflows::Actor;
using workflows::ActorKind;

enum class OrderShipping : std::uint8_t { kUnshipped = 1, kShipped = 2, kReceived = 3 };

// The line's ledger row, locked with the case. Remaining = ceiling - reserved - settled.
struct Line {
  std::int64_t ceiling = 0;
  std::int64_t reserved = 0;  // over all cases of the line, this one included
  std::int64_t settled = 0;
  std::int32_t quantity = 0;  // bought
  bool postage = false;       // the order's postage, not goods

  std::int64_t Remaining() const { return ceiling - reserved - settled; }
};

struct RefundFacts {
  RefundProgress progress;
  Actor actor;
  Line line;
  bool has_platform_id = false;  // then the platform decides at deadlines
  bool non_returnable = false;   // custom-made, fresh, digital, opened: the shop's rule
  OrderShipping order_shipping = OrderShipping::kUnshipped;
  std::int32_t settlement_attempts = 3;  // configured: then finance
  std::uint64_t next_case = 0;           // the id of a case that the step opens
};

}  // namespace redress::workflows::refund
