// Orders and adjustments as a source gives them, and the rules that they have to keep before they
// are stored. Pure: no clock, no ids, no database.
//
//   std::variant<PreparedOrder, Problem> prepared = Prepare(input);
//   if (const Problem* problem = std::get_if<Problem>(&prepared)) … refused, with field and remedy
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "services/order/domain/order.h"

namespace redress::order {

struct LineInput {
  std::string number;
  std::string sku;
  std::string title;
  std::int32_t quantity = 0;
  std::string unit_price;
  std::optional<std::int64_t> paid_minor;  // absent: quantity × unit_price, rounded half to even
  std::int64_t refunded_elsewhere_minor = 0;
  bool postage = false;
  std::string category = {};
  std::string properties = {};
  std::optional<OrderStatus> status = {};  // absent: that of the order
  std::string refund_status = {};
  std::string tracking_number = {};
};

struct OrderInput {
  std::string platform;
  std::string number;
  std::string buyer_nick;
  OrderStatus status = OrderStatus::kWaitBuyerPay;
  std::string currency;
  std::int64_t order_at = 0;
  std::int64_t paid_at = 0;
  std::optional<std::int64_t> source_at;  // absent: the time of the push
  std::vector<LineInput> lines;           // none: one line of total_minor
  std::int64_t total_minor = 0;
  std::vector<Shipment> shipments;
  Receiver receiver;  // empty: keeps what is known
  std::string region;
  Details details;  // empty: keeps what is known
  DerivedParts derived;
  std::uint8_t memo_flag = 0;
};

struct AdjustmentInput {
  std::string platform;
  std::string number;
  bool correction = false;
  std::string buyer_nick;
  std::string sku;
  std::string title;
  std::string document_number;
  std::int32_t quantity = 0;
  std::string unit_price;
  std::string currency;
  std::int64_t adjust_at = 0;
};

// What is wrong with one field and what to do; never contact data.
struct Problem {
  std::string field;  // e.g. lines[3].unit_price
  std::string description;
};

// An order as it will be stored, but for ids, customer and version.
struct PreparedOrder {
  Order order;
  std::string buyer_nick;
  Receiver receiver;
  Details details;
  std::uint8_t memo_flag = 0;
  std::optional<std::int64_t> source_at;
};

struct PreparedAdjustment {
  Adjustment adjustment;  // but for ids and customer
  std::string buyer_nick;
};

std::variant<PreparedOrder, Problem> Prepare(const OrderInput& input);
std::variant<PreparedAdjustment, Problem> Prepare(const AdjustmentInput& input);

// The amount of quantity × unit_price in minor units, rounded once, half to even. Nothing when the
// price is no exact decimal or the amount leaves the bounds that one line may have.
std::optional<std::int64_t> AmountOf(std::int32_t quantity, std::string_view unit_price,
                                     int minor_digits);

// Largest amount of one line, minor units either way; 2,000 of them still fit in 64 bits.
inline constexpr std::int64_t kMaxLineMinor = 1'000'000'000'000'000;
// And of all lines of one order together: sums over a day's orders have to fit into 64 bits.
inline constexpr std::int64_t kMaxOrderMinor = kMaxLineMinor;

// Most bytes of one order's details; what seals them has to fit into 65,535.
inline constexpr std::size_t kMaxDetailsBytes = 60'000;

}  // namespace redress::order
