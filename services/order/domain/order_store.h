// Where orders are kept, as the use cases see it. Implemented over MySQL in store/.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "services/order/domain/change_record.h"
#include "services/order/domain/matching.h"
#include "services/order/domain/merge.h"
#include "services/order/domain/order.h"
#include "services/platform/base/text.h"

namespace redress::order {

// The storage would not take the rows of a transaction, for a reason that repeating does not mend.
// Nothing of the transaction is stored.
class StorageRefused : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

// A marketplace and the number of an order or adjustment there.
struct NumberKey {
  std::string platform;
  std::string number;

  auto operator<=>(const NumberKey&) const = default;
};

// An order and how its platform knows it.
struct KnownNumber {
  OrderId order;
  NumberKey key;
};

// An adjustment that is stored, as far as a repeat has to know it.
struct KnownAdjustment {
  AdjustmentId id;
  NumberKey key;
  platform::Digest content;
  bool matched = false;
};

struct NewAdjustment {
  Adjustment adjustment;
  platform::Digest content;
};

// One transaction. What it locks and writes is given back or undone together with it.
class OrderTransaction {
 public:
  virtual ~OrderTransaction() = default;

  // The stored orders among these, locked until the transaction ends; in no particular order.
  virtual std::vector<Order> LockByNumber(ShopId shop, std::span<const NumberKey> keys) = 0;
  virtual std::vector<Order> LockById(ShopId shop, std::span<const OrderId> orders) = 0;

  virtual std::vector<KnownAdjustment> FindAdjustments(ShopId shop,
                                                       std::span<const NumberKey> keys) = 0;
  // Lines of these customers with one of these articles, ordered by then; not locked.
  virtual std::vector<Candidate> Candidates(ShopId shop, std::span<const CustomerId> customers,
                                            std::span<const std::string> skus,
                                            std::int64_t ordered_until) = 0;

  // Writes the changes and the adjustments with their events.
  virtual void Save(ShopId shop, std::span<const OrderChange> changes,
                    std::span<const NewAdjustment> adjustments) = 0;

  // The receiver in clear; empty where none is known or the person was erased.
  virtual Receiver ReadReceiver(ShopId shop, OrderId order) = 0;
  virtual CurrentMemo ReadMemo(ShopId shop, OrderId order) = 0;
  // Keeps what a person changed of a locked order; answers the change's number. RESOURCE_EXHAUSTED
  // beyond kMostChanges.
  virtual std::uint32_t Record(ShopId shop, const Order& order, const ChangeRecord& record) = 0;
  // Of a locked order: its changes of receiver up to that version are known to a warehouse; those
  // that were already stay as they are. Answers the number of the newest change of receiver, 0
  // where there is none.
  virtual std::uint32_t Acknowledge(ShopId shop, OrderId order,
                                    const Acknowledgement& acknowledgement) = 0;

  // What the request answered before; INVALID_ARGUMENT when its id was used for something else.
  virtual std::optional<std::string> FindAnswer(ShopId shop, std::string_view request_id,
                                                const platform::Digest& digest) = 0;
  virtual void RememberAnswer(ShopId shop, std::string_view request_id,
                              const platform::Digest& digest, std::string_view answer) = 0;

  // Ends the body: it is run again from its beginning, because what it read has changed.
  [[noreturn]] virtual void Restart() = 0;
};

// The last row of a page: its time and id.
struct ListKey {
  std::int64_t at = 0;
  std::uint64_t id = 0;
};

// The last row of a page of changes of the shop.
struct ChangeKey {
  std::int64_t at = 0;
  std::uint64_t order = 0;
  std::uint32_t number = 0;
};

// Which changes of receivers are listed.
struct AddressChangeQuery {
  ShopId shop = {};
  OrderId order = {};  // none: of all orders
  std::int64_t since = 0;
  bool unknown_only = false;  // those that a warehouse has to acknowledge
  std::optional<ChangeKey> after = {};
  std::size_t limit = 0;
};

// Thread-safe.
class OrderStore {
 public:
  virtual ~OrderStore() = default;

  // Runs body in one transaction. It may run several times, so it assigns its outputs. Throws
  // StorageRefused, or a platform::Refusal that the caller may pass on.
  virtual void InTransaction(const std::function<void(OrderTransaction&)>& body) = 0;

  // A keyed hash by which two receivers are told apart; empty for an empty one.
  virtual std::string ReceiverHash(ShopId shop, const Receiver& receiver) = 0;
  // The same for details.
  virtual std::string DetailsHash(ShopId shop, const Details& details) = 0;

  // The same for a memo.
  virtual std::string MemoHash(ShopId shop, const MemoText& memo) = 0;

  // NOT_FOUND for an order that the shop has not; in clear, empty where none is known.
  virtual Receiver ClearReceiver(ShopId shop, OrderId order) = 0;
  // NOT_FOUND for an order that the shop has not.
  virtual CurrentMemo Memo(ShopId shop, OrderId order) = 0;
  // Of one order, newest first, below the number `before`; without `kind` of every kind. NOT_FOUND
  // for an order that the shop has not.
  virtual std::vector<StoredChange> ListChanges(ShopId shop, OrderId order,
                                                std::optional<ChangeKind> kind,
                                                std::uint32_t before, std::size_t limit) = 0;
  // Newest first.
  virtual std::vector<AddressChange> ListAddressChanges(const AddressChangeQuery& query) = 0;

  // Without `customer` those of the shop. Newest first; `after` is the last of the page before.
  virtual std::vector<Order> List(ShopId shop, CustomerId customer, std::optional<ListKey> after,
                                  std::size_t limit) = 0;
  virtual std::vector<Adjustment> ListAdjustments(ShopId shop, CustomerId customer,
                                                  std::optional<ListKey> after,
                                                  std::size_t limit) = 0;
  virtual std::optional<Order> Find(ShopId shop, OrderId order) = 0;
  virtual std::optional<Order> FindByNumber(ShopId shop, const NumberKey& key) = 0;
  // Those of the orders that the shop has, in no particular order.
  virtual std::vector<KnownNumber> Numbers(ShopId shop, std::span<const OrderId> orders) = 0;
  // As a person may see them without a reveal, in the order of the argument; empty for none.
  virtual std::vector<Receiver> MaskedReceivers(ShopId shop, std::span<const OrderId> orders) = 0;
  // Account and personal fields masked; empty for none.
  virtual Details MaskedDetails(ShopId shop, OrderId order) = 0;
};

// When the caller stops waiting.
using Deadline = std::chrono::steady_clock::time_point;

// Who bought, and how a source says that they are reached.
struct Buyer {
  std::string nick;
  Receiver reached_at = {};    // empty where the source does not say
  std::int64_t source_at = 0;  // when it said so
};

// The customer service, as far as orders need it.
class CustomerBook {
 public:
  virtual ~CustomerBook() = default;

  // The customers of these buyers, found or created, in the order of the buyers (their nicks are
  // distinct and not empty; any number). How they are reached is learnt with them. Throws
  // platform::Refusal when it cannot be asked, or not until then.
  virtual std::vector<CustomerId> Ensure(ShopId shop, const std::string& platform,
                                         std::span<const Buyer> buyers, Deadline until) = 0;
  // Those of the nicks that there are; none for the others.
  virtual std::vector<CustomerId> Find(ShopId shop, const std::string& platform,
                                       std::span<const std::string> nicks, Deadline until) = 0;
};

}  // namespace redress::order
