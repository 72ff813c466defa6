#pragma once

// Loads orders through the public API, and goes on where an earlier run ended.

#include <cstdint>

#include "tests/bench/volume_orders.h"
#include "tests/bench/volume_shop.h"

namespace redress::bench {

struct LoadSpeed {
  std::uint64_t orders = 0;  // of this run
  std::uint64_t rows = 0;    // orders, lines and parcels
  double seconds = 0;
};

// Imports the orders from the last kept one up to `orders.size().orders`. Throws when an order was
// refused.
LoadSpeed LoadOrders(VolumeShop& shop, const VolumeOrders& orders);

// Imports the orders [from, from + count) in one call.
void ImportSome(VolumeShop& shop, const VolumeOrders& orders, std::uint64_t from,
                std::uint64_t count, LoadSpeed& done);

}  // namespace redress::bench
