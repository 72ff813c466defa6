#include "services/aftersales/api/order_events.h"

#include <map>
#include <string>

namespace redress::aftersales {
namespace {

using events::v1::Event;

// As far as the status tells; a parcel's own times are read when a case is opened.
workflows::refund::OrderShipping ShippingOf(const std::string& status) {
  using workflows::refund::OrderShipping;
  if (status == "TRADE_FINISHED") return OrderShipping::kReceived;
  if (status == "WAIT_BUYER_CONFIRM_GOODS") return OrderShipping::kShipped;
  return OrderShipping::kUnshipped;
}

}  // namespace

const events::v1::OrderFacts* OrderOf(const Event& event) {
  switch (event.payload_case()) {
    case Event::kOrderPaid:
      return &event.order_paid().order();
    case Event::kOrderChanged:
      return &event.order_changed().order();
    default:
      return nullptr;
  }
}

void OrderEvents::Handle(std::span<const Event> events) {
  std::vector<LineNews> news;
  std::map<ShopId, std::vector<std::string>> numbers;
  for (const Event& event : events) {
    const events::v1::OrderFacts* order = OrderOf(event);
    if (order == nullptr) continue;
    if (!order->order_number().empty()) {
      numbers[ShopId{event.shop_id()}].push_back(order->order_number());
    }
    for (const events::v1::OrderLineFacts& line : order->lines()) {
      LineNews& added = news.emplace_back();
      added.shop = {event.shop_id()};
      added.facts.order = {event.aggregate_id()};
      added.facts.line = {line.line_id()};
      added.facts.order_version = order->order_version();
      added.facts.currency = order->currency_code();
      added.facts.ceiling = line.refund_ceiling_minor();
      added.facts.quantity = line.quantity();
      added.facts.customer = {order->customer_id()};
      added.facts.paid_at = order->paid_at_us();
      added.facts.shipping = ShippingOf(order->status());
    }
  }
  if (!news.empty()) updates_.Apply(news);
  for (const auto& [shop, arrived] : numbers) {
    refunds_.OrdersAreThere(shop, arrived, clock_.NowUs());
  }
}

std::vector<std::uint32_t> OrderEvents::FirstMissing(
    std::string_view, std::span<const platform::AggregateKey> aggregates) {
  std::vector<OrderKey> orders;
  for (const platform::AggregateKey& key : aggregates) {
    orders.emplace_back(key.shop, OrderId{key.aggregate_id});
  }
  std::vector<std::uint32_t> missing = store_.KnownVersions(orders);
  for (std::uint32_t& first : missing) first = first == 0 ? kNotNeeded : first + 1;
  return missing;
}

std::vector<platform::AggregateKey> OrderEvents::Gaps(std::string_view, std::int64_t, std::size_t) {
  return {};  // the newest version holds the whole order
}

}  // namespace redress::aftersales
