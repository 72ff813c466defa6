#pragma once

// What a step asks of the engine. Effects are data; nothing is done here. They are carried out in
// the transaction of the step, in order. Those in the first group change the case's own row and are
// what Apply performs; those in the second ask for something beside it.

#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "workflows/machine/casework.h"
#include "workflows/machine/goods.h"
#include "workflows/refund/facts.h"

namespace redress::workflows::refund {

// ---- the case's own row -------------------------------------------------------------------------

// Exactly one of the first three is in every applied step.
using workflows::ArmDeadline;
using workflows::DisarmDeadline;
using workflows::KeepDeadline;

struct ReviseAsked {
  std::int64_t amount = 0;
  std::int32_t quantity = 0;
  Variant variant = Variant::kRefundOnly;
};
struct ProposeApproval {
  std::int64_t amount = 0;
  std::uint64_t by = 0;
};
struct DropProposal {};
struct SetApproved {
  std::int64_t amount = 0;
  ApprovedBy how = ApprovedBy::kNobody;
  std::uint64_t by = 0;
};
struct SetReturnTracking {
  std::string carrier;
  std::string tracking;
  Shipping shipping = Shipping::kExpress;
};
struct SetSendBackTracking {
  std::string carrier;
  std::string tracking;
};
struct SetGoods {
  GoodsPlace place = GoodsPlace::kWithBuyer;
};
struct SetInspection {
  Inspection result = Inspection::kNone;
  std::int64_t offered_amount = 0;
};
struct SetReplacement {
  Replacement progress = Replacement::kNone;
};
struct SetReplacementTracking {
  std::string carrier;
  std::string tracking;
};
struct SetInterception {
  Interception progress = Interception::kNone;
};
// Also on the line's ledger row: reserved += amount.
struct ReserveAmount {
  std::int64_t amount = 0;
};
// Also on the line's ledger row: reserved -= amount.
struct ReleaseReservation {
  std::int64_t amount = 0;
};
// Also on the line's ledger row: reserved -= released, settled += amount. The buyer was paid
// amount + shortfall; a shortfall is what the platform paid beyond what the line had left.
struct MarkSettled {
  std::int64_t amount = 0;
  std::int64_t released = 0;
  std::int64_t shortfall = 0;
  SettledBy by = SettledBy::kUs;
};
struct CountFailedSettlement {};
struct ForgetFailedSettlements {};
struct SetSettlementUnknown {
  bool unknown = false;
};
struct SetEnding {
  Ending ending = Ending::kNone;
};
struct SetPlatformClosed {};
struct SetDispute {
  std::uint64_t dispute = 0;
};

// The settlement's one payment, to be sent; a retry is the same settlement's next attempt.
struct CommandSettlement {
  std::int64_t amount = 0;
  std::int32_t attempt = 1;  // counts all commands of the case, from 1
};

// ---- beside it ----------------------------------------------------------------------------------

struct QuerySettlement {};   // ask what became of the payment
struct CancelSettlement {};  // it will not be paid by us: drop what has not been sent

using workflows::WarehouseTaskKind;
struct CreateWarehouseTask {
  WarehouseTaskKind kind = WarehouseTaskKind::kInboundReturn;
  std::string carrier;  // of the parcel that the buyer sent; empty for the other kinds
  std::string tracking;
};
// Cancels the case's open task of that kind; without one it does nothing.
struct CancelWarehouseTask {
  WarehouseTaskKind kind = WarehouseTaskKind::kInboundReturn;
};

// Of the linked dispute, through its inbox.
struct OpenDispute {
  std::uint64_t dispute = 0;  // the case to be opened
};
enum class DisputeNews : std::uint8_t {
  kGiven = 1,  // the buyer has what this case gives
  kEnded = 2,  // it gives nothing
};
struct TellDispute {
  DisputeNews news = DisputeNews::kEnded;
  std::int64_t amount = 0;  // paid; 0 for a replacement
};

using workflows::AskPlatform;
using workflows::Notice;
using workflows::NotifyBuyer;
using workflows::PersonQueue;
using workflows::QueueForPerson;
using workflows::RaisePriority;

using RefundEffect =
    std::variant<ArmDeadline, KeepDeadline, DisarmDeadline, ReviseAsked, ProposeApproval,
                 DropProposal, SetApproved, SetReturnTracking, SetSendBackTracking, SetGoods,
                 SetInspection, SetReplacement, SetReplacementTracking, SetInterception,
                 ReserveAmount, ReleaseReservation, MarkSettled, CountFailedSettlement,
                 ForgetFailedSettlements, SetSettlementUnknown, SetEnding, SetPlatformClosed,
                 CommandSettlement, QuerySettlement, CancelSettlement, CreateWarehouseTask,
                 CancelWarehouseTask, SetDispute, OpenDispute, TellDispute, RaisePriority,
                 QueueForPerson, AskPlatform, NotifyBuyer>;
using RefundEffects = std::vector<RefundEffect>;

// The case's row after these effects; those of the second group leave it as it is.
void Apply(const RefundEffects& effects, RefundProgress& progress);
void Apply(const RefundEffect& effect, RefundProgress& progress);

// What the effects do to the line's ledger row.
void Apply(const RefundEffects& effects, Line& line);

}  // namespace redress::workflows::refund
