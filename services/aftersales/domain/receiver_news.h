#pragma once

// Which receivers of an order took another's place, out of what the order service tells of the
// order. Pure. The first receiver of an order is no change, and has version 0.

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "services/platform/base/ids.h"

namespace redress::aftersales {

// An order after one of its changes, as its event says.
struct OrderMoment {
  std::uint32_t sequence = 0;
  std::uint32_t receiver_version = 0;  // counts the order's receivers from 0
  std::string platform = {};
  std::string order_number = {};
  std::string status = {};  // in the platform's words
  std::int64_t at = 0;      // UTC microseconds
};

// The moments, of those in their order, that brought a receiver newer than `known_version` and all
// before them.
std::vector<OrderMoment> MomentsOfNewReceivers(std::uint32_t known_version,
                                               std::span<const OrderMoment> history);

}  // namespace redress::aftersales
