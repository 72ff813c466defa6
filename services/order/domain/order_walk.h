// One call's walk through the sources of OrderSearch. Internal to it.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "services/order/domain/order_search.h"

namespace redress::order {

class OrderWalk {
 public:
  OrderWalk(OrderIndex& index, ShopId shop, const std::string& words, std::size_t size);

  struct Found {
    OrderId order;
    OrderMatch matched = OrderMatch::kNumber;
  };
  const std::vector<Found>& found() const { return found_; }
  std::size_t Room() const { return size_ - std::min(size_, found_.size()); }

  // What the words may be.
  bool MayBeNumber() const;
  bool MayBePhone() const;

  // Each adds to what was found and answers where the source goes on; nothing when it is done.
  void Number();
  void Parcel();
  std::optional<OrderSearchKey> Phone(const OrderSearchKey& start);
  std::optional<OrderSearchKey> NumberStart(const OrderSearchKey& start);
  std::optional<OrderSearchKey> NumberEnd(const OrderSearchKey& start);
  std::optional<OrderSearchKey> OfCustomers(const std::vector<CustomerId>& customers,
                                            const OrderSearchKey& start);
  std::optional<OrderSearchKey> Titles(const OrderSearchKey& start);

 private:
  // The titles behind the start that have all words, a group of them; and where it ends.
  struct Group {
    std::vector<std::uint64_t> titles;
    std::string word;
    std::uint64_t title = 0;
    bool last = true;
  };
  Group NextGroup(const OrderSearchKey& start);
  bool HasTitle(const Order& order) const;
  void Add(OrderId order, OrderMatch matched) { found_.push_back({order, matched}); }

  OrderIndex& index_;
  const ShopId shop_;
  const std::string& words_;
  const std::u32string folded_;
  const std::vector<std::u32string> terms_;
  const std::size_t size_;
  std::vector<Found> found_;
};

}  // namespace redress::order
