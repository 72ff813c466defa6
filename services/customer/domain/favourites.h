// What a person likes to buy: of a property of articles, say the size, the value of which most
// units stand in the newest orders that were paid.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "services/customer/domain/customer_facts.h"

namespace redress::customer {

inline constexpr std::int64_t kFewestFavoured = 3;  // units: fewer may be chance

class Favourites {
 public:
  explicit Favourites(std::span<const RecentOrder> newest_first);

  // Of values with as many units, the one that was bought last; of those of one order, the first
  // one by its bytes. Nothing where none has kFewestFavoured.
  std::optional<std::string> Of(std::string_view property) const;

 private:
  struct Bought {
    std::int64_t units = 0;
    std::size_t order = 0;  // the newest that has it, counted from the newest
  };
  void Count(const BoughtArticle& article, std::size_t order);

  std::map<std::string, std::map<std::string, Bought>, std::less<>> by_property_;
};

}  // namespace redress::customer
