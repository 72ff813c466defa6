// What was bought, paid and shipped, as the order service keeps it.
//
// Amounts are minor units of the order's currency, times are UTC microseconds; 0 is "no time" and
// no customer. Unit prices stay the exact decimal text of their source.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "services/platform/base/ids.h"

namespace redress::order {

using platform::AccountId;
using platform::AdjustmentId;
using platform::CustomerId;
using platform::LineId;
using platform::OrderId;
using platform::ShopId;

// Numbers are stored and equal those of the API.
enum class OrderStatus : std::uint8_t {
  kWaitBuyerPay = 1,
  kWaitSellerSendGoods = 2,
  kWaitBuyerConfirmGoods = 3,
  kTradeFinished = 4,
  kTradeClosed = 5,
  kTradeClosedByTaobao = 6,
};

// The platform's word, e.g. TRADE_FINISHED.
std::string_view StatusName(OrderStatus status);
// Whether an order in this state has been paid.
bool MeansPaid(OrderStatus status);
// Whether it has been sent to the buyer.
bool MeansShipped(OrderStatus status);
// Whether nothing is to come any more.
bool MeansOver(OrderStatus status);

struct Line {
  LineId id;
  std::string number;  // the source's own name of the line; its identity in the order
  std::string sku;
  std::string title;
  std::int32_t quantity = 0;
  std::string unit_price;  // may be empty where the source gives only what was paid
  std::int64_t paid_minor = 0;
  std::int64_t refunded_elsewhere_minor = 0;
  std::int64_t adjusted_minor = 0;  // sum of the imported refunds matched with the line
  bool postage = false;
  bool removed = false;  // the source names it no longer
  std::string category;
  std::string properties;             // what was chosen: "颜色:红;尺码:L"
  std::optional<OrderStatus> status;  // absent: that of the order
  std::string refund_status;          // in the platform's words
  std::string tracking_number;        // of the parcel that it is in

  // What may be refunded for the line in all; never negative. Lines that correct the books
  // (quantity zero or below) have nothing to refund.
  std::int64_t RefundCeiling() const;
  bool operator==(const Line&) const = default;
};

// Where a parcel is, as its carrier tells. Numbers are stored and equal those of the API.
enum class ParcelState : std::uint8_t {
  kUnknown = 0,
  kCollected = 1,
  kInTransit = 2,
  kDelivering = 3,
  kDelivered = 4,
  kInTrouble = 5,
  kRefused = 6,
  kReturning = 7,
  kReturned = 8,
  kAtCustoms = 9,
};

// E.g. IN_TRANSIT; empty for kUnknown.
std::string_view ParcelStateName(ParcelState state);

struct Shipment {
  std::string carrier = {};
  std::string tracking_number = {};  // its identity in the order
  std::int64_t shipped_at = 0;
  std::int64_t received_at = 0;
  ParcelState state = ParcelState::kUnknown;
  std::int64_t tracked_at = 0;  // when the carrier last told something

  bool operator==(const Shipment&) const = default;
};

struct Receiver {
  std::string name;
  std::string phone;
  std::string address;

  bool empty() const { return name.empty() && phone.empty() && address.empty(); }
  bool operator==(const Receiver&) const = default;
};

// What a source says in a column that no field takes.
struct RawField {
  std::string name;
  std::string text;
  std::string line_number;  // empty: of the order
  bool personal = false;    // only shown masked

  bool operator==(const RawField&) const = default;
};

// What is known of an order in words, sealed as one.
struct Details {
  std::string buyer_message;
  std::string memo;
  std::string buyer_account;
  std::vector<RawField> raw_fields;

  bool empty() const {
    return buyer_message.empty() && memo.empty() && buyer_account.empty() && raw_fields.empty();
  }
  std::size_t Bytes() const;
  bool operator==(const Details&) const = default;
};

// The shop's note on an order, as the platform has it or takes it.
struct MemoText {
  std::uint8_t flag = 0;  // 0 grey, 1 red, 2 yellow, 3 green, 4 blue, 5 purple
  std::string text;

  bool empty() const { return flag == 0 && text.empty(); }
  bool operator==(const MemoText&) const = default;
};

// Parts of an order that its source did not give. Numbers are stored, as bits, and equal those of
// the API.
enum class DerivedPart : std::uint8_t { kOrderNumber = 1, kOrderTime = 2, kStatus = 3, kLines = 4 };

class DerivedParts {
 public:
  DerivedParts() = default;
  explicit DerivedParts(std::uint8_t bits) : bits_(bits) {}

  void Add(DerivedPart part) { bits_ = static_cast<std::uint8_t>(bits_ | Bit(part)); }
  bool Has(DerivedPart part) const { return (bits_ & Bit(part)) != 0; }
  std::uint8_t bits() const { return bits_; }
  bool operator==(const DerivedParts&) const = default;

 private:
  static std::uint8_t Bit(DerivedPart part) {
    return static_cast<std::uint8_t>(1u << static_cast<unsigned>(part));
  }
  std::uint8_t bits_ = 0;
};

struct Order {
  OrderId id;
  std::string platform;
  std::string number;
  CustomerId customer;
  OrderStatus status = OrderStatus::kWaitBuyerPay;
  std::string currency;
  std::string region;
  std::int64_t order_at = 0;
  std::int64_t paid_at = 0;
  std::int64_t source_at = 0;  // when the source last changed it
  std::uint32_t version = 0;   // counts the order's changes from 1
  std::vector<Line> lines;     // by number
  std::vector<Shipment> shipments;
  std::string receiver_hash;  // keyed; empty where no receiver is known
  std::string details_hash;   // keyed; empty where no details are known
  DerivedParts derived;
  // When somebody of the shop last changed these; 0 where the platform's word holds. memo_at is
  // also the time of a memo that the platform brought.
  std::int64_t receiver_at = 0;
  std::int64_t price_at = 0;
  std::int64_t memo_at = 0;
  std::uint32_t receiver_version = 0;  // counts receivers from 0
  std::string memo_hash;               // keyed; empty where no memo is known

  // Sum over the lines that the source still names.
  std::int64_t PaidMinor() const;
  bool Shipped() const;
  bool Received() const;
  // Whether somebody is still to prepare its parcels, now or once it is paid.
  bool IsToBeShipped() const;
  // Whether its parcels are to be prepared now: it is paid, and nothing has left.
  bool MayBePacked() const;
  // Of one line, by its own state or parcel where they are known.
  bool Shipped(const Line& line) const;
  bool Received(const Line& line) const;
  const Line* FindLine(LineId line) const;
  const Shipment* FindShipment(std::string_view tracking_number) const;
};

// Numbers by value ("9" before "10"), everything else byte by byte.
bool LineNumberLess(std::string_view a, std::string_view b);

// A refund or correction made outside Redress.
struct Adjustment {
  AdjustmentId id;
  std::string platform;
  std::string number;
  bool correction = false;
  CustomerId customer;
  OrderId order;  // what it was matched with
  LineId line;
  std::string sku;
  std::string title;
  std::string document_number;
  std::int32_t quantity = 0;
  std::string unit_price;
  std::string currency;
  std::int64_t amount_minor = 0;
  std::int64_t adjust_at = 0;
  std::int64_t order_paid_at = 0;  // of the matched order
};

}  // namespace redress::order
