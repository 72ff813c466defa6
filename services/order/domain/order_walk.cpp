#include "services/order/domain/order_walk.h"

#include <algorithm>
#include <functional>
#include <limits>
#include <set>
#include <utility>

#include "services/platform/search/search_text.h"

namespace redress::order {
namespace {

constexpr std::size_t kRowsAtOnce = 200;
constexpr std::size_t kMostRowsLookedAt = 1'000;
constexpr std::size_t kShortestEnd = 4;
constexpr std::size_t kShortestParcel = 6;
constexpr std::size_t kFewestPhoneDigits = 7;
constexpr std::size_t kTitlesInGroup = 32;
constexpr std::uint64_t kNewest = ~std::uint64_t{0};

// All texts that begin so. Numbers are ASCII: nothing that begins so lies behind.
TextRange BeginningWith(const std::string& text) { return {text, text + '\xFF'}; }

}  // namespace

OrderWalk::OrderWalk(OrderIndex& index, ShopId shop, const std::string& words, std::size_t size)
    : index_(index),
      shop_(shop),
      words_(words),
      folded_(platform::Fold(words)),
      terms_(platform::WordsOf(folded_)),
      size_(size) {}

bool OrderWalk::MayBeNumber() const {
  return std::all_of(words_.begin(), words_.end(), [](char c) { return c > ' ' && c <= '~'; });
}

bool OrderWalk::MayBePhone() const {
  std::size_t digits = 0;
  for (const char32_t c : folded_) {
    if (c >= U'0' && c <= U'9') {
      ++digits;
    } else if (std::u32string_view(U" +-()'").find(c) == std::u32string_view::npos) {
      return false;
    }
  }
  return digits >= kFewestPhoneDigits;
}

// Few orders share a number: one per platform.
void OrderWalk::Number() {
  const TextRange exactly{words_, words_ + '\0'};
  for (const std::string& platform : index_.Platforms(shop_)) {
    for (const OrderId order : index_.NumbersFrom(shop_, platform, exactly, 1)) {
      Add(order, OrderMatch::kNumber);
    }
  }
}

void OrderWalk::Parcel() {
  if (words_.size() < kShortestParcel) return;
  std::set<OrderId> seen;
  for (const OrderId order : index_.Parcels(shop_, BeginningWith(words_), Room())) {
    if (seen.insert(order).second) Add(order, OrderMatch::kTrackingNumber);
  }
}

std::optional<OrderSearchKey> OrderWalk::Phone(const OrderSearchKey& start) {
  const std::string hash = index_.PhoneHash(shop_, words_);
  const std::size_t room = Room();
  if (hash.empty() || room == 0) return std::nullopt;
  const auto orders =
      index_.WithPhone(shop_, hash, OrderId{start.id == 0 ? kNewest : start.id}, room);
  for (const OrderId order : orders) Add(order, OrderMatch::kPhone);
  if (orders.size() < room) return std::nullopt;
  return OrderSearchKey{.source = OrderMatch::kPhone, .id = orders.back().value};
}

std::optional<OrderSearchKey> OrderWalk::NumberStart(const OrderSearchKey& start) {
  // The last order tells where to go on; its number need not fit into a page token.
  std::string platform_before;
  const TextRange range{words_ + '\0', words_ + '\xFF'};  // the whole number was asked for before
  std::string low = range.low;
  if (start.id != 0) {
    const OrderId last{start.id};
    const std::vector<Order> orders = index_.Read(shop_, {&last, 1});
    if (orders.empty()) return std::nullopt;
    platform_before = orders.front().platform;
    low = orders.front().number + '\0';
  }
  for (const std::string& platform : index_.Platforms(shop_)) {
    if (platform < platform_before) continue;
    const std::size_t room = Room();
    const TextRange rest{platform == platform_before ? low : range.low, range.high};
    const auto orders = index_.NumbersFrom(shop_, platform, rest, room);
    for (const OrderId order : orders) Add(order, OrderMatch::kNumberStart);
    if (orders.size() == room) {
      return OrderSearchKey{.source = OrderMatch::kNumberStart,
                            .id = orders.empty() ? start.id : orders.back().value};
    }
  }
  return std::nullopt;
}

std::optional<OrderSearchKey> OrderWalk::NumberEnd(const OrderSearchKey& start) {
  if (words_.size() < kShortestEnd) return std::nullopt;
  const TextRange range = BeginningWith(index_.EndOf(words_));
  std::string word = start.word;
  OrderId order{start.id};
  std::size_t looked_at = 0;
  while (Room() > 0 && looked_at < kMostRowsLookedAt) {
    const std::size_t asked = std::min(Room(), kRowsAtOnce);
    const auto rows = index_.EndRows(shop_, range, word, order, asked);
    std::vector<OrderId> ids;
    for (const EndRow& row : rows) ids.push_back(row.order);
    for (const Order& each : index_.Read(shop_, ids)) {
      // Answered before where the number begins so; a long end is only known whole here.
      if (each.number.ends_with(words_) && !each.number.starts_with(words_)) {
        Add(each.id, OrderMatch::kNumberEnd);
      }
    }
    if (rows.size() < asked) return std::nullopt;
    word = rows.back().end;
    order = rows.back().order;
    looked_at += rows.size();
  }
  return OrderSearchKey{.source = OrderMatch::kNumberEnd, .word = word, .id = order.value};
}

std::optional<OrderSearchKey> OrderWalk::OfCustomers(const std::vector<CustomerId>& customers,
                                                     const OrderSearchKey& start) {
  const std::size_t room = Room();
  const ListKey after = start.id == 0 ? ListKey{std::numeric_limits<std::int64_t>::max(), kNewest}
                                      : ListKey{static_cast<std::int64_t>(start.at), start.id};
  std::vector<ListKey> all;
  for (const CustomerId customer : customers) {
    for (const ListKey& key : index_.OfCustomer(shop_, customer, after, room)) all.push_back(key);
  }
  std::sort(all.begin(), all.end(), [](const ListKey& a, const ListKey& b) {
    return std::pair(a.at, a.id) > std::pair(b.at, b.id);
  });
  if (all.size() > room) all.resize(room);
  for (const ListKey& key : all) Add(OrderId{key.id}, OrderMatch::kNick);
  if (all.empty() || all.size() < room) return std::nullopt;
  return OrderSearchKey{.source = OrderMatch::kNick,
                        .at = static_cast<std::uint64_t>(all.back().at),
                        .id = all.back().id};
}

OrderWalk::Group OrderWalk::NextGroup(const OrderSearchKey& start) {
  // The longest word has the narrowest range.
  const auto& longest =
      *std::max_element(terms_.begin(), terms_.end(),
                        [](const auto& a, const auto& b) { return a.size() < b.size(); });
  const platform::WindowRange window = platform::RangeOf(longest);
  Group group{.titles = {}, .word = start.word, .title = start.title, .last = true};
  for (std::size_t looked_at = 0; looked_at < kMostRowsLookedAt;) {
    const auto rows =
        index_.TitleRows(shop_, {window.low, window.high}, group.word, group.title, kRowsAtOnce);
    for (const TitleRow& row : rows) {
      group.word = row.word;
      group.title = row.id;
      const std::u32string title = platform::Fold(row.title);
      // One of a title's rows answers for all: its smallest window.
      std::string first = platform::FirstLaterWindow(title, longest);
      if (title.starts_with(longest)) {
        const std::string whole = platform::WindowsOf(title).front();
        if (first.empty() || whole < first) first = whole;
      }
      if (first != row.word || !platform::ContainsAll(title, terms_)) continue;
      group.titles.push_back(row.id);
      if (group.titles.size() == kTitlesInGroup) {
        group.last = false;
        return group;
      }
    }
    if (rows.size() < kRowsAtOnce) return group;
    looked_at += rows.size();
  }
  group.last = false;
  return group;
}

bool OrderWalk::HasTitle(const Order& order) const {
  return std::any_of(order.lines.begin(), order.lines.end(), [&](const Line& line) {
    return !line.removed && platform::ContainsAll(platform::Fold(line.title), terms_);
  });
}

std::optional<OrderSearchKey> OrderWalk::Titles(const OrderSearchKey& start) {
  if (terms_.empty()) return std::nullopt;
  const Group group = NextGroup(start);
  const std::size_t room = Room();
  const OrderId before{start.id == 0 ? kNewest : start.id};
  std::set<OrderId, std::greater<>> newest;
  for (const std::uint64_t title : group.titles) {
    for (const OrderId order : index_.OfTitle(shop_, title, before, room)) newest.insert(order);
  }
  std::vector<OrderId> ids(newest.begin(), newest.end());
  if (ids.size() > room) ids.resize(room);
  for (const Order& order : index_.Read(shop_, ids)) {
    if (HasTitle(order)) Add(order.id, OrderMatch::kTitle);
  }
  if (!ids.empty() && ids.size() == room) {
    return OrderSearchKey{.source = OrderMatch::kTitle,
                          .word = start.word,
                          .title = start.title,
                          .id = ids.back().value};
  }
  if (group.last) return std::nullopt;
  return OrderSearchKey{.source = OrderMatch::kTitle, .word = group.word, .title = group.title};
}

}  // namespace redress::order
