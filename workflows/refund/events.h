#pragma once

// The events of a refund case. Plain structs: an event's kName is the name of the API's oneof
// field. They carry only what the machine decides on; free texts, photos and references stay on the
// step. Amounts are minor units of the line's currency.

#include <cstdint>
#include <string>
#include <string_view>
#include <variant>

namespace redress::workflows::refund {

enum class Variant : std::uint8_t {
  kRefundOnly = 1,
  kReturnAndRefund = 2,
  kExchange = 3,         // goods come back, a replacement goes out
  kReship = 4,           // a replacement goes out, nothing comes back
  kPriceDifference = 5,  // money only: the price fell after the purchase
  kPostage = 6,          // money only, of the order's postage line
};

enum class Shipping : std::uint8_t { kExpress = 1, kPost = 2 };

// What a ruling gives the buyer.
enum class Remedy : std::uint8_t { kMoney = 1, kReplacement = 2 };

// An agent approves. Above the agent's limit, or for goods that cannot be returned, the case
// waits in PendingApproval for somebody else.
struct Approve {
  static constexpr std::string_view kName = "approve";
  std::int64_t amount = 0;
};
// A supervisor, not the agent who approved first, approves what waits in PendingApproval.
struct ApproveLarge {
  static constexpr std::string_view kName = "approve_large";
};
// A supervisor gives it back to the agent.
struct SendBackForRework {
  static constexpr std::string_view kName = "send_back_for_rework";
};
struct Reject {
  static constexpr std::string_view kName = "reject";
};
// The buyer changes what is asked for.
struct ReviseRequest {
  static constexpr std::string_view kName = "revise_request";
  std::int64_t amount = 0;
  std::int32_t quantity = 0;
  Variant variant = Variant::kRefundOnly;
};
struct Withdraw {
  static constexpr std::string_view kName = "withdraw";
};
struct ShipReturn {
  static constexpr std::string_view kName = "ship_return";
  std::string carrier;
  std::string tracking;
  Shipping shipping = Shipping::kExpress;
};
struct ReceiveGoods {
  static constexpr std::string_view kName = "receive_goods";
};
struct PassInspection {
  static constexpr std::string_view kName = "pass_inspection";
};
struct FailInspection {
  static constexpr std::string_view kName = "fail_inspection";
};
// The goods are worth `amount` of what was approved; the buyer must accept it.
struct PassInspectionInPart {
  static constexpr std::string_view kName = "pass_inspection_in_part";
  std::int64_t amount = 0;
};
struct AcceptPartialOffer {
  static constexpr std::string_view kName = "accept_partial_offer";
  std::int64_t amount = 0;
};
// The buyer accepts that nothing is paid; the goods go back.
struct AcceptRefusal {
  static constexpr std::string_view kName = "accept_refusal";
};
struct EscalateToPlatform {
  static constexpr std::string_view kName = "escalate_to_platform";
};
struct SendGoodsBack {
  static constexpr std::string_view kName = "send_goods_back";
  std::string carrier;
  std::string tracking;
};
// The replacement has left for the buyer.
struct ShipReplacement {
  static constexpr std::string_view kName = "ship_replacement";
  std::string carrier;
  std::string tracking;
};
// The buyer has the replacement.
struct SignForReplacement {
  static constexpr std::string_view kName = "sign_for_replacement";
};
// The replacement will not arrive: another one is sent, or the case is turned into a refund.
struct RecordReplacementLost {
  static constexpr std::string_view kName = "record_replacement_lost";
};
// Money instead of a replacement that has not left. Approved like any refund: above the agent's
// limit it waits, in the same state, for somebody else.
struct ConvertToRefund {
  static constexpr std::string_view kName = "convert_to_refund";
  std::int64_t amount = 0;
};
// The order was shipped after its whole amount was given back.
struct RecordOrderShipped {
  static constexpr std::string_view kName = "record_order_shipped";
};
// What became of the parcel that was to be stopped.
struct RecordInterception {
  static constexpr std::string_view kName = "record_interception";
  bool caught = false;
};
struct RecordSettled {
  static constexpr std::string_view kName = "record_settled";
};
// `final`: it can never be paid this way. Otherwise it is tried again, then given to finance.
struct RecordSettlementFailed {
  static constexpr std::string_view kName = "record_settlement_failed";
  bool final = false;
};
// Nobody knows whether it was paid: nothing is tried again before ReconcileSettlement.
struct RecordSettlementUnknown {
  static constexpr std::string_view kName = "record_settlement_unknown";
};
struct ReconcileSettlement {
  static constexpr std::string_view kName = "reconcile_settlement";
  bool paid = false;
};
// Finance has mended what made the attempts fail.
struct RetrySettlement {
  static constexpr std::string_view kName = "retry_settlement";
};
struct RecordFollowUp {
  static constexpr std::string_view kName = "record_follow_up";
  std::int32_t score = 0;
};
struct RuleForBuyer {
  static constexpr std::string_view kName = "rule_for_buyer";
  std::int64_t amount = 0;  // of a replacement: what the goods are worth
  Remedy remedy = Remedy::kMoney;
};
struct RuleForShop {
  static constexpr std::string_view kName = "rule_for_shop";
};
// The linked dispute ended and leaves nothing for this case to give.
struct EndDispute {
  static constexpr std::string_view kName = "end_dispute";
};
// A dispute about the line came to a refund of `amount`, which this case gives: approved by it
// where nothing was granted yet.
struct JoinDispute {
  static constexpr std::string_view kName = "join_dispute";
  std::int64_t amount = 0;
  std::uint64_t dispute = 0;  // the case
};
struct DeadlineReached {
  static constexpr std::string_view kName = "deadline_reached";
  std::int64_t number = 0;
};
// The platform closed its refund without paying.
struct PlatformClosed {
  static constexpr std::string_view kName = "platform_closed";
};
// The platform paid the buyer `amount`: a fact, whatever our ledger thinks of it.
struct PlatformSucceeded {
  static constexpr std::string_view kName = "platform_succeeded";
  std::int64_t amount = 0;
};
// On the platform the return was agreed to: by whoever works there, or by its own deadline.
// `amount` is what the buyer gets once the goods are back.
struct PlatformAgreed {
  static constexpr std::string_view kName = "platform_agreed";
  std::int64_t amount = 0;
};
// On the platform the buyer was refused, or the goods were.
struct PlatformRefused {
  static constexpr std::string_view kName = "platform_refused";
};
struct PlatformIntervened {
  static constexpr std::string_view kName = "platform_intervened";
};

using RefundEvent = std::variant<
    Approve, ApproveLarge, SendBackForRework, Reject, ReviseRequest, Withdraw, ShipReturn,
    ReceiveGoods, PassInspection, FailInspection, PassInspectionInPart, AcceptPartialOffer,
    AcceptRefusal, EscalateToPlatform, SendGoodsBack, ShipReplacement, SignForReplacement,
    RecordReplacementLost, ConvertToRefund, RecordOrderShipped, RecordInterception, RecordSettled,
    RecordSettlementFailed, RecordSettlementUnknown, ReconcileSettlement, RetrySettlement,
    RecordFollowUp, RuleForBuyer, RuleForShop, EndDispute, JoinDispute, DeadlineReached,
    PlatformClosed, PlatformSucceeded, PlatformIntervened, PlatformAgreed, PlatformRefused>;

std::string_view NameOf(const RefundEvent& event);

}  // namespace redress::workflows::refund
