// Finds orders by what an agent has at hand: a number or its beginning or end, a parcel's number,
// the receiver's phone, the buyer's nick, words of a title.
//
// The sources are asked one after another, the surest first, and a page goes on where the one
// before ended. Each call looks at a bounded number of rows: a page may be short and not the last.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "services/order/domain/order_store.h"

namespace redress::order {

// In the order in which they are looked for. Numbers are in page tokens and equal those of the API.
enum class OrderMatch : std::uint8_t {
  kNumber = 1,
  kTrackingNumber = 2,
  kPhone = 3,
  kNumberStart = 4,
  kNumberEnd = 5,
  kNick = 6,
  kTitle = 7,
};

struct OrderHit {
  Order order;
  Receiver masked_receiver;
  OrderMatch matched = OrderMatch::kNumber;
};

// Where in a source the last page ended.
struct OrderSearchKey {
  OrderMatch source = OrderMatch::kNumber;
  std::string word = {};    // of a number's end or a title, where it is in the middle of them
  std::uint64_t title = 0;  // the last title before those that are being looked through
  std::uint64_t at = 0;     // of a nick's orders: the time of the last
  std::uint64_t id = 0;     // the last order
};

struct OrderSearchPage {
  std::vector<OrderHit> hits;
  std::optional<OrderSearchKey> next;
  bool incomplete = false;
  bool nicks_missing = false;
};

// Texts from `low` to before `high`, byte by byte.
struct TextRange {
  std::string low = {};
  std::string high = {};
};

struct EndRow {
  std::string end = {};  // as it is kept: backwards, cut
  OrderId order = {};
};

struct TitleRow {
  std::string word = {};
  std::uint64_t id = 0;
  std::string title = {};
};

// The orders of a shop by what they are found by. Thread-safe.
class OrderIndex {
 public:
  virtual ~OrderIndex() = default;

  // Orders that exist, complete, in the order of the argument.
  virtual std::vector<Order> Read(ShopId shop, std::span<const OrderId> orders) = 0;

  virtual std::vector<std::string> Platforms(ShopId shop) = 0;
  // By number, of one platform.
  virtual std::vector<OrderId> NumbersFrom(ShopId shop, const std::string& platform,
                                           const TextRange& range, std::size_t limit) = 0;
  // What is kept of the end of a number, for EndRows.
  virtual std::string EndOf(const std::string& number) = 0;
  // By end and order, behind (`word`, `order`) where that word is not empty.
  virtual std::vector<EndRow> EndRows(ShopId shop, const TextRange& range, const std::string& word,
                                      OrderId order, std::size_t limit) = 0;
  virtual std::vector<OrderId> Parcels(ShopId shop, const TextRange& range, std::size_t limit) = 0;
  // A keyed hash; empty where the text has no number.
  virtual std::string PhoneHash(ShopId shop, const std::string& phone) = 0;
  // Newest first, below `before`.
  virtual std::vector<OrderId> WithPhone(ShopId shop, const std::string& hash, OrderId before,
                                         std::size_t limit) = 0;
  // Newest first by when they were placed.
  virtual std::vector<ListKey> OfCustomer(ShopId shop, CustomerId customer, const ListKey& after,
                                          std::size_t limit) = 0;
  // By word and title, behind (`word`, `title`) where that word is not empty.
  virtual std::vector<TitleRow> TitleRows(ShopId shop, const TextRange& range,
                                          const std::string& word, std::uint64_t title,
                                          std::size_t limit) = 0;
  // Newest first, below `before`.
  virtual std::vector<OrderId> OfTitle(ShopId shop, std::uint64_t title, OrderId before,
                                       std::size_t limit) = 0;
  // Whether all orders of the shop can be found.
  virtual bool Complete(ShopId shop) = 0;
};

// The customer service's search, as far as orders need it.
class NickBook {
 public:
  virtual ~NickBook() = default;

  // Those whose nick matches, the best first; nothing when the service does not answer.
  virtual std::optional<std::vector<CustomerId>> FindByNick(ShopId shop, const std::string& words,
                                                            std::size_t most, Deadline until) = 0;
};

class OrderWalk;

// Thread-safe; its parts outlive it.
class OrderSearch {
 public:
  OrderSearch(OrderStore& store, OrderIndex& index, NickBook& nicks)
      : store_(store), index_(index), nicks_(nicks) {}

  // `words` have no blanks at their ends.
  OrderSearchPage Search(ShopId shop, const std::string& words,
                         const std::optional<OrderSearchKey>& after, std::size_t size,
                         Deadline until);

 private:
  OrderSearchPage PageOf(ShopId shop, const OrderWalk& walk, OrderSearchPage page);

  OrderStore& store_;
  OrderIndex& index_;
  NickBook& nicks_;
};

}  // namespace redress::order
