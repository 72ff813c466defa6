// Scores and bounds as rows, on a connection that the caller has.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "services/customer/domain/person.h"
#include "services/customer/domain/rfm.h"
#include "services/platform/database/connection.h"

namespace redress::customer {

// The newest bounds up to that version.
std::optional<RfmBounds> SelectBounds(platform::Connection& connection, ShopId shop,
                                      std::uint32_t version, bool* scored = nullptr);
inline constexpr std::uint32_t kNewestVersion = 0xffffffff;

void WriteScores(platform::Connection& connection, ShopId shop, std::span<const RfmRaw> people,
                 const RfmBounds& bounds);

// After a merge or its undoing: scores these people anew by the bounds in force, and takes the
// scores of those who head nobody any more.
void ScoreAgain(platform::Connection& connection, ShopId shop, std::span<const Person> people,
                std::span<const CustomerId> no_heads);

}  // namespace redress::customer
