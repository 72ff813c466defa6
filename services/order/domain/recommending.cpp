#include "services/order/domain/recommending.h"

#include <algorithm>
#include <cstdlib>
#include <set>
#include <tuple>

namespace redress::order {
namespace {

std::set<std::string> Named(const Product& product) {
  std::set<std::string> named;
  for (const auto& [name, value] : PropertiesOf(product.properties)) {
    if (!value.empty()) named.insert(name + ":" + value);
  }
  return named;
}

Recommendation Explained(const Product& target, const std::set<std::string>& of_target,
                         const Product& product, RecommendationKind kind) {
  Recommendation result{.product = product, .kind = kind};
  result.same_category = !target.category.empty() && product.category == target.category;
  for (const std::string& property : Named(product)) {
    if (of_target.contains(property)) result.shared_properties.push_back(property);
  }
  return result;
}

std::int64_t Distance(const Product& a, const Product& b) {
  return std::abs(a.price_minor - b.price_minor);
}

}  // namespace

std::vector<Recommendation> Recommend(const Product& target, std::span<const Product> of_category,
                                      const BoughtTogether& together, RecommendationKind kind,
                                      std::size_t most) {
  const std::set<std::string> of_target = Named(target);
  std::vector<Recommendation> equal;
  std::vector<Recommendation> matching;
  for (const Product& product : of_category) {
    if (product.id == target.id || !product.Available()) continue;
    equal.push_back(Explained(target, of_target, product, RecommendationKind::kEqual));
    if (!equal.back().same_category) equal.pop_back();
  }
  for (const auto& [product, orders] : together.products) {
    if (product.id == target.id || !product.Available()) continue;
    matching.push_back(Explained(target, of_target, product, RecommendationKind::kMatching));
    matching.back().bought_together = orders;
    matching.back().orders_seen = together.orders_seen;
  }
  std::sort(equal.begin(), equal.end(), [&](const Recommendation& a, const Recommendation& b) {
    return std::tuple(b.shared_properties.size(), Distance(a.product, target), b.product.id) <
           std::tuple(a.shared_properties.size(), Distance(b.product, target), a.product.id);
  });
  std::sort(matching.begin(), matching.end(), [](const Recommendation& a, const Recommendation& b) {
    return std::tuple(b.bought_together, b.product.id) <
           std::tuple(a.bought_together, a.product.id);
  });
  std::vector<Recommendation> best;
  std::set<ProductId> named;
  const auto take = [&](std::vector<Recommendation>& from, std::size_t until) {
    for (Recommendation& each : from) {
      if (best.size() >= until) break;
      if (named.insert(each.product.id).second) best.push_back(std::move(each));
    }
  };
  // With both, either gets room.
  const bool both = kind == RecommendationKind::kBoth;
  const std::size_t room_for_equal = both ? most - std::min(most / 2, matching.size()) : most;
  if (kind != RecommendationKind::kMatching) take(equal, room_for_equal);
  if (kind != RecommendationKind::kEqual) take(matching, most);
  return best;
}

}  // namespace redress::order
