// What others may know of stored orders. Another shop's order is as unknown as one that does not
// exist: Refusal NOT_FOUND.
#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "services/order/domain/order_store.h"

namespace redress::order {

// An order as a person may see it without a reveal.
struct OrderView {
  Order order;
  Receiver masked_receiver;
  Details masked_details;  // only of a single order
};

// What a case needs to know of one line.
struct LineFacts {
  Order order;
  Line line;
};

template <class Item>
struct Page {
  std::vector<Item> items;
  std::optional<ListKey> next;  // absent on the last page
};

// Thread-safe; the store outlives it.
class OrderReading {
 public:
  explicit OrderReading(OrderStore& store) : store_(store) {}

  OrderView Get(ShopId shop, OrderId order);
  OrderView GetByNumber(ShopId shop, const NumberKey& key);
  // Newest first by the time they were placed. Without `customer` those of the shop.
  Page<OrderView> List(ShopId shop, CustomerId customer, std::optional<ListKey> after,
                       std::size_t size);
  // Newest first by the time they were made.
  Page<Adjustment> ListAdjustments(ShopId shop, CustomerId customer, std::optional<ListKey> after,
                                   std::size_t size);
  // Without `line` the only line of the order; FAILED_PRECONDITION (LINE_NOT_NAMED) where it has
  // several.
  LineFacts FactsOf(ShopId shop, OrderId order, LineId line);
  // The order as a whole; the line is an empty one.
  LineFacts FactsOf(ShopId shop, OrderId order);
  // By the numbers of the platform. An order of one line of goods is that line, whatever its name:
  // its sources name it differently.
  LineFacts FactsOf(ShopId shop, const NumberKey& order, const std::string& line_number);
  LineFacts FactsOf(ShopId shop, const NumberKey& order);
  // How their platforms know those of the orders that the shop has, in no particular order.
  std::vector<KnownNumber> NumbersOf(ShopId shop, std::span<const OrderId> orders) {
    return store_.Numbers(shop, orders);
  }
  // The receiver as a person may see it; empty where none is known.
  Receiver MaskedReceiver(ShopId shop, OrderId order);

 private:
  OrderView ViewOf(ShopId shop, std::optional<Order> order, const std::string& asked);

  OrderStore& store_;
};

}  // namespace redress::order
