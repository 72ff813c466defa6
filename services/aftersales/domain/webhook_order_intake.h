#pragma once

// Makes deliveries of what the order service tells: that an order has another receiver.

#include <cstdint>
#include <optional>
#include <span>
#include <utility>
#include <vector>

#include "services/aftersales/domain/receiver_news.h"
#include "services/platform/base/ids.h"

namespace redress::aftersales {

using platform::OrderId;
using platform::ShopId;

// How far an order has come.
struct OrderHead {
  ShopId shop;
  OrderId order;
  std::uint32_t sequence = 0;
  std::uint32_t receiver_version = 0;
};

// The order service's own history.
class OrderHistory {
 public:
  virtual ~OrderHistory() = default;

  // From that sequence on, in their order. Throws UNAVAILABLE when it cannot be asked.
  virtual std::vector<OrderMoment> Read(ShopId shop, OrderId order,
                                        std::uint32_t from_sequence) = 0;
};

class WebhookOrderIntake {
 public:
  virtual ~WebhookOrderIntake() = default;

  // The first event of each order that is not taken in; nothing where the shop has no webhook.
  virtual std::vector<std::optional<std::uint32_t>> FirstMissing(
      std::span<const std::pair<ShopId, OrderId>> orders) = 0;
  // Each receiver up to these that took another's place, once for each webhook that was there by
  // then. Which these are is read from the history where an order has had another receiver. Answers
  // whether somebody is to be told something.
  virtual bool TakeIn(std::span<const OrderHead> heads, std::int64_t now_us) = 0;
};

}  // namespace redress::aftersales
