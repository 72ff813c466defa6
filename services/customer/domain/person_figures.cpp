#include "services/customer/domain/person_figures.h"

#include <algorithm>

#include "services/customer/domain/moments.h"

namespace redress::customer {
namespace {

void AddMoney(std::vector<MoneyFigures>& sum, const MoneyFigures& more) {
  const auto place = std::lower_bound(
      sum.begin(), sum.end(), more.currency,
      [](const MoneyFigures& one, const std::string& currency) { return one.currency < currency; });
  if (place == sum.end() || place->currency != more.currency) {
    sum.insert(place, more);
    return;
  }
  place->paid_orders += more.paid_orders;
  place->paid_minor += more.paid_minor;
  place->refunded_minor += more.refunded_minor;
  place->last_paid_at = std::max(place->last_paid_at, more.last_paid_at);
}

}  // namespace

void AddFigures(CustomerFigures& sum, const CustomerFigures& more) {
  sum.orders += more.orders;
  sum.paid_orders += more.paid_orders;
  sum.refunds += more.refunds;
  sum.refunded_orders += more.refunded_orders;
  sum.cases += more.cases;
  sum.open_cases += more.open_cases;
  sum.disputes += more.disputes;
  sum.lost_disputes += more.lost_disputes;
  sum.reviews += more.reviews;
  sum.bad_reviews += more.bad_reviews;
  sum.malicious_reviews += more.malicious_reviews;
  sum.revised_reviews += more.revised_reviews;
  sum.conversations += more.conversations;
  sum.coupons += more.coupons;
  sum.first_order_at = Earlier(sum.first_order_at, more.first_order_at);
  sum.first_paid_at = Earlier(sum.first_paid_at, more.first_paid_at);
  sum.last_order_at = std::max(sum.last_order_at, more.last_order_at);
  sum.last_paid_at = std::max(sum.last_paid_at, more.last_paid_at);
  sum.last_refund_at = std::max(sum.last_refund_at, more.last_refund_at);
  sum.last_case_at = std::max(sum.last_case_at, more.last_case_at);
  sum.last_contact_at = std::max(sum.last_contact_at, more.last_contact_at);
  sum.last_coupon_at = std::max(sum.last_coupon_at, more.last_coupon_at);
  for (const MoneyFigures& one : more.money) AddMoney(sum.money, one);
}

}  // namespace redress::customer
