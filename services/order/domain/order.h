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
