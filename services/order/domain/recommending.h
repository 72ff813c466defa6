// What is recommended in place of a product, or beside it. Pure, and says why.
//
// Equal: of the same category; more shared properties first, then the nearer price. Matching:
// bought together with it; more often first. Both only what is on sale and, as far as a source
// says, in stock; the product itself never.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "services/order/domain/product.h"

namespace redress::order {

// Numbers equal those of the API.
enum class RecommendationKind : std::uint8_t { kBoth = 0, kEqual = 1, kMatching = 2 };

struct Recommendation {
  Product product = {};
  RecommendationKind kind = RecommendationKind::kEqual;
  bool same_category = false;
  std::vector<std::string> shared_properties = {};
  std::uint32_t bought_together = 0;
  std::uint32_t orders_seen = 0;
};

// `of_category` are products of the target's category. With kBoth those that match come after those
// that are equal; a product is named once.
std::vector<Recommendation> Recommend(const Product& target, std::span<const Product> of_category,
                                      const BoughtTogether& together, RecommendationKind kind,
                                      std::size_t most);

}  // namespace redress::order
