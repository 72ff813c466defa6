// Page tokens of lists read by key (keyset), never by OFFSET.
//
// A token holds the sort key of the last row of the page before, and is bound to the query that it
// was made for: its method, shop and filters. A token of another query, a truncated or an invented
// one is a Refusal INVALID_ARGUMENT, reason PAGE_TOKEN_INVALID. The caller's own filters by shop
// stay in force whatever the token says: it only tells where to go on.
//
//   const PageQuery query("ListOrders", shop, {ToString(customer)});
//   std::optional<PageKey> after = query.Decode(request.page_token(), 2);  // absent: first page
//   … WHERE shop_id = ? AND (order_at, order_id) < (?, ?) ORDER BY … LIMIT page + 1
//   response.set_next_page_token(query.Encode({last.order_at, last.id}));
#pragma once

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "services/platform/base/ids.h"

namespace redress::platform {

// The numbers that a row is sorted by; times and ids are both stored as 64 bits.
using PageKey = std::vector<std::uint64_t>;

class PageQuery {
 public:
  // At most so many numbers fit in a token of 200 characters.
  static constexpr std::size_t kMaxKeyNumbers = 8;

  // `filters` are all values of the request that choose rows; page size is none of them.
  PageQuery(std::string_view method, ShopId shop,
            std::initializer_list<std::string_view> filters = {});

  std::string Encode(std::span<const std::uint64_t> key) const;
  std::string Encode(std::initializer_list<std::uint64_t> key) const;

  // Nothing for the empty token of a first page; else exactly `numbers` numbers.
  std::optional<PageKey> Decode(std::string_view token, std::size_t numbers) const;

 private:
  std::string Tag(std::string_view key_bytes) const;

  std::string query_;
};

// Rows to put on a page: what was asked for, `standard` for 0, never above `most`.
std::size_t PageSize(std::uint32_t asked, std::size_t standard = 50, std::size_t most = 200);

}  // namespace redress::platform
