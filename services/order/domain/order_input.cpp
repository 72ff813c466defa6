#include "services/order/domain/order_input.h"

#include <algorithm>
#include <cstdlib>
#include <stdexcept>
#include <string_view>
#include <unordered_set>
#include <utility>

#include "services/platform/base/money.h"

namespace redress::order {
namespace {

using platform::Decimal;
using platform::MinorDigits;

// 1990 and 2100: outside lie unset clocks and times given in another unit.
constexpr std::int64_t kEarliestUs = 631'152'000'000'000;
constexpr std::int64_t kLatestUs = 4'102'444'800'000'000;

bool IsTime(std::int64_t at) { return at >= kEarliestUs && at < kLatestUs; }
bool IsTimeOrNone(std::int64_t at) { return at == 0 || IsTime(at); }
bool IsBounded(std::int64_t minor) { return minor >= -kMaxLineMinor && minor <= kMaxLineMinor; }

std::string Indexed(std::string_view list, std::size_t index, std::string_view field) {
  return std::string(list) + "[" + std::to_string(index) + "]." + std::string(field);
}

// Tags and lengths of a raw field where it is sealed.
constexpr std::size_t kRawFieldOverhead = 16;

constexpr const char* kTimeProblem = "is not a time between 1990 and 2100; give UTC";

Problem UnknownCurrency() {
  return {"currency_code", "is not an ISO 4217 code; give three capitals such as CNY"};
}

std::optional<Problem> CheckTimes(const OrderInput& input) {
  if (!IsTime(input.order_at)) return Problem{"order_time", kTimeProblem};
  if (!IsTimeOrNone(input.paid_at)) return Problem{"pay_time", kTimeProblem};
  if (input.source_at && !IsTime(*input.source_at)) return Problem{"source_time", kTimeProblem};
  const std::string status(StatusName(input.status));
  if (MeansPaid(input.status) && input.paid_at == 0) {
    return Problem{"pay_time", "is absent, but an order in " + status +
                                   " has been paid; say when, or give the state it is in"};
  }
  if (!MeansPaid(input.status) && input.paid_at != 0) {
    return Problem{"pay_time", "is set, but an order in " + status +
                                   " has not been paid; leave it out, or give the state it is in"};
  }
  return std::nullopt;
}

std::optional<Problem> CheckShipments(const std::vector<Shipment>& shipments) {
  std::unordered_set<std::string_view> seen;
  for (std::size_t i = 0; i < shipments.size(); ++i) {
    const Shipment& shipment = shipments[i];
    if (!seen.insert(shipment.tracking_number).second) {
      return Problem{Indexed("shipments", i, "tracking_number"),
                     "is named twice in the order; send each parcel once"};
    }
    if (!IsTimeOrNone(shipment.shipped_at)) {
      return Problem{Indexed("shipments", i, "ship_time"), kTimeProblem};
    }
    if (!IsTimeOrNone(shipment.received_at)) {
      return Problem{Indexed("shipments", i, "receive_time"), kTimeProblem};
    }
  }
  return std::nullopt;
}

std::variant<Line, Problem> PrepareLine(const LineInput& input, std::size_t index, int digits) {
  Line line;
  line.number = input.number;
  line.sku = input.sku;
  line.title = input.title;
  // Sources leave the units of postage out; it is bought once.
  line.quantity = input.postage && input.quantity == 0 ? 1 : input.quantity;
  line.unit_price = input.unit_price;
  line.postage = input.postage;
  line.category = input.category;
  line.properties = input.properties;
  line.status = input.status;
  line.refund_status = input.refund_status;
  line.tracking_number = input.tracking_number;
  if (input.unit_price.empty() && !input.paid_minor) {
    return Problem{Indexed("lines", index, "unit_price"),
                   "is absent, and so is paid_minor; give one of them"};
  }
  if (!input.unit_price.empty() && !Decimal::Parse(input.unit_price)) {
    return Problem{Indexed("lines", index, "unit_price"),
                   "is not an exact decimal of at most 8 places, such as 6.45"};
  }
  if (input.paid_minor) {
    if (!IsBounded(*input.paid_minor)) {
      return Problem{Indexed("lines", index, "paid_minor"), "is beyond 10^15 minor units"};
    }
    line.paid_minor = *input.paid_minor;
  } else {
    const auto amount = AmountOf(line.quantity, input.unit_price, digits);
    if (!amount) {
      return Problem{Indexed("lines", index, "unit_price"),
                     "times the quantity is beyond 10^15 minor units"};
    }
    line.paid_minor = *amount;
  }
  if (input.refunded_elsewhere_minor < 0 || !IsBounded(input.refunded_elsewhere_minor)) {
    return Problem{Indexed("lines", index, "refunded_elsewhere_minor"),
                   "is not between 0 and 10^15 minor units"};
  }
  line.refunded_elsewhere_minor = input.refunded_elsewhere_minor;
  return line;
}

// Corrections count with what they are worth: no part of the lines sums up to more, either.
bool SumIsBounded(const std::vector<Line>& lines) {
  std::int64_t sum = 0;  // 2,000 lines of 10^15 fit
  for (const Line& line : lines) sum += std::abs(line.paid_minor);
  return sum <= kMaxOrderMinor;
}

// An order without lines is one line of everything, named as marketplaces name the line of a
// single-line order: by the order's own number.
LineInput WholeOrderLine(const OrderInput& input, int digits) {
  LineInput line;
  line.number = input.number;
  line.quantity = 1;
  line.unit_price = Decimal::FromMinor(input.total_minor, digits).ToString();
  line.paid_minor = input.total_minor;
  return line;
}

std::optional<Problem> PrepareLines(const OrderInput& input, int digits, std::vector<Line>& lines) {
  if (input.lines.empty()) {
    if (!IsBounded(input.total_minor)) {
      return Problem{"total_minor", "is beyond 10^15 minor units"};
    }
    lines.push_back(std::get<Line>(PrepareLine(WholeOrderLine(input, digits), 0, digits)));
    return std::nullopt;
  }
  std::unordered_set<std::string_view> seen;
  lines.reserve(input.lines.size());
  for (std::size_t i = 0; i < input.lines.size(); ++i) {
    if (!seen.insert(input.lines[i].number).second) {
      return Problem{Indexed("lines", i, "line_number"),
                     "is named twice in the order; every line needs a number of its own"};
    }
    auto line = PrepareLine(input.lines[i], i, digits);
    if (auto* problem = std::get_if<Problem>(&line)) return std::move(*problem);
    lines.push_back(std::get<Line>(std::move(line)));
  }
  if (!SumIsBounded(lines)) {
    return Problem{"lines",
                   "are together worth more than 10^15 minor units; send only the lines "
                   "that belong to one order, in the currency's minor units"};
  }
  std::sort(lines.begin(), lines.end(),
            [](const Line& a, const Line& b) { return LineNumberLess(a.number, b.number); });
  return std::nullopt;
}

}  // namespace

std::optional<std::int64_t> AmountOf(std::int32_t quantity, std::string_view unit_price,
                                     int minor_digits) {
  const std::optional<Decimal> price = Decimal::Parse(unit_price);
  if (!price) return std::nullopt;
  try {
    const std::int64_t minor = (*price * quantity).RoundToMinor(minor_digits);
    return IsBounded(minor) ? std::optional(minor) : std::nullopt;
  } catch (const std::overflow_error&) {
    return std::nullopt;
  }
}

std::variant<PreparedOrder, Problem> Prepare(const OrderInput& input) {
  const std::optional<int> digits = MinorDigits(input.currency);
  if (!digits) return UnknownCurrency();
  if (auto problem = CheckTimes(input)) return *problem;
  if (auto problem = CheckShipments(input.shipments)) return *problem;
  if (input.details.Bytes() + input.details.raw_fields.size() * kRawFieldOverhead >
      kMaxDetailsBytes) {
    return Problem{"raw_fields", "hold more than " + std::to_string(kMaxDetailsBytes) +
                                     " bytes with message and memo; leave out what nobody reads"};
  }

  PreparedOrder prepared;
  Order& order = prepared.order;
  if (auto problem = PrepareLines(input, *digits, order.lines)) {
    return *problem;
  }
  order.platform = input.platform;
  order.number = input.number;
  order.status = input.status;
  order.currency = input.currency;
  order.region = input.region;
  order.order_at = input.order_at;
  order.paid_at = input.paid_at;
  order.shipments = input.shipments;
  std::sort(
      order.shipments.begin(), order.shipments.end(),
      [](const Shipment& a, const Shipment& b) { return a.tracking_number < b.tracking_number; });
  prepared.buyer_nick = input.buyer_nick;
  prepared.receiver = input.receiver;
  prepared.details = input.details;
  prepared.memo_flag = input.memo_flag;
  order.derived = input.derived;
  prepared.source_at = input.source_at;
  return prepared;
}

std::variant<PreparedAdjustment, Problem> Prepare(const AdjustmentInput& input) {
  const std::optional<int> digits = MinorDigits(input.currency);
  if (!digits) return UnknownCurrency();
  if (!IsTime(input.adjust_at)) return Problem{"adjust_time", kTimeProblem};
  const std::optional<Decimal> price = Decimal::Parse(input.unit_price);
  if (!price) {
    return Problem{"unit_price", "is not an exact decimal of at most 8 places, such as 6.45"};
  }
  if (!input.correction && input.quantity <= 0) {
    return Problem{"quantity", "is not positive; give the units that came back"};
  }
  if (!input.correction && price->negative()) {
    return Problem{"unit_price", "is negative; a refund returns money, mark it as a correction"};
  }
  const auto amount = AmountOf(input.quantity, input.unit_price, *digits);
  if (!amount) return Problem{"unit_price", "times the quantity is beyond 10^15 minor units"};

  PreparedAdjustment prepared;
  Adjustment& adjustment = prepared.adjustment;
  adjustment.platform = input.platform;
  adjustment.number = input.number;
  adjustment.correction = input.correction;
  adjustment.sku = input.sku;
  adjustment.title = input.title;
  adjustment.document_number = input.document_number;
  adjustment.quantity = input.quantity;
  adjustment.unit_price = input.unit_price;
  adjustment.currency = input.currency;
  adjustment.amount_minor = *amount;
  adjustment.adjust_at = input.adjust_at;
  prepared.buyer_nick = input.buyer_nick;
  return prepared;
}

}  // namespace redress::order
