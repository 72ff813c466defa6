// Numbers of the installation, handed out one at a time under a row lock that holds until the
// caller's transaction ends: there are no gaps, and they become visible in their order.
#pragma once

#include <cstdint>
#include <string_view>

#include "services/platform/database/connection.h"

namespace redress::identity {

inline constexpr std::string_view kShopNumber = "shop_id";
inline constexpr std::string_view kDirectoryVersion = "directory_version";
inline constexpr std::string_view kKeyRotations = "key_rotations";

std::uint64_t NextNumber(platform::Connection& connection, std::string_view counter);

}  // namespace redress::identity
