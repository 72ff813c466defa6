#include "services/order/store/order_events.h"

#include <string>
#include <utility>

#include "redress/events/v1/event.pb.h"

namespace redress::order {
namespace {

namespace events = redress::events::v1;

void ToFacts(const Order& order, events::OrderFacts& facts) {
  facts.set_order_version(order.version);
  facts.set_customer_id(order.customer.value);
  facts.set_currency_code(order.currency);
  facts.set_status(std::string(StatusName(order.status)));
  facts.set_paid_at_us(order.paid_at);
  facts.set_order_number(order.number);
  facts.set_platform(order.platform);
  facts.set_ordered_at_us(order.order_at);
  facts.mutable_lines()->Reserve(static_cast<int>(order.lines.size()));
  for (const Line& line : order.lines) {
    events::OrderLineFacts& out = *facts.add_lines();
    out.set_line_id(line.id.value);
    // A removed line is still told of: cases may stand on it, and nothing is left to refund.
    if (line.removed) continue;
    out.set_quantity(line.quantity);
    out.set_paid_minor(line.paid_minor);
    out.set_refund_ceiling_minor(line.RefundCeiling());
    out.set_refunded_elsewhere_minor(line.refunded_elsewhere_minor);
    out.set_sku(line.sku);
    out.set_properties(line.properties);
  }
  facts.set_receiver_version(order.receiver_version);
  for (const Shipment& shipment : order.shipments) {
    events::ParcelFacts& parcel = *facts.add_parcels();
    parcel.set_tracking_number(shipment.tracking_number);
    parcel.set_carrier(shipment.carrier);
    parcel.set_shipped_at_us(shipment.shipped_at);
    parcel.set_received_at_us(shipment.received_at);
    parcel.set_state(std::string(ParcelStateName(shipment.state)));
  }
}

platform::NewEvent OrderEvent(ShopId shop, const OrderChange& change,
                              const Attributions& attributed) {
  platform::NewEvent event{.shop = shop,
                           .aggregate_id = change.order.id.value,
                           .sequence = change.order.version,
                           .occurred_at_us = change.occurred_at,
                           .payload = {}};
  ToFacts(change.order, change.became_paid
                            ? *event.payload.mutable_order_paid()->mutable_order()
                            : *event.payload.mutable_order_changed()->mutable_order());
  const auto reminder = attributed.find(change.order.id);
  if (change.became_paid && reminder != attributed.end()) {
    event.payload.mutable_order_paid()->set_reminder_account_id(reminder->second.account.value);
    event.payload.mutable_order_paid()->set_reminded_at_us(reminder->second.reminded_at);
  }
  return event;
}

platform::NewEvent AdjustmentEvent(ShopId shop, const Adjustment& adjustment) {
  platform::NewEvent event{.shop = shop,
                           .aggregate_id = adjustment.id.value,
                           .sequence = 1,
                           .occurred_at_us = adjustment.adjust_at,
                           .payload = {}};
  events::OrderAdjusted& out = *event.payload.mutable_order_adjusted();
  out.set_kind(adjustment.correction ? events::ADJUSTMENT_KIND_CORRECTION
                                     : events::ADJUSTMENT_KIND_REFUND);
  out.set_order_id(adjustment.order.value);
  out.set_line_id(adjustment.line.value);
  out.set_customer_id(adjustment.customer.value);
  out.set_currency_code(adjustment.currency);
  out.set_amount_minor(adjustment.amount_minor);
  out.set_order_paid_at_us(adjustment.order_paid_at);
  return event;
}

}  // namespace

std::vector<platform::NewEvent> EventsOf(ShopId shop, std::span<const OrderChange> changes,
                                         std::span<const NewAdjustment> adjustments,
                                         const Attributions& attributed) {
  std::vector<platform::NewEvent> result;
  result.reserve(changes.size() + adjustments.size());
  for (const OrderChange& change : changes) {
    if (change.outcome != Outcome::kUnchanged) {
      result.push_back(OrderEvent(shop, change, attributed));
    }
  }
  for (const NewAdjustment& each : adjustments) {
    result.push_back(AdjustmentEvent(shop, each.adjustment));
  }
  return result;
}

}  // namespace redress::order
