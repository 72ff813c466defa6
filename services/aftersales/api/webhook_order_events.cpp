#include "services/aftersales/api/webhook_order_events.h"

#include <utility>

#include "services/aftersales/api/order_events.h"

namespace redress::aftersales {

void WebhookOrderEvents::Handle(std::span<const events::v1::Event> events) {
  std::vector<OrderHead> heads;
  heads.reserve(events.size());
  for (const events::v1::Event& event : events) {
    // An adjustment has no receiver, but is taken in too: else it would be missing for ever.
    const events::v1::OrderFacts* order = OrderOf(event);
    heads.push_back({ShopId{event.shop_id()}, OrderId{event.aggregate_id()}, event.sequence(),
                     order == nullptr ? 0 : order->receiver_version()});
  }
  if (intake_.TakeIn(heads, clock_.NowUs())) on_due_();
}

std::vector<std::uint32_t> WebhookOrderEvents::FirstMissing(
    std::string_view, std::span<const platform::AggregateKey> aggregates) {
  std::vector<std::pair<ShopId, OrderId>> orders;
  orders.reserve(aggregates.size());
  for (const platform::AggregateKey& key : aggregates) {
    orders.emplace_back(key.shop, OrderId{key.aggregate_id});
  }
  std::vector<std::uint32_t> missing;
  missing.reserve(orders.size());
  for (const auto& first : intake_.FirstMissing(orders)) {
    missing.push_back(first.value_or(kNotNeeded));
  }
  return missing;
}

std::vector<platform::AggregateKey> WebhookOrderEvents::Gaps(std::string_view, std::int64_t,
                                                             std::size_t) {
  return {};
}

}  // namespace redress::aftersales
