#include "services/customer/domain/contribution.h"

#include <algorithm>

#include "services/customer/domain/moments.h"

namespace redress::customer {
namespace {

constexpr std::uint32_t kWorstGoodStars = 3;
constexpr char kWithdrawn[] = "Withdrawn";  // opened for what was no review of ours

bool IsBad(const CaseFact& review) {
  if (review.review_stars == 0) return review.review_rating == "bad";
  return review.review_stars < kWorstGoodStars;
}

// The shop judged it malicious, and the platform took it away.
bool IsConfirmedMalicious(const CaseFact& review) {
  return review.review_judgement == "malicious" && review.review_change == "removed";
}

void AddCoupon(std::int64_t given_at, FigureChange& adds) {
  adds[Count::kCoupons] += 1;
  adds[Last::kCoupon] = std::max(adds[Last::kCoupon], given_at);
}

void AddReview(const CaseFact& review, FigureChange& adds) {
  if (review.state == kWithdrawn) return;
  adds[Count::kReviews] = 1;
  if (IsBad(review)) adds[Count::kBadReviews] = 1;
  if (IsConfirmedMalicious(review)) adds[Count::kMaliciousReviews] = 1;
  if (!review.review_change.empty()) adds[Count::kRevisedReviews] = 1;
}

// Whether a moment that `before` told of is told of no longer.
bool TakesBack(const FigureChange& before, const FigureChange& after) {
  for (std::size_t i = 0; i < kFirsts; ++i) {
    const std::int64_t was = before.firsts.at(i);
    if (was != 0 && (after.firsts.at(i) == 0 || after.firsts.at(i) > was)) return true;
  }
  for (std::size_t i = 0; i < kLasts; ++i) {
    if (after.lasts.at(i) < before.lasts.at(i)) return true;
  }
  for (const auto& [currency, money] : before.money) {
    const auto found = after.money.find(currency);
    const std::int64_t now = found == after.money.end() ? 0 : found->second.last_paid_at;
    if (now < money.last_paid_at) return true;
  }
  return false;
}

}  // namespace

Contribution ContributionOf(const OrderFact& order) {
  Contribution made{
      .shop = order.shop, .customer = order.customer, .adds = {}, .refunded_order = {}};
  if (!order.customer) return made;
  made.adds[Count::kOrders] = 1;
  made.adds[First::kOrder] = made.adds[Last::kOrder] = order.ordered_at;
  if (order.paid_at == 0) return made;
  made.adds[Count::kPaidOrders] = 1;
  made.adds[First::kPaid] = made.adds[Last::kPaid] = order.paid_at;
  made.adds.money[order.currency] = {.paid_orders = 1,
                                     .paid_minor = order.paid_minor,
                                     .refunded_minor = order.refunded_minor,
                                     .last_paid_at = order.paid_at};
  if (order.refunded_minor > 0) {
    made.adds[Count::kRefunds] = 1;
    made.refunded_order = order.id;
  }
  return made;
}

Contribution ContributionOf(const CaseFact& one) {
  Contribution made{.shop = one.shop, .customer = one.customer, .adds = {}, .refunded_order = {}};
  if (!one.customer) return made;
  made.adds[Count::kCases] = 1;
  if (!one.is_final) made.adds[Count::kOpenCases] = 1;
  made.adds[Last::kCase] = one.opened_at;
  made.adds[Last::kContact] = one.last_step_at;
  if (one.kind == "dispute") {
    made.adds[Count::kDisputes] = 1;
    if (one.verdict == "ruled_for_buyer") made.adds[Count::kLostDisputes] = 1;
  }
  if (one.kind == "review") AddReview(one, made.adds);
  for (const CaseCoupon& coupon : one.coupons) AddCoupon(coupon.given_at, made.adds);
  if (one.settled_at != 0) {
    made.adds[Count::kRefunds] = 1;
    made.adds[Last::kRefund] = one.settled_at;
    made.adds.money[one.currency].refunded_minor = one.settled_minor;
    made.refunded_order = one.order;
  }
  return made;
}

Contribution ContributionOf(const ConversationFact& conversation) {
  Contribution made{.shop = conversation.shop,
                    .customer = conversation.customer,
                    .adds = {},
                    .refunded_order = {}};
  if (!conversation.customer) return made;
  made.adds[Count::kConversations] = 1;
  made.adds[Last::kContact] = conversation.last_message_at;
  return made;
}

Contribution ContributionOf(const AdjustmentFact& adjustment) {
  Contribution made{
      .shop = adjustment.shop, .customer = adjustment.customer, .adds = {}, .refunded_order = {}};
  if (!adjustment.customer || !adjustment.is_refund) return made;
  made.adds[Count::kRefunds] = 1;
  made.adds[Last::kRefund] = adjustment.adjusted_at;
  made.adds.money[adjustment.currency].refunded_minor = adjustment.amount_minor;
  made.refunded_order = adjustment.order;
  return made;
}

Contribution ContributionOfCoupon(ShopId shop, CustomerId customer, std::int64_t given_at) {
  Contribution made{.shop = shop, .customer = customer, .adds = {}, .refunded_order = {}};
  if (customer) AddCoupon(given_at, made.adds);
  return made;
}

void FigureChanges::Take(const Contribution& contribution, std::int64_t sign) {
  if (!contribution.customer) return;
  const FigureChange& adds = contribution.adds;
  FigureChange& change = figures[{contribution.shop, contribution.customer}];
  for (std::size_t i = 0; i < kCounts; ++i) change.counts.at(i) += sign * adds.counts.at(i);
  for (const auto& [currency, money] : adds.money) {
    MoneyChange& to = change.money[currency];
    to.paid_orders += sign * money.paid_orders;
    to.paid_minor += sign * money.paid_minor;
    to.refunded_minor += sign * money.refunded_minor;
    if (sign > 0) to.last_paid_at = std::max(to.last_paid_at, money.last_paid_at);
  }
  if (contribution.refunded_order) {
    refunds[{contribution.shop, contribution.customer, contribution.refunded_order}] += sign;
  }
  if (sign < 0) return;
  for (std::size_t i = 0; i < kFirsts; ++i) {
    change.firsts.at(i) = Earlier(change.firsts.at(i), adds.firsts.at(i));
  }
  for (std::size_t i = 0; i < kLasts; ++i) {
    change.lasts.at(i) = std::max(change.lasts.at(i), adds.lasts.at(i));
  }
}

void FigureChanges::Add(const Contribution& contribution) { Take(contribution, 1); }

void FigureChanges::Replace(const Contribution& before, const Contribution& after) {
  if (before == after) return;
  Take(before, -1);
  Take(after, 1);
  const FigureChange nothing;
  const bool moved = before.customer != after.customer;
  if (before.customer && TakesBack(before.adds, moved ? nothing : after.adds)) {
    look_again.insert({before.shop, before.customer});
  }
}

void FigureChanges::Touch(ShopId shop, CustomerId customer) {
  if (customer) figures.try_emplace({shop, customer});
}

}  // namespace redress::customer
