#pragma once

// A marketplace's trade objects, as they are: JSON with the platform's own names, yuan and times at
// UTC+8, ids as texts or numbers. What no field of an order takes is kept as a raw field.

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include <google/protobuf/repeated_field.h>

#include "redress/order/v1/order.pb.h"
#include "services/order/domain/order_input.h"

namespace redress::order {

struct ReadTrade {
  std::size_t body = 0;  // in the call
  v1::OrderInput order;  // as far as it could be read
  std::optional<Problem> problem;
};

inline constexpr std::size_t kMostTrades = 500;

// A body is one trade, a list of them, or the platform's answer around either. Each trade is judged
// by itself.
std::vector<ReadTrade> ReadTrades(const std::string& platform,
                                  const google::protobuf::RepeatedPtrField<std::string>& bodies);

}  // namespace redress::order
