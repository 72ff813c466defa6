// What one fact adds to the figures of its customer, and how a batch of changed facts changes them.
// Figures are sums, so that an event costs the same however long the customer's history is; only
// where a first or last moment is taken back are the facts looked at again.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <tuple>
#include <utility>

#include "services/customer/domain/facts.h"

namespace redress::customer {

enum class Count : std::uint8_t {
  kOrders,
  kPaidOrders,
  kRefunds,
  kRefundedOrders,
  kCases,
  kOpenCases,
  kDisputes,
  kLostDisputes,
  kReviews,
  kBadReviews,
  kMaliciousReviews,
  kRevisedReviews,
  kConversations,
  kCoupons,
};
inline constexpr std::size_t kCounts = 14;
enum class First : std::uint8_t { kOrder, kPaid };
inline constexpr std::size_t kFirsts = 2;
enum class Last : std::uint8_t { kOrder, kPaid, kRefund, kCase, kContact, kCoupon };
inline constexpr std::size_t kLasts = 6;

struct MoneyChange {
  std::int64_t paid_orders = 0;
  std::int64_t paid_minor = 0;
  std::int64_t refunded_minor = 0;
  std::int64_t last_paid_at = 0;

  bool operator==(const MoneyChange&) const = default;
};

struct FigureChange {
  std::array<std::int64_t, kCounts> counts{};
  std::array<std::int64_t, kFirsts> firsts{};  // 0: none
  std::array<std::int64_t, kLasts> lasts{};
  std::map<std::string, MoneyChange> money;  // by currency

  std::int64_t& operator[](Count count) { return counts[static_cast<std::size_t>(count)]; }
  std::int64_t operator[](Count count) const { return counts[static_cast<std::size_t>(count)]; }
  std::int64_t& operator[](First first) { return firsts[static_cast<std::size_t>(first)]; }
  std::int64_t operator[](First first) const { return firsts[static_cast<std::size_t>(first)]; }
  std::int64_t& operator[](Last last) { return lasts[static_cast<std::size_t>(last)]; }
  std::int64_t operator[](Last last) const { return lasts[static_cast<std::size_t>(last)]; }

  bool operator==(const FigureChange&) const = default;
};

struct Contribution {
  ShopId shop;
  CustomerId customer;     // none: adds to nobody
  FigureChange adds;       // but for kRefundedOrders, which needs the order's other refunds
  OrderId refunded_order;  // the order that it tells a refund of

  bool operator==(const Contribution&) const = default;
};

Contribution ContributionOf(const OrderFact& order);
Contribution ContributionOf(const CaseFact& one);
Contribution ContributionOf(const ConversationFact& conversation);
Contribution ContributionOf(const AdjustmentFact& adjustment);
// Of one coupon, be it for a case or by care.
Contribution ContributionOfCoupon(ShopId shop, CustomerId customer, std::int64_t given_at);

using CustomerKey = std::pair<ShopId, CustomerId>;
using RefundKey = std::tuple<ShopId, CustomerId, OrderId>;

// What a batch changes, customer by customer in the order in which everybody locks.
struct FigureChanges {
  std::map<CustomerKey, FigureChange> figures;
  std::map<RefundKey, std::int64_t> refunds;  // of an order, more or fewer
  std::set<CustomerKey> look_again;  // whose first and last moments may have been taken back

  void Add(const Contribution& contribution);
  // The fact has become another one. A contribution that stays as it was changes nothing.
  void Replace(const Contribution& before, const Contribution& after);
  // The customer is judged again though no figure changes.
  void Touch(ShopId shop, CustomerId customer);

 private:
  void Take(const Contribution& contribution, std::int64_t sign);
};

}  // namespace redress::customer
