// What carriers told of parcels, as rows; their words are sealed.
#pragma once

#include <cstdint>
#include <span>

#include "services/order/domain/parcel.h"
#include "services/platform/database/connection.h"
#include "services/platform/sealing/sealer.h"

namespace redress::order {

// Those that are new, of at most kMostTracks of a parcel; answers how many. The order is locked.
std::uint32_t AddTracks(platform::Sealer& sealer, platform::Connection& connection, ShopId shop,
                        const Order& order, const TrackPush& push);

// Seals under the customer's key what was told before the customer was known.
void SealTracksAnew(platform::Sealer& sealer, platform::Connection& connection, ShopId shop,
                    std::span<const OrderChange> changes);

inline constexpr std::size_t kMostTracks = 500;

}  // namespace redress::order
