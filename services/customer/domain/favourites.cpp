#include "services/customer/domain/favourites.h"

#include <algorithm>
#include <functional>

namespace redress::customer {

Favourites::Favourites(std::span<const RecentOrder> newest_first) {
  for (std::size_t order = 0; order < newest_first.size(); ++order) {
    if (newest_first[order].paid_at == 0) continue;
    for (const BoughtArticle& article : newest_first[order].articles) Count(article, order);
  }
}

// Properties are written 颜色:红;尺码:L.
void Favourites::Count(const BoughtArticle& article, std::size_t order) {
  std::string_view rest = article.properties;
  while (!rest.empty()) {
    const std::string_view one = rest.substr(0, rest.find(';'));
    rest.remove_prefix(std::min(one.size() + 1, rest.size()));
    const std::size_t colon = one.find(':');
    if (colon == std::string_view::npos || colon + 1 == one.size()) continue;
    auto& values = by_property_[std::string(one.substr(0, colon))];
    Bought& bought =
        values.try_emplace(std::string(one.substr(colon + 1)), Bought{0, order}).first->second;
    bought.units += article.quantity;
  }
}

std::optional<std::string> Favourites::Of(std::string_view property) const {
  const auto values = by_property_.find(property);
  if (values == by_property_.end()) return std::nullopt;
  const std::string* favourite = nullptr;
  Bought best{kFewestFavoured - 1, 0};
  for (const auto& [value, bought] : values->second) {
    const bool is_more = bought.units > best.units;
    const bool is_later =
        favourite != nullptr && bought.units == best.units && bought.order < best.order;
    if (!is_more && !is_later) continue;
    favourite = &value;
    best = bought;
  }
  if (favourite == nullptr) return std::nullopt;
  return *favourite;
}

}  // namespace redress::customer
