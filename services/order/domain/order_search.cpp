#include "services/order/domain/order_search.h"

#include <unordered_map>
#include <utility>

#include "services/order/domain/order_walk.h"
#include "services/platform/base/errors.h"
#include "services/platform/search/search_text.h"

namespace redress::order {
namespace {

// The best of a nick's matches; who wants another names more of the nick.
constexpr std::size_t kMostCustomers = 20;

// Each order once, as what it was found by first.
std::vector<OrderHit> HitsOf(OrderStore& store, OrderIndex& index, ShopId shop,
                             const std::vector<OrderWalk::Found>& found) {
  std::unordered_map<OrderId, OrderMatch> matched;
  std::vector<OrderId> ids;
  for (const OrderWalk::Found& each : found) {
    if (matched.emplace(each.order, each.matched).second) ids.push_back(each.order);
  }
  std::vector<Order> orders = index.Read(shop, ids);
  std::vector<OrderId> existing;
  for (const Order& order : orders) existing.push_back(order.id);
  std::vector<Receiver> receivers = store.MaskedReceivers(shop, existing);
  std::vector<OrderHit> hits;
  for (std::size_t i = 0; i < orders.size(); ++i) {
    const OrderMatch match = matched.at(orders[i].id);
    hits.push_back({std::move(orders[i]), std::move(receivers[i]), match});
  }
  return hits;
}

}  // namespace

OrderSearchPage OrderSearch::Search(ShopId shop, const std::string& words,
                                    const std::optional<OrderSearchKey>& after, std::size_t size,
                                    Deadline until) {
  if (platform::Fold(words).empty()) {
    throw platform::InvalidField("words", "are only blanks; give a number, a phone or a word");
  }
  OrderWalk walk(index_, shop, words, size);
  const OrderSearchKey start = after.value_or(OrderSearchKey{});
  OrderSearchPage page;
  const auto has = [&](OrderMatch source) { return start.source <= source && !page.next; };
  // A source goes on from the start only where the start is in it.
  const auto from = [&](OrderMatch source) {
    return start.source == source ? start : OrderSearchKey{.source = source};
  };
  // A full page ends here; the next one begins with the source that was not asked.
  const auto full = [&](OrderMatch next_source) {
    if (!page.next && walk.Room() == 0) page.next = OrderSearchKey{.source = next_source};
  };
  const bool number = walk.MayBeNumber();
  if (has(OrderMatch::kNumber) && number) walk.Number();
  // Who knows a whole number means that order.
  if (!walk.found().empty()) return PageOf(shop, walk, std::move(page));
  full(OrderMatch::kTrackingNumber);
  if (has(OrderMatch::kTrackingNumber) && number) walk.Parcel();
  full(OrderMatch::kPhone);
  if (has(OrderMatch::kPhone) && walk.MayBePhone())
    page.next = walk.Phone(from(OrderMatch::kPhone));
  full(OrderMatch::kNumberStart);
  if (has(OrderMatch::kNumberStart) && number) {
    page.next = walk.NumberStart(from(OrderMatch::kNumberStart));
  }
  full(OrderMatch::kNumberEnd);
  if (has(OrderMatch::kNumberEnd) && number) {
    page.next = walk.NumberEnd(from(OrderMatch::kNumberEnd));
  }
  full(OrderMatch::kNick);
  if (has(OrderMatch::kNick)) {
    const auto customers = nicks_.FindByNick(shop, words, kMostCustomers, until);
    page.nicks_missing = !customers;
    if (customers) page.next = walk.OfCustomers(*customers, from(OrderMatch::kNick));
  }
  full(OrderMatch::kTitle);
  if (has(OrderMatch::kTitle)) page.next = walk.Titles(from(OrderMatch::kTitle));
  return PageOf(shop, walk, std::move(page));
}

OrderSearchPage OrderSearch::PageOf(ShopId shop, const OrderWalk& walk, OrderSearchPage page) {
  page.hits = HitsOf(store_, index_, shop, walk.found());
  page.incomplete = !index_.Complete(shop);
  return page;
}

}  // namespace redress::order
