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

  // What may be refunded for the line in all; never negative. Lines that correct the books
  // (quantity zero or below) have nothing to refund.
  std::int64_t RefundCeiling() const;
  bool operator==(const Line&) const = default;
};

struct Shipment {
  std::string carrier;
  std::string tracking_number;  // its identity in the order
  std::int64_t shipped_at = 0;
  std::int64_t received_at = 0;

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

  // Sum over the lines that the source still names.
  std::int64_t PaidMinor() const;
  bool Shipped() const;
  bool Received() const;
  const Line* FindLine(LineId line) const;
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
