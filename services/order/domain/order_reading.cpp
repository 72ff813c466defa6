#include "services/order/domain/order_reading.h"

#include <string>
#include <utility>

#include "services/platform/base/errors.h"

namespace redress::order {
namespace {

using platform::Refusal;

// One row more than the page was read, to know whether another page follows.
template <class Item, class KeyOf>
Page<Item> Cut(std::vector<Item> items, std::size_t size, KeyOf key_of) {
  Page<Item> page{std::move(items), std::nullopt};
  if (page.items.size() > size) {
    page.items.resize(size);
    page.next = key_of(page.items.back());
  }
  return page;
}

const Line& OnlyLine(const Order& order) {
  const Line* only = nullptr;
  for (const Line& line : order.lines) {
    if (line.removed) continue;
    if (only != nullptr) {
      throw Refusal(platform::Code::kFailedPrecondition, "LINE_NOT_NAMED",
                    "the order has several lines; name one by its line_id")
          .With("order_id", platform::ToString(order.id));
    }
    only = &line;
  }
  if (only == nullptr) throw platform::NotFound("line", platform::ToString(order.id));
  return *only;
}

const Line* LineOfNumber(const Order& order, const std::string& number) {
  const Line* goods = nullptr;
  int lines_of_goods = 0;
  for (const Line& line : order.lines) {
    if (line.number == number) return &line;
    if (line.removed || line.postage) continue;
    goods = &line;
    ++lines_of_goods;
  }
  return lines_of_goods == 1 ? goods : nullptr;
}

}  // namespace

OrderView OrderReading::Get(ShopId shop, OrderId order) {
  return ViewOf(shop, store_.Find(shop, order), platform::ToString(order));
}

OrderView OrderReading::GetByNumber(ShopId shop, const NumberKey& key) {
  return ViewOf(shop, store_.FindByNumber(shop, key), key.number);
}

OrderView OrderReading::ViewOf(ShopId shop, std::optional<Order> order, const std::string& asked) {
  if (!order) throw platform::NotFound("order", asked);
  const OrderId id = order->id;
  const bool known = !order->details_hash.empty() || !order->memo_hash.empty();
  Details details = known ? store_.MaskedDetails(shop, id) : Details{};
  return {std::move(*order), MaskedReceiver(shop, id), std::move(details)};
}

Receiver OrderReading::MaskedReceiver(ShopId shop, OrderId order) {
  return store_.MaskedReceivers(shop, {&order, 1}).at(0);
}

Page<OrderView> OrderReading::List(ShopId shop, CustomerId customer, std::optional<ListKey> after,
                                   std::size_t size) {
  Page<Order> page =
      Cut(store_.List(shop, customer, after, size + 1), size, [](const Order& order) {
        return ListKey{order.order_at, order.id.value};
      });
  std::vector<OrderId> ids;
  ids.reserve(page.items.size());
  for (const Order& order : page.items) ids.push_back(order.id);
  std::vector<Receiver> receivers = store_.MaskedReceivers(shop, ids);
  Page<OrderView> views{{}, page.next};
  for (std::size_t i = 0; i < page.items.size(); ++i) {
    views.items.push_back({std::move(page.items[i]), std::move(receivers[i]), {}});
  }
  return views;
}

Page<Adjustment> OrderReading::ListAdjustments(ShopId shop, CustomerId customer,
                                               std::optional<ListKey> after, std::size_t size) {
  return Cut(store_.ListAdjustments(shop, customer, after, size + 1), size,
             [](const Adjustment& adjustment) {
               return ListKey{adjustment.adjust_at, adjustment.id.value};
             });
}

LineFacts OrderReading::FactsOf(ShopId shop, OrderId order) {
  std::optional<Order> found = store_.Find(shop, order);
  if (!found) throw platform::NotFound("order", platform::ToString(order));
  return {*std::move(found), {}};
}

LineFacts OrderReading::FactsOf(ShopId shop, const NumberKey& order) {
  std::optional<Order> found = store_.FindByNumber(shop, order);
  if (!found) throw platform::NotFound("order", order.number);
  return {*std::move(found), {}};
}

LineFacts OrderReading::FactsOf(ShopId shop, const NumberKey& order,
                                const std::string& line_number) {
  std::optional<Order> found = store_.FindByNumber(shop, order);
  if (!found) throw platform::NotFound("order", order.number);
  const Line* named = LineOfNumber(*found, line_number);
  if (named == nullptr) throw platform::NotFound("line", line_number);
  const Line copy = *named;
  return {std::move(*found), copy};
}

LineFacts OrderReading::FactsOf(ShopId shop, OrderId order, LineId line) {
  std::optional<Order> found = store_.Find(shop, order);
  if (!found) throw platform::NotFound("order", platform::ToString(order));
  if (!line) {
    const Line only = OnlyLine(*found);
    return {std::move(*found), only};
  }
  const Line* named = found->FindLine(line);
  if (named == nullptr) throw platform::NotFound("line", platform::ToString(line));
  const Line copy = *named;
  return {std::move(*found), copy};
}

}  // namespace redress::order
