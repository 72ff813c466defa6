// The rows by which orders are found, kept in the transaction that writes the order.
//
// Titles repeat: a shop sells thousands of articles in millions of lines. So a line is one narrow
// row under its title, and only a title that is new is cut into words.
#pragma once

#include <cstdint>
#include <mutex>
#include <span>
#include <string>
#include <string_view>
#include <unordered_set>

#include "services/order/domain/order.h"
#include "services/platform/database/connection.h"

namespace redress::order {

inline constexpr std::size_t kNumberEndBytes = 12;

// The last bytes of a number, backwards.
std::string NumberEnd(std::string_view number);
std::uint64_t TitleId(std::string_view title);

// Titles that this process has read from their table, so that it need not look again. Thread-safe;
// forgets everything when it grows too large.
class KnownTitles {
 public:
  bool Has(ShopId shop, std::uint64_t title);
  void Add(ShopId shop, std::uint64_t title);

 private:
  struct Key {
    std::uint32_t shop;
    std::uint64_t title;
    bool operator==(const Key&) const = default;
  };
  struct KeyHash {
    // Titles are digests: well spread already.
    std::size_t operator()(const Key& key) const { return key.title ^ key.shop; }
  };

  std::mutex mutex_;
  std::unordered_set<Key, KeyHash> titles_;
};

// Makes orders findable by number, and by the titles of their lines. Rows that are there stay. A
// line that was removed or renamed keeps its row: whoever reads verifies it on the order.
void WriteOrderWords(platform::Connection& connection, KnownTitles& known, ShopId shop,
                     std::span<const Order* const> orders);

}  // namespace redress::order
