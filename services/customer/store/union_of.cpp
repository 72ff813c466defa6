#include "services/customer/store/union_of.h"

#include <algorithm>
#include <bit>

namespace redress::customer {

using platform::Connection;
using platform::Result;
using platform::Value;

namespace {

constexpr std::size_t kMostParts = 64;

}  // namespace

std::string UnionOf::Statement(std::size_t parts) const {
  std::string statement;
  for (std::size_t i = 0; i < parts; ++i) {
    if (i > 0) statement += " UNION ALL ";
    statement += "(" + one_ + ")";
  }
  return statement;
}

void UnionOf::Query(Connection& connection, ShopId shop, std::span<const CustomerId> customers,
                    std::initializer_list<Value> same,
                    const std::function<void(Result&)>& on_row) const {
  for (std::size_t from = 0; from < customers.size(); from += kMostParts) {
    const auto some = customers.subspan(from, std::min(kMostParts, customers.size() - from));
    const std::size_t parts = std::bit_ceil(some.size());
    std::vector<Value> values;
    for (std::size_t i = 0; i < parts; ++i) {
      // Nobody has the highest number: a part too many finds nothing.
      const CustomerId customer = i < some.size() ? some[i] : CustomerId{~std::uint64_t{0}};
      values.insert(values.end(), {shop, customer});
      values.insert(values.end(), same.begin(), same.end());
    }
    Result rows = connection.Query(Statement(parts), values);
    while (rows.Next()) on_row(rows);
  }
}

}  // namespace redress::customer
