#include "services/aftersales/api/order_history.h"

#include <stdexcept>

#include "services/aftersales/api/order_events.h"
#include "services/platform/base/errors.h"

namespace redress::aftersales {
namespace {

OrderMoment MomentOf(const events::v1::Event& event, const events::v1::OrderFacts& order) {
  return {.sequence = event.sequence(),
          .receiver_version = order.receiver_version(),
          .platform = order.platform(),
          .order_number = order.order_number(),
          .status = order.status(),
          .at = event.occurred_at_us()};
}

}  // namespace

std::vector<OrderMoment> ServedOrderHistory::Read(ShopId shop, OrderId order,
                                                  std::uint32_t from_sequence) {
  std::vector<OrderMoment> moments;
  try {
    reader_.ReadAggregate({shop, order.value}, from_sequence,
                          [&](std::span<const events::v1::Event> page) {
                            for (const events::v1::Event& event : page) {
                              const auto* facts = OrderOf(event);
                              if (facts != nullptr) moments.push_back(MomentOf(event, *facts));
                            }
                          });
  } catch (const std::runtime_error& problem) {
    throw platform::Unavailable(
        "ORDER_HISTORY_AWAY",
        "the order service's history cannot be read: " + std::string(problem.what()));
  }
  return moments;
}

}  // namespace redress::aftersales
