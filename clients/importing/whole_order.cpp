#include "clients/importing/whole_order.h"

#include <algorithm>
#include <utility>

#include "clients/importing/amounts.h"

namespace redress::importing {
namespace {

using redress::order::v1::OrderInput;
using redress::order::v1::OrderLineInput;

// What the order service takes; one place is kept for the postage.
constexpr std::size_t kMaxFileLines = 1999;
// Decimals of unit prices that count when an amount is shared out.
constexpr int kPriceDigits = 4;
constexpr std::int64_t kMaxWeight = 1'000'000'000'000'000;

void MergeTaken(const std::vector<bool>& more, std::vector<bool>& taken) {
  for (std::size_t i = 0; i < taken.size(); ++i) taken[i] = taken[i] || more[i];
}

// What the times tell of an order whose source does not say.
redress::order::v1::OrderStatus StatusByTimes(const OrderInput& order) {
  if (!order.has_pay_time()) return redress::order::v1::ORDER_STATUS_WAIT_BUYER_PAY;
  if (order.shipments().empty()) {
    return redress::order::v1::ORDER_STATUS_WAIT_SELLER_SEND_GOODS;
  }
  const bool received = std::all_of(order.shipments().begin(), order.shipments().end(),
                                    [](const auto& parcel) { return parcel.has_receive_time(); });
  return received ? redress::order::v1::ORDER_STATUS_TRADE_FINISHED
                  : redress::order::v1::ORDER_STATUS_WAIT_BUYER_CONFIRM_GOODS;
}

// Marketplaces name the line of a single-line order like the order.
void NameLikeTheOrder(OrderInput& order) {
  order.mutable_lines(0)->set_line_number(order.order_number());
  for (auto& field : *order.mutable_raw_fields()) {
    if (!field.line_number().empty()) field.set_line_number(order.order_number());
  }
}

std::int64_t WeightOf(const OrderLineInput& line) {
  std::int64_t price = 0;
  if (!ParseMinor(line.unit_price(), kPriceDigits, price) || price < 0 || line.quantity() <= 0) {
    return 0;
  }
  const __int128 weight = __int128{price} * line.quantity();
  return static_cast<std::int64_t>(std::min<__int128>(weight, kMaxWeight));
}

// Shares what was paid for the goods out over the order's lines, and what was refunded over what
// was paid.
void ShareOutAmounts(std::int64_t goods_minor, const OrderLineInput* postage,
                     std::int64_t refunded_minor, OrderInput& order) {
  std::vector<std::int64_t> weights;
  for (const auto& line : order.lines()) weights.push_back(WeightOf(line));
  std::vector<std::int64_t> paid = ShareOut(goods_minor, weights);
  for (int i = 0; i < order.lines_size(); ++i) {
    order.mutable_lines(i)->set_paid_minor(paid[static_cast<std::size_t>(i)]);
  }
  if (postage != nullptr) {
    *order.add_lines() = *postage;
    paid.push_back(postage->paid_minor());
  }
  const std::vector<std::int64_t> refunded = ShareOut(refunded_minor, paid);
  for (int i = 0; i < order.lines_size(); ++i) {
    order.mutable_lines(i)->set_refunded_elsewhere_minor(refunded[static_cast<std::size_t>(i)]);
  }
}

}  // namespace

WholeOrderReader::WholeOrderReader(const CsvFile& file, const Mapping& mapping, LinesFile* lines)
    : lines_(lines),
      order_fields_(mapping.order, Header(file.header()), mapping),
      line_fields_(mapping.line, Header(file.header()), mapping),
      shipment_fields_(mapping.shipment, Header(file.header()), mapping),
      postage_fields_(mapping.postage, Header(file.header()), mapping),
      has_shipments_(!mapping.shipment.empty()),
      has_postage_(!mapping.postage.empty()),
      raw_(file.header(), mapping) {}

std::string WholeOrderReader::Read(const CsvRecord& record, OrderItem& item) {
  item.whole = true;
  item.rows.push_back({record.line, record.raw, ""});
  if (!record.problem.empty()) return record.problem;
  OrderInput& order = item.order;
  std::vector<bool> taken(record.fields.size(), false);
  if (std::string bad = order_fields_.Write(record.fields, order, &taken); !bad.empty()) return bad;
  if (!order.has_order_time() && order.has_pay_time()) {
    *order.mutable_order_time() = order.pay_time();
    order.add_derived(redress::order::v1::DERIVED_PART_ORDER_TIME);
  }
  if (!order.has_order_time()) return "order_time: neither it nor the time of payment is given";
  if (std::string bad = ReadLines(record, taken, item); !bad.empty()) return bad;
  if (std::string bad = ReadShipment(record, taken, order); !bad.empty()) return bad;
  if (order.status() == redress::order::v1::ORDER_STATUS_UNSPECIFIED) {
    order.set_status(StatusByTimes(order));
    order.add_derived(redress::order::v1::DERIVED_PART_STATUS);
  } else if (order.status() == redress::order::v1::ORDER_STATUS_TRADE_CLOSED &&
             !order.has_pay_time()) {
    order.set_status(redress::order::v1::ORDER_STATUS_TRADE_CLOSED_BY_TAOBAO);
  }
  if (std::string bad = raw_.Keep(record.fields, taken, "", order); !bad.empty()) return bad;
  if (order.order_number().empty()) {
    order.set_order_number(identity_.NumberFor(order));
    order.add_derived(redress::order::v1::DERIVED_PART_ORDER_NUMBER);
  }
  if (order.lines_size() == 1) NameLikeTheOrder(order);
  return {};
}

std::string WholeOrderReader::ReadLines(const CsvRecord& record, std::vector<bool>& taken,
                                        OrderItem& item) {
  OrderLineInput everything;
  std::vector<bool> line_taken(taken.size(), false);
  std::string bad = line_fields_.Write(record.fields, everything, &line_taken);
  FileLines found;
  if (lines_ != nullptr && !item.order.order_number().empty()) {
    const auto [first, fresh] = joined_.emplace(item.order.order_number(), record.line);
    if (!fresh) {
      return "order_number: stands on line " + std::to_string(first->second) +
             " already, which has the order's lines; keep one of the two rows";
    }
    found = lines_->Take(item.order.order_number());
    item.rows.insert(item.rows.end(), found.rows.begin(), found.rows.end());
  }
  if (!bad.empty()) return bad;
  if (everything.paid_minor() < 0) return "paid_minor: what was paid is negative";
  *item.order.add_lines() = std::move(everything);
  if (!found.lines.empty()) {
    return TakeFileLines(record, std::move(found), taken, item.order);
  }
  MergeTaken(line_taken, taken);
  item.order.add_derived(redress::order::v1::DERIVED_PART_LINES);
  return {};
}

// Puts the file's lines into the place of the one line of everything.
std::string WholeOrderReader::TakeFileLines(const CsvRecord& record, FileLines found,
                                            std::vector<bool>& taken, OrderInput& order) {
  if (!found.problem.empty()) return found.problem;
  if (found.lines.size() > kMaxFileLines) {
    return "the order has more than " + std::to_string(kMaxFileLines) + " lines";
  }
  OrderLineInput postage;
  if (has_postage_) {
    std::vector<bool> postage_taken(taken.size(), false);
    std::string bad = postage_fields_.Write(record.fields, postage, &postage_taken);
    if (!bad.empty()) return bad;
    MergeTaken(postage_taken, taken);
  }
  const OrderLineInput everything = std::move(*order.mutable_lines(0));
  order.clear_lines();
  for (OrderLineInput& line : found.lines) *order.add_lines() = std::move(line);
  *order.mutable_raw_fields() = std::move(*found.raw.mutable_raw_fields());
  // What was not paid is nothing to refund, postage included.
  postage.set_paid_minor(
      std::clamp<std::int64_t>(postage.paid_minor(), 0, everything.paid_minor()));
  if (postage.line_number().empty()) {
    postage.set_line_number(std::to_string(order.lines_size() + 1));
  }
  postage.set_quantity(1);
  postage.set_postage(true);
  ShareOutAmounts(everything.paid_minor() - postage.paid_minor(),
                  postage.paid_minor() > 0 ? &postage : nullptr,
                  everything.refunded_elsewhere_minor(), order);
  return {};
}

// A row without a tracking number has no parcel: what it says of one is kept as it is.
std::string WholeOrderReader::ReadShipment(const CsvRecord& record, std::vector<bool>& taken,
                                           OrderInput& order) {
  if (!has_shipments_) return {};
  redress::order::v1::ShipmentInput shipment;
  std::vector<bool> shipment_taken(taken.size(), false);
  std::string bad = shipment_fields_.Write(record.fields, shipment, &shipment_taken);
  if (!bad.empty()) return bad;
  if (shipment.tracking_number().empty()) return {};
  MergeTaken(shipment_taken, taken);
  *order.add_shipments() = std::move(shipment);
  return {};
}

}  // namespace redress::importing
