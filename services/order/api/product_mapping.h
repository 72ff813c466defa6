// Products between the API's messages and the domain.
#pragma once

#include <cstdint>

#include "redress/order/v1/product_service.pb.h"
#include "services/order/domain/product.h"
#include "services/order/domain/recommending.h"

namespace redress::order {

// Without a time of the source it is as of now.
Product FromProto(const v1::ProductInput& input, std::int64_t now_us);
void ToProto(const Product& product, v1::Product& out);
void ToProto(const Recommendation& recommendation, v1::Recommendation& out);

}  // namespace redress::order
