#pragma once

// How events are named. (shop, aggregate, sequence) is an event's key everywhere: in the history of
// the service that owns it, on the bus, and in the facts of a consumer.

#include <compare>
#include <cstdint>

#include "services/platform/base/ids.h"

namespace redress::platform {

// An order, a case, an adjustment: whatever has a history of its own.
struct AggregateKey {
  ShopId shop;
  std::uint64_t aggregate_id = 0;

  auto operator<=>(const AggregateKey&) const = default;
};

struct EventRef {
  ShopId shop;
  std::uint64_t aggregate_id = 0;
  std::uint32_t sequence = 0;  // 1, 2, 3 … without gaps within one aggregate

  AggregateKey aggregate() const { return {shop, aggregate_id}; }
  auto operator<=>(const EventRef&) const = default;
};

}  // namespace redress::platform
