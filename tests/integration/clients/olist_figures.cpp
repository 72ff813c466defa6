#include <redress/order/v1/order_service.pb.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <set>

#include "tests/integration/clients/distribution.h"
#include "tests/integration/clients/shop_figures.h"
#include "tests/integration/clients/uci_figures.h"

namespace redress::test {
namespace {

using google::protobuf::Struct;

constexpr std::int64_t kSecondUs = 1'000'000;
const DurationUnit kHours{"hours", 3600 * kSecondUs};
const DurationUnit kDays{"days", 86'400 * kSecondUs};
constexpr int kBad = 3;
constexpr int kWorst = 2;

// "54.9" is 5490.
std::int64_t Cents(const std::string& decimal) {
  return decimal.empty() ? 0 : std::llround(std::stod(decimal) * 100);
}

struct StoredOrder {
  std::int64_t ordered_at = 0;
  std::int64_t paid_at = 0;
  bool has_approval = false;  // paid_at is the source's approval, not concluded
  std::int64_t received_at = 0;
  std::int64_t paid = 0;
  std::int64_t prices = 0;
  std::int64_t items = 0;
  std::string customer;
  std::string month;
  std::string status;     // the source's word, kept beside the order
  std::string estimated;  // its promised day
  std::int64_t freight = 0;
  std::string received_text;  // when, as the promised day is written
};

using StoredOrders = std::map<std::string, StoredOrder>;

std::string Written(const std::string& column, const std::string& format) {
  return "DATE_FORMAT(DATE_ADD('1970-01-01', INTERVAL " + column + " MICROSECOND), '" + format +
         "')";
}

// What no column has is read as an agent reads it: the fields kept beside the order.
void ReadKept(client::Client& account, const std::string& id, StoredOrder& order) {
  redress::order::v1::GetOrderRequest request;
  request.set_order_id(id);
  const auto answer = account.Call<redress::order::v1::GetOrderResponse>(request);
  for (const auto& field : answer.order().raw_fields()) {
    if (field.name() == "order_approved_at") order.has_approval = true;
    if (field.name() == "order_status") order.status = field.text();
    if (field.name() == "order_estimated_delivery_date") order.estimated = field.text();
    if (field.name() == "freight_value") order.freight += Cents(field.text());
  }
}

StoredOrders ReadOrders(ImportShop& shop) {
  StoredOrders orders;
  for (const auto& row : shop.Rows(
           "SELECT o.order_id, o.order_at, o.paid_at, o.customer_id, SUM(l.paid_minor),"
           " SUM(IF(l.postage = 0 AND l.unit_price <> '', CAST(l.unit_price AS DECIMAL(24,8)), 0)),"
           " SUM(l.postage = 0 AND l.unit_price <> ''), " +
           Written("o.order_at", "%Y-%m") +
           ", COALESCE((SELECT MAX(s.received_at) FROM redress_order.shipments s WHERE"
           " s.shop_id = o.shop_id AND s.order_id = o.order_id), 0), COALESCE((SELECT " +
           Written("MAX(s.received_at)", "%Y-%m-%d %H:%i:%s") +
           " FROM redress_order.shipments s WHERE s.shop_id = o.shop_id AND"
           " s.order_id = o.order_id), '')"
           " FROM redress_order.orders o JOIN redress_order.order_lines l ON l.shop_id = o.shop_id"
           " AND l.order_id = o.order_id AND l.removed = 0 WHERE o.shop_id = {shop}"
           " GROUP BY o.order_id")) {
    StoredOrder& order = orders[row.at(0)];
    order.ordered_at = std::stoll(row.at(1));
    order.paid_at = std::stoll(row.at(2));
    order.customer = row.at(3);
    order.paid = std::stoll(row.at(4));
    order.prices = Cents(row.at(5));
    order.items = std::stoll(row.at(6));
    order.month = row.at(7);
    order.received_at = std::stoll(row.at(8));
    if (order.received_at != 0) order.received_text = row.at(9);
    ReadKept(shop.Account(), row.at(0), order);
  }
  return orders;
}

bool IsLate(const StoredOrder& order) {
  return order.received_at != 0 && order.received_text > order.estimated;
}
bool IsLateByDay(const StoredOrder& order) {
  constexpr std::size_t kDay = 10;
  return order.received_at != 0 &&
         order.received_text.substr(0, kDay) > order.estimated.substr(0, kDay);
}

using Months = std::map<std::string, std::map<std::string, std::int64_t>>;

void PutOrders(const StoredOrders& orders, Struct& figures, Months& months) {
  std::map<std::string, std::int64_t> statuses;
  std::map<std::string, std::int64_t> customers;
  std::vector<std::int64_t> deliveries;
  std::vector<std::int64_t> approvals;
  std::int64_t items = 0;
  std::int64_t prices = 0;
  std::int64_t freight = 0;
  std::int64_t paid = 0;
  std::int64_t paid_of_canceled = 0;
  std::int64_t late = 0;
  std::int64_t late_by_day = 0;
  std::int64_t uneven = 0;
  for (const auto& [id, order] : orders) {
    ++statuses[order.status];
    ++customers[order.customer];
    ++months[order.month]["orders"];
    ++months[order.month][order.status];
    if (order.received_at != 0) deliveries.push_back(order.received_at - order.ordered_at);
    if (order.has_approval) approvals.push_back(order.paid_at - order.ordered_at);
    items += order.items;
    prices += order.prices;
    freight += order.freight;
    paid += order.paid;
    if (order.status == "canceled") paid_of_canceled += order.paid;
    late += IsLate(order) ? 1 : 0;
    late_by_day += IsLateByDay(order) ? 1 : 0;
    // What an order without items should have cost is not known.
    uneven += order.items > 0 && std::abs(order.paid - order.prices - order.freight) > 1 ? 1 : 0;
  }
  const auto count = static_cast<std::int64_t>(orders.size());
  const auto delivered = static_cast<std::int64_t>(deliveries.size());
  PutCount(figures, "orders", count);
  PutCounts(figures, "by_status", statuses);
  PutRate(figures, "canceled_rate", statuses["canceled"], count);
  PutRate(figures, "canceled_or_unavailable_rate", statuses["canceled"] + statuses["unavailable"],
          count);
  PutRate(figures, "delivered_rate", statuses["delivered"], count);
  PutCount(figures, "unique_customers", static_cast<std::int64_t>(customers.size()));
  PutCount(figures, "customers_with_2plus_orders",
           std::count_if(customers.begin(), customers.end(),
                         [](const auto& customer) { return customer.second > 1; }));
  PutCount(figures, "items", items);
  PutText(figures, "item_price_sum", Ratio(prices, 100, 2));
  PutText(figures, "freight_sum", Ratio(freight, 100, 2));
  PutText(figures, "payment_sum", Ratio(paid, 100, 2));
  PutCount(figures, "orders_paid_ne_items_plus_freight_by_more_than_0.01", uneven);
  PutText(figures, "canceled_orders_paid_amount", Ratio(paid_of_canceled, 100, 2));
  PutObject(figures, "delivery_time(purchase->delivered_to_customer)",
            DistributionOf(std::move(deliveries), kDays));
  PutObject(figures, "approval_time(purchase->approved)",
            DistributionOf(std::move(approvals), kHours));
  PutRate(figures, "late_rate_by_timestamp(delivered>estimated 00:00)", late, delivered);
  PutRate(figures, "late_rate_by_calendar_day", late_by_day, delivered);
  PutCount(figures, "late_orders_by_timestamp", late);
  PutCount(figures, "late_orders_by_calendar_day", late_by_day);
}

// Reviews of orders that came late, or in time.
struct Scores {
  std::int64_t count = 0;
  std::int64_t sum = 0;
  std::int64_t bad = 0;
  std::int64_t worst = 0;

  void Add(int stars) {
    ++count;
    sum += stars;
    bad += stars <= kBad ? 1 : 0;
    worst += stars <= kWorst ? 1 : 0;
  }
};

struct StoredReview {
  int stars = 0;
  std::string order;
  std::string month;
  std::int64_t took_us = 0;
  bool has_message = false;
  std::string id;
};

std::vector<StoredReview> ReadReviews(const ImportShop& shop) {
  std::vector<StoredReview> reviews;
  for (const auto& row : shop.Rows(
           "SELECT JSON_VALUE(f.event_json, '$.stars'), c.order_id, " +
           Written("c.opened_at", "%Y-%m") +
           ", c.updated_at - c.opened_at, a.text_digest <> '', i.source_number"
           " FROM redress_aftersales.imported_cases i"
           " JOIN redress_aftersales.cases c ON c.shop_id = i.shop_id AND c.case_id = i.case_id"
           " JOIN redress_aftersales.steps f ON f.shop_id = c.shop_id AND f.case_id = c.case_id"
           " AND f.sequence = 1"
           " JOIN redress_aftersales.steps a ON a.shop_id = c.shop_id AND a.case_id = c.case_id"
           " AND a.sequence = 2 WHERE i.shop_id = {shop}")) {
    reviews.push_back({std::stoi(row.at(0)), row.at(1), row.at(2), std::stoll(row.at(3)),
                       row.at(4) == "1", row.at(5).substr(0, row.at(5).find('#'))});
  }
  return reviews;
}

void PutReviews(const ImportShop& shop, const StoredOrders& orders, Struct& figures,
                Months& months) {
  std::map<std::string, std::int64_t> scores;
  std::vector<std::int64_t> answers;
  std::set<std::string> ids;
  std::set<std::string> reviewed;
  Scores all;
  Scores late;
  Scores on_time;
  std::int64_t messages = 0;
  std::int64_t bad_messages = 0;
  const std::vector<StoredReview> reviews = ReadReviews(shop);
  for (const StoredReview& review : reviews) {
    all.Add(review.stars);
    ++scores[std::to_string(review.stars)];
    answers.push_back(review.took_us);
    ids.insert(review.id);
    messages += review.has_message ? 1 : 0;
    bad_messages += review.has_message && review.stars <= kBad ? 1 : 0;
    auto& month = months[review.month];
    ++month["reviews_created"];
    month["bad_reviews_created"] += review.stars <= kBad ? 1 : 0;
    const auto order = orders.find(review.order);
    if (order == orders.end()) continue;
    reviewed.insert(review.order);
    if (order->second.received_at == 0) continue;
    (IsLate(order->second) ? late : on_time).Add(review.stars);
  }
  PutCount(figures, "reviews", all.count);
  PutCount(figures, "distinct_review_ids", static_cast<std::int64_t>(ids.size()));
  PutCount(figures, "orders_with_review", static_cast<std::int64_t>(reviewed.size()));
  PutCount(figures, "orders_without_review",
           static_cast<std::int64_t>(orders.size() - reviewed.size()));
  PutCounts(figures, "review_score_counts", scores);
  PutRate(figures, "review_score_mean", all.sum, all.count);
  PutRate(figures, "bad_review_rate_1to3", all.bad, all.count);
  PutRate(figures, "bad_review_rate_1to2", all.worst, all.count);
  PutRate(figures, "one_star_rate", scores["1"], all.count);
  PutRate(figures, "satisfaction_rate_4to5", all.count - all.bad, all.count);
  PutCount(figures, "reviews_with_message", messages);
  PutCount(figures, "bad_reviews_with_message", bad_messages);
  PutObject(figures, "review_answer_time(creation->answer)",
            DistributionOf(std::move(answers), kHours));
  PutRate(figures, "score_mean_on_time", on_time.sum, on_time.count);
  PutRate(figures, "score_mean_late", late.sum, late.count);
  PutRate(figures, "bad_rate_1to3_on_time", on_time.bad, on_time.count);
  PutRate(figures, "bad_rate_1to3_late", late.bad, late.count);
  PutCount(figures, "dispute_candidates(late and score<=2)", late.worst);
}

}  // namespace

Struct OlistFigures(ImportShop& shop, bool with_reviews) {
  const StoredOrders orders = ReadOrders(shop);
  Struct figures;
  Months months;
  PutText(figures, "dataset", "olist");
  PutOrders(orders, figures, months);
  if (with_reviews) PutReviews(shop, orders, figures, months);
  Struct by_month;
  for (const auto& [month, counts] : months) PutCounts(by_month, month, counts);
  PutObject(figures, "by_month", std::move(by_month));
  return figures;
}

}  // namespace redress::test
