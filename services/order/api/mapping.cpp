#include "services/order/api/mapping.h"

#include <algorithm>

namespace redress::order {
namespace {

constexpr std::int64_t kSecondUs = 1'000'000;
constexpr std::int64_t kFarSeconds = 1'000'000'000'000;

void ToProto(const Order& order, std::int64_t minor, redress::common::v1::Money& out) {
  out.set_currency_code(order.currency);
  out.set_minor_units(minor);
}

void ToProto(const Order& order, const Line& line, v1::OrderLine& out) {
  out.set_line_id(platform::ToString(line.id));
  out.set_line_number(line.number);
  out.set_sku(line.sku);
  out.set_title(line.title);
  out.set_quantity(line.quantity);
  out.set_unit_price(line.unit_price);
  ToProto(order, line.paid_minor, *out.mutable_paid());
  ToProto(order, line.RefundCeiling(), *out.mutable_refund_ceiling());
  out.set_postage(line.postage);
  out.set_category(line.category);
  out.set_properties(line.properties);
  if (line.status) out.set_status(static_cast<v1::OrderStatus>(*line.status));
  out.set_refund_status(line.refund_status);
  out.set_tracking_number(line.tracking_number);
}

}  // namespace

void ToProto(const Shipment& shipment, v1::Shipment& out) {
  out.set_carrier(shipment.carrier);
  out.set_tracking_number(shipment.tracking_number);
  if (shipment.shipped_at != 0) *out.mutable_ship_time() = ToTimestamp(shipment.shipped_at);
  if (shipment.received_at != 0) *out.mutable_receive_time() = ToTimestamp(shipment.received_at);
  out.set_state(static_cast<v1::ParcelState>(shipment.state));
  if (shipment.tracked_at != 0) *out.mutable_track_time() = ToTimestamp(shipment.tracked_at);
}

namespace {

LineInput FromProto(const v1::OrderLineInput& input) {
  LineInput line;
  line.number = input.line_number();
  line.sku = input.sku();
  line.title = input.title();
  line.quantity = input.quantity();
  line.unit_price = input.unit_price();
  if (input.has_paid_minor()) line.paid_minor = input.paid_minor();
  line.refunded_elsewhere_minor = input.refunded_elsewhere_minor();
  line.postage = input.postage();
  line.category = input.category();
  line.properties = input.properties();
  if (input.status() != v1::ORDER_STATUS_UNSPECIFIED) {
    line.status = static_cast<OrderStatus>(input.status());
  }
  line.refund_status = input.refund_status();
  line.tracking_number = input.tracking_number();
  return line;
}

Shipment FromProto(const v1::ShipmentInput& input) {
  Shipment shipment;
  shipment.carrier = input.carrier();
  shipment.tracking_number = input.tracking_number();
  if (input.has_ship_time()) shipment.shipped_at = ToMicros(input.ship_time());
  if (input.has_receive_time()) shipment.received_at = ToMicros(input.receive_time());
  return shipment;
}

Details DetailsOf(const v1::OrderInput& input) {
  Details details{input.buyer_message(), input.memo(), input.buyer_account(), {}};
  details.raw_fields.reserve(static_cast<std::size_t>(input.raw_fields_size()));
  for (const v1::RawField& field : input.raw_fields()) {
    details.raw_fields.push_back(
        {field.name(), field.text(), field.line_number(), field.personal()});
  }
  return details;
}

v1::ImportOutcome ToProto(ImportOutcome outcome) {
  switch (outcome) {
    case ImportOutcome::kCreated:
      return v1::IMPORT_OUTCOME_CREATED;
    case ImportOutcome::kChanged:
      return v1::IMPORT_OUTCOME_CHANGED;
    case ImportOutcome::kUnchanged:
      return v1::IMPORT_OUTCOME_UNCHANGED;
    case ImportOutcome::kRefused:
      return v1::IMPORT_OUTCOME_REFUSED;
  }
  return v1::IMPORT_OUTCOME_UNSPECIFIED;
}

}  // namespace

std::int64_t ToMicros(const google::protobuf::Timestamp& time) {
  const std::int64_t seconds = std::clamp<std::int64_t>(time.seconds(), -kFarSeconds, kFarSeconds);
  return seconds * kSecondUs + time.nanos() / 1000;
}

google::protobuf::Timestamp ToTimestamp(std::int64_t at_us) {
  google::protobuf::Timestamp time;
  time.set_seconds(at_us / kSecondUs);
  time.set_nanos(static_cast<std::int32_t>(at_us % kSecondUs * 1000));
  return time;
}

OrderInput FromProto(const v1::OrderInput& input) {
  OrderInput order;
  order.platform = input.platform();
  order.number = input.order_number();
  order.buyer_nick = input.buyer_nick();
  order.status = static_cast<OrderStatus>(input.status());
  order.currency = input.currency_code();
  order.order_at = ToMicros(input.order_time());
  if (input.has_pay_time()) order.paid_at = ToMicros(input.pay_time());
  if (input.has_source_time()) order.source_at = ToMicros(input.source_time());
  order.lines.reserve(static_cast<std::size_t>(input.lines_size()));
  for (const auto& line : input.lines()) order.lines.push_back(FromProto(line));
  order.total_minor = input.total_minor();
  for (const auto& shipment : input.shipments()) order.shipments.push_back(FromProto(shipment));
  order.receiver = {input.receiver().name(), input.receiver().phone(), input.receiver().address()};
  order.region = input.region();
  order.details = DetailsOf(input);
  order.memo_flag = static_cast<std::uint8_t>(input.memo_flag());
  for (const int part : input.derived()) order.derived.Add(static_cast<DerivedPart>(part));
  return order;
}

AdjustmentInput FromProto(const v1::AdjustmentInput& input) {
  AdjustmentInput adjustment;
  adjustment.platform = input.platform();
  adjustment.number = input.adjustment_number();
  adjustment.correction = input.correction();
  adjustment.buyer_nick = input.buyer_nick();
  adjustment.sku = input.sku();
  adjustment.title = input.title();
  adjustment.document_number = input.document_number();
  adjustment.quantity = input.quantity();
  adjustment.unit_price = input.unit_price();
  adjustment.currency = input.currency_code();
  adjustment.adjust_at = ToMicros(input.adjust_time());
  return adjustment;
}

void ToProto(const Order& order, v1::Order& out) {
  out.set_order_id(platform::ToString(order.id));
  out.set_platform(order.platform);
  out.set_order_number(order.number);
  out.set_customer_id(platform::ToString(order.customer));
  out.set_status(static_cast<v1::OrderStatus>(order.status));
  *out.mutable_order_time() = ToTimestamp(order.order_at);
  if (order.paid_at != 0) *out.mutable_pay_time() = ToTimestamp(order.paid_at);
  for (const Line& line : order.lines) {
    if (!line.removed) ToProto(order, line, *out.add_lines());
  }
  for (const Shipment& shipment : order.shipments) ToProto(shipment, *out.add_shipments());
  ToProto(order, order.PaidMinor(), *out.mutable_paid());
  out.set_region(order.region);
  out.set_etag(std::to_string(order.version));
  out.set_receiver_version(order.receiver_version);
  if (order.receiver_at != 0) {
    *out.mutable_receiver_change_time() = ToTimestamp(order.receiver_at);
  }
  if (order.price_at != 0) *out.mutable_price_change_time() = ToTimestamp(order.price_at);
  for (const DerivedPart part : {DerivedPart::kOrderNumber, DerivedPart::kOrderTime,
                                 DerivedPart::kStatus, DerivedPart::kLines}) {
    if (order.derived.Has(part)) out.add_derived(static_cast<v1::DerivedPart>(part));
  }
}

void ToProto(const Details& masked, v1::Order& out) {
  out.set_buyer_message(masked.buyer_message);
  out.set_memo(masked.memo);
  out.set_masked_buyer_account(masked.buyer_account);
  for (const RawField& field : masked.raw_fields) {
    v1::RawField& raw = *out.add_raw_fields();
    raw.set_name(field.name);
    raw.set_text(field.text);
    raw.set_line_number(field.line_number);
    raw.set_personal(field.personal);
  }
}

void ToProto(const Receiver& receiver, v1::Receiver& out) {
  out.set_name(receiver.name);
  out.set_phone(receiver.phone);
  out.set_address(receiver.address);
}

void ToProto(const Adjustment& adjustment, v1::Adjustment& out) {
  out.set_adjustment_id(platform::ToString(adjustment.id));
  out.set_adjustment_number(adjustment.number);
  out.set_correction(adjustment.correction);
  out.set_customer_id(platform::ToString(adjustment.customer));
  out.set_order_id(platform::ToString(adjustment.order));
  out.set_line_id(platform::ToString(adjustment.line));
  out.set_sku(adjustment.sku);
  out.set_quantity(adjustment.quantity);
  out.mutable_amount()->set_currency_code(adjustment.currency);
  out.mutable_amount()->set_minor_units(adjustment.amount_minor);
  *out.mutable_adjust_time() = ToTimestamp(adjustment.adjust_at);
}

void ToProto(const ImportResult& result, v1::ImportResult& out) {
  out.set_outcome(ToProto(result.outcome));
  out.set_field(result.problem.field);
  out.set_problem(result.problem.description);
  out.set_matched(result.matched);
}

void ToProto(const LineFacts& facts, v1::GetLineFactsResponse& out) {
  const Order& order = facts.order;
  const Line& line = facts.line;
  out.set_line_id(line.id.value);
  out.set_order_version(order.version);
  out.set_currency_code(order.currency);
  out.set_refund_ceiling_minor(line.RefundCeiling());
  out.set_quantity(line.removed ? 0 : line.quantity);
  out.set_customer_id(order.customer.value);
  out.set_status(static_cast<v1::OrderStatus>(order.status));
  out.set_paid_at_us(order.paid_at);
  // A whole order has no line.
  out.set_shipped(line.id ? order.Shipped(line) : order.Shipped());
  out.set_received(line.id ? order.Received(line) : order.Received());
  out.set_sku(line.sku);
  out.set_title(line.title);
  out.set_platform(order.platform);
  out.set_postage(line.postage);
  out.set_order_id(order.id.value);
  out.set_refunded_elsewhere_minor(line.refunded_elsewhere_minor + line.adjusted_minor);
}

}  // namespace redress::order
