// What the buyer of an unpaid order has to pay, changed by the shop. Pure.
//
// As on the platform: lines of goods get another amount, the postage as well, only while the order
// waits to be paid; nothing becomes negative, and something is left to pay. Unit prices stay what
// the source said: what has to be paid is the line's own amount.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <variant>
#include <vector>

#include "services/order/domain/merge.h"

namespace redress::order {

struct NewPrice {
  LineId line;
  std::int64_t payable_minor = 0;
};

struct PriceChange {
  OrderChange change;
  std::vector<LinePrice> prices;  // those that differ
};

// What is wrong names a field of the request. The order keeps its version where no price differs.
std::variant<PriceChange, Problem> ChangePrice(const Order& order, std::span<const NewPrice> lines,
                                               std::optional<std::int64_t> postage_minor,
                                               std::int64_t now_us, platform::IdSource& ids);

}  // namespace redress::order
