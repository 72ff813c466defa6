// Reminders of payment: who reminded whose buyer, and whether it was paid in time.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "services/order/domain/order_store.h"
#include "services/order/domain/write.h"

namespace redress::order {

using ReminderId = platform::StrongId<struct ReminderTag>;
using PhraseId = platform::StrongId<struct PhraseTag>;  // the desk service's

// Numbers are stored and equal those of the API.
enum class ReminderChannel : std::uint8_t { kChat = 1, kTextMessage = 2, kPhone = 3 };
enum class UnpaidOrdering : std::uint8_t { kAge = 1, kAmount = 2 };

struct UnpaidOrder {
  OrderId order;
  NumberKey key;
  CustomerId customer;
  std::int64_t order_at = 0;
  std::string currency;
  std::int64_t payable_minor = 0;
  std::uint32_t reminders = 0;
  std::int64_t reminded_at = 0;  // last; 0 for never
};

struct UnpaidQuery {
  UnpaidOrdering ordering = UnpaidOrdering::kAge;
  std::int64_t placed_until = 0;
  std::int64_t minimum_minor = 0;
  bool not_reminded = false;
  std::optional<ListKey> after;  // time or amount, and order
  std::size_t limit = 50;
};

struct Reminder {
  ReminderId id;
  OrderId order;
  AccountId account;
  ReminderChannel channel = ReminderChannel::kChat;
  std::uint64_t phrase = 0;  // 0: words of one's own
  std::int64_t reminded_at = 0;
  std::int64_t window_end_at = 0;
  std::string currency;
  std::int64_t payable_minor = 0;
  std::int64_t paid_at = 0;  // 0: not paid in time, or reminded again before
  std::int64_t paid_minor = 0;
};

struct NewReminder {
  OrderId order;
  ReminderChannel channel = ReminderChannel::kChat;
  std::uint64_t phrase = 0;
};

struct ReminderSum {
  AccountId account;
  std::string currency;
  std::uint32_t sent = 0;
  std::uint32_t paid_orders = 0;
  std::int64_t paid_minor = 0;
};

// Who asked not to be contacted, as the customer service knows it. Thread-safe.
class WishBook {
 public:
  virtual ~WishBook() = default;

  // Throws Refusal, UNAVAILABLE and the like where the service does not answer.
  virtual bool MayContact(ShopId shop, CustomerId customer) = 0;
};

// Thread-safe.
class ReminderRepository {
 public:
  virtual ~ReminderRepository() = default;

  virtual std::vector<UnpaidOrder> ListUnpaid(ShopId shop, const UnpaidQuery& query) = 0;
  // The reminder of an earlier call of the same request.
  virtual std::optional<Reminder> FindRepeat(const Write& write) = 0;
  // None where the order names nobody. NOT_FOUND.
  virtual CustomerId BuyerOf(ShopId shop, OrderId order) = 0;
  // FAILED_PRECONDITION for an order that does not wait to be paid (ORDER_NOT_UNPAID), or whose
  // buyer was reminded as often as the shop allows (REMINDED_ENOUGH).
  virtual Reminder Record(const Write& write, const NewReminder& reminder) = 0;
  // Newest first, below `before`; without `account` those of the shop.
  virtual std::vector<Reminder> List(ShopId shop, AccountId account,
                                     std::optional<ReminderId> before, std::size_t limit) = 0;
  virtual std::vector<ReminderSum> Sum(ShopId shop, std::int64_t from, std::int64_t until) = 0;
};

}  // namespace redress::order
