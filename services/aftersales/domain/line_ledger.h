#pragma once

// What an order line is worth and how much of it is spoken for: the one row that holds the limit.
// Amounts are minor units; ceiling >= reserved + settled always.

#include <cstdint>
#include <string>
#include <vector>

#include "services/aftersales/domain/case.h"

namespace redress::aftersales {

struct LedgerRow {
  ShopId shop;
  LineId line;
  OrderId order;
  std::uint32_t order_version = 0;
  std::string currency;
  std::int64_t ceiling = 0;
  std::int64_t reserved = 0;
  std::int64_t settled = 0;
  // By how much the order's own ceiling lies below what is reserved and settled already.
  std::int64_t shortfall = 0;
  std::int32_t quantity = 0;
  CustomerId customer;
  std::int64_t order_paid_at = 0;
  workflows::refund::OrderShipping shipping = workflows::refund::OrderShipping::kUnshipped;
  std::string sku;
  std::string title;
  std::int64_t updated_at = 0;
  bool postage = false;  // the order's postage, not goods

  // What the line's cases have reserved and settled from now on. What that leaves free goes
  // against the shortfall first: above the order's own ceiling nothing is ever free. The ceiling
  // only falls here; more than it is for the row's CHECK to refuse.
  void SpeakFor(std::int64_t now_reserved, std::int64_t now_settled);

  workflows::refund::Line Facts() const { return {ceiling, reserved, settled, quantity, postage}; }
};

// A line as the order service knows it.
struct LineFacts {
  OrderId order;
  LineId line;
  std::uint32_t order_version = 0;
  std::string currency;
  std::int64_t ceiling = 0;
  std::int32_t quantity = 0;
  CustomerId customer;
  std::int64_t paid_at = 0;  // 0 while unpaid
  workflows::refund::OrderShipping shipping = workflows::refund::OrderShipping::kUnshipped;
  std::string sku;
  std::string title;
  bool postage = false;       // the order's postage, not goods
  std::string platform = {};  // the marketplace, e.g. `tmall`
  // What the order service itself knows to have been refunded elsewhere: in the ceiling already.
  std::int64_t refunded_elsewhere = 0;
};

// Brings a row up to date; `row.order_version` 0 means that it is new. A version that is not newer
// changes nothing and answers false. The ceiling never drops below what is reserved and settled:
// the difference is row.shortfall, for a person. Names, postage and shipping that the source
// leaves out (as an order event does) are kept.
bool BringUpToDate(LedgerRow& row, const LineFacts& facts, std::int64_t now_us);

// The order service, asked before a command is queued, never inside its transaction. Throws
// Refusal NOT_FOUND for an unknown order or line, UNAVAILABLE when it cannot be asked.
class LineSource {
 public:
  virtual ~LineSource() = default;
  // line 0: the only line of an order that has one.
  virtual LineFacts Read(ShopId shop, OrderId order, LineId line) = 0;
  // The order as a whole: what belongs to a line stays empty.
  virtual LineFacts ReadOrder(ShopId shop, OrderId order) = 0;
};

}  // namespace redress::aftersales
