// All that is known of one person by number and date: what rules of tags and segments see, and what
// a judgement of the person is made of. Sums are over the whole group, so they change with a merge
// and change back with its undoing. Times are UTC microseconds, 0 for never.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "services/customer/domain/customer.h"

namespace redress::customer {

// What one person paid and got back in one currency, minor units.
struct MoneyFigures {
  std::string currency;
  std::uint32_t paid_orders = 0;
  std::int64_t paid_minor = 0;
  std::int64_t refunded_minor = 0;  // by cases, by adjustments and elsewhere on the platform
  std::int64_t last_paid_at = 0;    // 0 where nothing is

  std::int64_t LifetimeMinor() const { return paid_minor - refunded_minor; }
  // Per paid order; 0 without one.
  std::int64_t AverageMinor() const { return paid_orders == 0 ? 0 : paid_minor / paid_orders; }
  bool operator==(const MoneyFigures&) const = default;
};

struct CustomerFigures {
  std::uint32_t orders = 0;
  std::uint32_t paid_orders = 0;
  std::int64_t first_order_at = 0;  // placed
  std::int64_t last_order_at = 0;
  std::int64_t first_paid_at = 0;
  std::int64_t last_paid_at = 0;

  std::uint32_t refunds = 0;          // settled refund cases and refunds recorded from elsewhere
  std::uint32_t refunded_orders = 0;  // different orders among them
  std::int64_t last_refund_at = 0;

  std::uint32_t cases = 0;
  std::uint32_t open_cases = 0;
  std::uint32_t disputes = 0;
  std::uint32_t lost_disputes = 0;  // ruled for the buyer
  std::int64_t last_case_at = 0;    // opened

  std::uint32_t reviews = 0;            // that a case was opened for
  std::uint32_t bad_reviews = 0;        // of one or two stars
  std::uint32_t malicious_reviews = 0;  // judged so by the shop, and removed by the platform
  std::uint32_t revised_reviews = 0;    // revised or removed since

  std::uint32_t conversations = 0;
  std::int64_t last_contact_at = 0;  // the last message, or the last step of a case

  std::uint32_t coupons = 0;  // given for cases, and by care
  std::int64_t last_coupon_at = 0;

  std::vector<MoneyFigures> money;  // by currency code, ascending

  // Of paid orders, in thousandths; 0 without a paid order, at most 1000.
  std::uint32_t RefundShareThousandths() const;
  const MoneyFigures* In(const std::string& currency) const;

  bool operator==(const CustomerFigures&) const = default;
};

// How the person compares with the shop's others: 5 is best. Made by the daily job, so it is of its
// day; absent until the first one and for people who never paid in the shop's main currency.
struct RfmScores {
  std::uint32_t version = 0;  // counts the shop's computations
  std::int64_t computed_at = 0;
  std::string currency;
  std::int64_t recency_us = 0;  // from the last paid order to the computation
  std::uint32_t frequency = 0;  // paid orders in that currency
  std::int64_t monetary_minor = 0;
  std::uint8_t recency_score = 0;
  std::uint8_t frequency_score = 0;
  std::uint8_t monetary_score = 0;

  bool operator==(const RfmScores&) const = default;
};

struct BoughtArticle {
  std::string sku;
  std::string properties;  // as the source writes them, e.g. `颜色:红;尺码:L`
  std::int32_t quantity = 0;
  std::int64_t paid_minor = 0;

  bool operator==(const BoughtArticle&) const = default;
};

struct RecentOrder {
  OrderId order;
  std::int64_t ordered_at = 0;
  std::int64_t paid_at = 0;
  std::string currency;
  std::int64_t paid_minor = 0;
  std::vector<BoughtArticle> articles;  // at most kMostArticles

  bool operator==(const RecentOrder&) const = default;
};

inline constexpr std::size_t kMostRecentOrders = 50;  // of a customer row
inline constexpr std::size_t kMostArticles = 20;      // of an order

struct CustomerFacts {
  CustomerId customer;  // the head
  std::vector<CustomerId> members;
  std::string platform;  // of the head
  std::string nick;
  std::int64_t first_seen_at = 0;  // the oldest row of the group
  CustomerFigures figures;
  std::optional<RfmScores> rfm;
  // Newest first; at most kMostRecentOrders of the whole person.
  std::vector<RecentOrder> recent_orders;

  bool operator==(const CustomerFacts&) const = default;
};

// Thread-safe. Failures are platform::Refusal (busy, unavailable).
class CustomerFactsReader {
 public:
  virtual ~CustomerFactsReader() = default;

  // In the order of the heads; those that the shop does not have, or that are no head (any more),
  // are left out. A bounded number of round trips for up to 256 heads.
  virtual std::vector<CustomerFacts> Read(ShopId shop, std::span<const CustomerId> heads) = 0;
};

}  // namespace redress::customer
