// Scores and bounds as rows, on a connection that the caller has.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <unordered_map>

#include "services/customer/domain/rfm.h"
#include "services/platform/database/connection.h"

namespace redress::customer {

// The newest bounds up to that version.
std::optional<RfmBounds> SelectBounds(platform::Connection& connection, ShopId shop,
                                      std::uint32_t version, bool* scored = nullptr);
inline constexpr std::uint32_t kNewestVersion = 0xffffffff;

void WriteScores(platform::Connection& connection, ShopId shop, std::span<const RfmRaw> people,
                 const RfmBounds& bounds);

// What a computation made of a person, and of what.
struct ComputedScores {
  RfmRaw raw;
  std::uint8_t recency = 0;
  std::uint8_t frequency = 0;
  std::uint8_t monetary = 0;
  std::int64_t computed_at = 0;
  std::string currency = {};
};
std::unordered_map<CustomerId, ComputedScores> SelectScores(platform::Connection& connection,
                                                            ShopId shop,
                                                            std::span<const CustomerId> heads);

}  // namespace redress::customer
