#pragma once

#include <redress/order/v1/order.pb.h>

#include <cstdint>
#include <string>
#include <unordered_map>

namespace redress::importing {

// Names orders whose source gives no number: `no-order-number:DIGEST:2` for the second row of the
// file that says the same. The digest covers what is mapped of the row, so that the same file, or
// the same rows in another encoding, name the same orders again; rows that say the same are orders
// of their own, told apart by their place.
//
// Contact data is not covered: a digest of it could be guessed. Rows that differ only in that are
// told apart by their place, too.
class OrderIdentity {
 public:
  // The number of the next such order.
  std::string NumberFor(const redress::order::v1::OrderInput& order);

 private:
  std::unordered_map<std::string, std::uint32_t> occurrences_;  // per digest
};

}  // namespace redress::importing
