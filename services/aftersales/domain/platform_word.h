#pragma once

// The platform's word on one refund: the fields of its object, mapped to what cases are about.
// Field names, statuses and codes are the platform's, misspellings included.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "services/aftersales/domain/platform_fields.h"
#include "workflows/refund/events.h"

namespace redress::aftersales {

// Where the platform's refund stands; later ones win over earlier ones of the same version.
enum class PlatformStage : std::uint8_t {
  kUnknown = 0,  // a status that no table of ours knows
  kWaitSellerAgree = 1,
  kPostFeeDispute = 2,
  kSellerRefused = 3,
  kWaitBuyerReturn = 4,
  kWaitSellerConfirmGoods = 5,
  kWaitSellerConsign = 6,  // an exchange: the shop has to ship
  kWaitBuyerConfirm = 7,   // an exchange: the buyer has to confirm what was shipped
  kTurnedIntoRefund = 8,   // an exchange that became a refund
  kClosed = 9,
  kSuccess = 10,
};

inline bool IsEnd(PlatformStage stage) {
  return stage == PlatformStage::kClosed || stage == PlatformStage::kSuccess;
}

// By name (WAIT_SELLER_AGREE) or numeric code (1).
PlatformStage StageOf(std::string_view status);
// The same of a value as JSON: "\"SUCCESS\"" or "5".
PlatformStage StageOfWritten(std::string_view written);
// Whether only exchanges have this status.
bool IsOfExchange(std::string_view status);

struct PlatformWord {
  std::string refund_id;
  std::string order_number;  // tid
  std::string line_number;   // oid
  std::int64_t version = 0;  // milliseconds
  PlatformStage stage = PlatformStage::kUnknown;
  std::string status;  // as it was written
  // What is asked for, fen; 0 where none was said. Of an exchange without a refund_fee, what the
  // goods are worth.
  std::int64_t amount = 0;
  std::int64_t paid = 0;      // refund_fee, fen: what the buyer gets when it succeeds
  std::int32_t quantity = 0;  // num; 0 where none was said
  workflows::refund::Variant variant = workflows::refund::Variant::kRefundOnly;
  bool agreed = false;
  bool sent = false;
  bool intervened = false;
  std::string carrier;
  std::string tracking;
  workflows::refund::Shipping shipping = workflows::refund::Shipping::kExpress;
  std::string reason;
  std::string description;     // the buyer's words
  std::int64_t remind_at = 0;  // the platform's own deadline; 0 for none
  // What the platform lets the shop do, where it said so.
  std::vector<std::string> allowed_operations;
  std::vector<std::string> refused_operations;

  bool IsReturn() const;
};

// Throws platform::FieldBroken for a value that its field cannot have. Fields were checked by this
// when they were pushed, so that stored ones are read without it.
PlatformWord WordOf(const PlatformFields& fields);

// The event of ours that the platform's operation is, by its code; empty for a code that no table
// of ours knows.
std::string_view EventOfOperation(std::string_view code);

// Whether a field of the object is mapped, or known and of no use to cases.
bool IsKnownField(std::string_view name);

}  // namespace redress::aftersales
