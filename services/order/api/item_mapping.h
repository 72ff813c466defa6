// A marketplace's item objects, as they are: JSON with the platform's own names (`num_iid`,
// `props_name`, `skus.sku[].properties_name`), prices in yuan, times at UTC+8.
#pragma once

#include <google/protobuf/repeated_field.h>

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "redress/order/v1/product_service.pb.h"
#include "services/order/domain/order_input.h"

namespace redress::order {

struct ReadItem {
  std::size_t body = 0;      // in the call
  v1::ProductInput product;  // as far as it could be read
  std::optional<Problem> problem;
};

inline constexpr std::size_t kMostItems = 200;

// A body is one item, a list of them, or the platform's answer around either. Each item is judged
// by itself.
std::vector<ReadItem> ReadItems(const std::string& platform,
                                const google::protobuf::RepeatedPtrField<std::string>& bodies);

}  // namespace redress::order
