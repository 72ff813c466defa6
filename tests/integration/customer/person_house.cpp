#include "tests/integration/customer/person_house.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <utility>

namespace redress::customer {
namespace {

constexpr std::int64_t kHourUs = 3'600'000'000;
constexpr std::int64_t kBeginning = 1'700'000'000'000'000;

int Between(std::mt19937& random, int least, int most) {
  return std::uniform_int_distribution<int>(least, most)(random);
}

CustomerId Somebody(std::mt19937& random, const std::vector<CustomerId>& customers) {
  return customers[static_cast<std::size_t>(
      Between(random, 0, static_cast<int>(customers.size()) - 1))];
}

void AddOrder(std::mt19937& random, const OrderFact& like, const std::vector<CustomerId>& customers,
              FactBatch& history) {
  OrderFact order = like;
  const int versions = Between(random, 1, 4);
  for (int version = 1; version <= versions; ++version) {
    order.version = static_cast<std::uint32_t>(version);
    if (version > 1 || Between(random, 0, 1) == 0) order.paid_at = order.ordered_at + kHourUs;
    if (Between(random, 0, 7) == 0) order.customer = Somebody(random, customers);
    if (Between(random, 0, 9) == 0) order.ordered_at -= kHourUs;
    order.refunded_minor = Between(random, 0, 5) == 0 ? order.paid_minor / 2 : 0;
    history.orders.push_back(order);
  }
}

void AddCase(std::mt19937& random, const OrderFact& order, std::uint64_t id,
             const std::vector<CustomerId>& customers, FactBatch& history) {
  constexpr const char* kKinds[] = {"refund", "dispute", "review"};
  CaseFact step;
  step.shop = order.shop;
  step.id = CaseId{id};
  step.customer = order.customer;
  step.order = order.id;
  step.number = id;
  step.kind = kKinds[Between(random, 0, 2)];
  step.currency = order.currency;
  step.opened_at = order.ordered_at + 2 * kHourUs;
  step.review_stars = step.kind == "review" ? static_cast<std::uint32_t>(Between(random, 1, 5)) : 0;
  const auto number = [](int step_number) { return static_cast<std::uint32_t>(step_number - 1); };
  const int steps = Between(random, 1, 9);
  for (int i = 1; i <= steps; ++i) {
    step.sequence = static_cast<std::uint32_t>(i);
    step.state = "State" + std::to_string(i);
    step.is_final = i == steps && steps > 3;
    step.last_step_at = step.opened_at + i * kHourUs;
    step.outcome = "";
    step.outcome_sequence = 0;
    step.settled_minor = step.settled_at = 0;
    if (i == 4 && step.kind == "refund") {
      step.outcome = "settled";
      step.outcome_sequence = step.sequence;
      step.settled_minor = order.paid_minor / 3;
      step.settled_at = step.last_step_at;
    }
    if (i > 2 && step.kind == "dispute") step.verdict = "ruled_for_buyer";
    if (i > 2 && step.kind == "review") step.review_judgement = "malicious";
    if (i > 5 && step.kind == "review") step.review_change = "removed";
    step.coupons.clear();
    if (i == 5 || i == 8) step.coupons = {{number(i), step.currency, 100 * i, step.last_step_at}};
    // Whose case it is may come out late; its coupons are theirs then.
    if (i == 7) step.customer = Somebody(random, customers);
    history.cases.push_back(step);
  }
}

template <class Fact>
void Shake(std::mt19937& random, std::vector<Fact>& events) {
  const std::size_t count = events.size();
  for (std::size_t i = 0; i < count; i += 5) events.push_back(events[i]);
  std::shuffle(events.begin(), events.end(), random);
}

template <class Fact>
void Deal(const std::vector<Fact>& events, std::vector<Fact> FactBatch::*into,
          std::size_t per_batch, std::vector<FactBatch>& batches) {
  for (std::size_t i = 0; i < events.size(); i += per_batch) {
    FactBatch& batch = batches.emplace_back();
    const auto end = std::min(i + per_batch, events.size());
    (batch.*into)
        .assign(events.begin() + static_cast<std::ptrdiff_t>(i),
                events.begin() + static_cast<std::ptrdiff_t>(end));
  }
}

}  // namespace

FactBatch RandomHistory(std::mt19937& random, const std::vector<CustomerId>& customers,
                        std::size_t orders, std::uint64_t first_id, ShopId shop) {
  FactBatch history;
  std::uint64_t id = first_id;
  for (std::size_t i = 0; i < orders; ++i) {
    OrderFact order;
    order.shop = shop;
    order.id = OrderId{id++};
    order.customer = Between(random, 0, 9) == 0 ? CustomerId{} : Somebody(random, customers);
    order.platform = "taobao";
    order.number = std::to_string(id);
    order.status = "TRADE_FINISHED";
    order.currency = Between(random, 0, 5) == 0 ? "EUR" : "CNY";
    order.ordered_at = kBeginning + Between(random, 0, 5000) * kHourUs;
    order.paid_minor = Between(random, 100, 99'999);
    order.line_count = 1;
    order.articles = {{"sku", "颜色:红", 1, order.paid_minor}};
    AddOrder(random, order, customers, history);
    const OrderFact& last = history.orders.back();
    if (Between(random, 0, 2) == 0) AddCase(random, last, id++, customers, history);
    if (Between(random, 0, 4) == 0) {
      history.adjustments.push_back({.shop = shop,
                                     .id = platform::AdjustmentId{id++},
                                     .sequence = 1,
                                     .customer = last.customer,
                                     .order = last.id,
                                     .line = {},
                                     .is_refund = Between(random, 0, 3) != 0,
                                     .currency = last.currency,
                                     .amount_minor = last.paid_minor / 4,
                                     .adjusted_at = last.ordered_at + 5 * kHourUs});
    }
    if (Between(random, 0, 3) != 0) continue;
    const int growths = Between(random, 1, 3);
    for (int growth = 1; growth <= growths; ++growth) {
      history.conversations.push_back({.shop = shop,
                                       .id = ConversationId{id},
                                       .sequence = static_cast<std::uint32_t>(growth),
                                       .customer = last.customer,
                                       .channel = "wangwang",
                                       .agent = {},
                                       .started_at = last.ordered_at + kHourUs,
                                       .last_message_at = last.ordered_at + (growth + 1) * kHourUs,
                                       .customer_messages = static_cast<std::uint32_t>(growth),
                                       .shop_messages = 1,
                                       .ended = growth == 3});
    }
    ++id;
  }
  return history;
}

std::vector<FactBatch> Shaken(std::mt19937& random, const FactBatch& history,
                              std::size_t per_batch) {
  FactBatch shaken = history;
  Shake(random, shaken.orders);
  Shake(random, shaken.cases);
  Shake(random, shaken.conversations);
  Shake(random, shaken.adjustments);
  std::vector<FactBatch> batches;
  Deal(shaken.orders, &FactBatch::orders, per_batch, batches);
  Deal(shaken.cases, &FactBatch::cases, per_batch, batches);
  Deal(shaken.conversations, &FactBatch::conversations, per_batch, batches);
  Deal(shaken.adjustments, &FactBatch::adjustments, per_batch, batches);
  std::shuffle(batches.begin(), batches.end(), random);
  return batches;
}

int FiguresUnlikePlainSql(PersonHouse& house, ShopId shop) {
  const std::string orders =
      " FROM customer_orders o WHERE o.shop_id = c.shop_id AND"
      " o.customer_id = c.customer_id";
  const std::string cases =
      " FROM customer_cases o WHERE o.shop_id = c.shop_id AND"
      " o.customer_id = c.customer_id";
  const std::string talks =
      " FROM customer_conversations o WHERE o.shop_id = c.shop_id AND"
      " o.customer_id = c.customer_id";
  const std::string adjusted =
      " FROM customer_adjustments o WHERE o.shop_id = c.shop_id AND"
      " o.customer_id = c.customer_id AND o.is_refund = 1";
  const std::string coupons =
      " FROM customer_coupons o WHERE o.shop_id = c.shop_id AND"
      " o.customer_id = c.customer_id";
  const std::string care =
      " FROM care_tasks o WHERE o.shop_id = c.shop_id AND o.customer_id = c.customer_id"
      " AND state = 3 AND coupon_code <> ''";
  const std::string review = cases + " AND kind = 'review' AND state <> 'Withdrawn'";
  const std::vector<std::pair<std::string, std::string>> figures = {
      {"orders", "(SELECT COUNT(*)" + orders + ")"},
      {"paid_orders", "(SELECT COUNT(*)" + orders + " AND paid_at <> 0)"},
      {"first_order_at", "COALESCE((SELECT MIN(ordered_at)" + orders + "), 0)"},
      {"last_order_at", "COALESCE((SELECT MAX(ordered_at)" + orders + "), 0)"},
      {"first_paid_at", "COALESCE((SELECT MIN(paid_at)" + orders + " AND paid_at <> 0), 0)"},
      {"last_paid_at", "COALESCE((SELECT MAX(paid_at)" + orders + "), 0)"},
      {"refunds", "((SELECT COUNT(*)" + orders +
                      " AND paid_at <> 0 AND refunded_minor > 0) +"
                      " (SELECT COUNT(*)" +
                      cases +
                      " AND settled_at <> 0) +"
                      " (SELECT COUNT(*)" +
                      adjusted + "))"},
      {"last_refund_at", "GREATEST(COALESCE((SELECT MAX(settled_at)" + cases +
                             "), 0),"
                             " COALESCE((SELECT MAX(adjusted_at)" +
                             adjusted + "), 0))"},
      {"cases", "(SELECT COUNT(*)" + cases + ")"},
      {"open_cases", "(SELECT COUNT(*)" + cases + " AND is_final = 0)"},
      {"disputes", "(SELECT COUNT(*)" + cases + " AND kind = 'dispute')"},
      {"lost_disputes",
       "(SELECT COUNT(*)" + cases + " AND kind = 'dispute' AND verdict = 'ruled_for_buyer')"},
      {"last_case_at", "COALESCE((SELECT MAX(opened_at)" + cases + "), 0)"},
      {"reviews", "(SELECT COUNT(*)" + review + ")"},
      {"bad_reviews", "(SELECT COUNT(*)" + review + " AND review_stars BETWEEN 1 AND 2)"},
      {"malicious_reviews", "(SELECT COUNT(*)" + review +
                                " AND review_judgement = 'malicious'"
                                " AND review_change = 'removed')"},
      {"revised_reviews", "(SELECT COUNT(*)" + review + " AND review_change <> '')"},
      {"conversations", "(SELECT COUNT(*)" + talks + ")"},
      {"coupons", "((SELECT COUNT(*)" + coupons + ") + (SELECT COUNT(*)" + care + "))"},
      {"last_coupon_at", "GREATEST(COALESCE((SELECT MAX(given_at)" + coupons +
                             "), 0), COALESCE((SELECT MAX(finished_at)" + care + "), 0))"},
      {"last_contact_at", "GREATEST(COALESCE((SELECT MAX(last_step_at)" + cases +
                              "), 0),"
                              " COALESCE((SELECT MAX(last_message_at)" +
                              talks + "), 0))"},
  };
  const std::string of_shop = std::to_string(shop.value);
  int unlike = 0;
  const auto expect_none = [&](const std::string& what, const std::string& sql) {
    const std::int64_t differing = house.Count(sql);
    EXPECT_EQ(differing, 0) << what;
    unlike += differing == 0 ? 0 : 1;
  };
  for (const auto& [figure, sql] : figures) {
    expect_none(figure,
                "SELECT COUNT(*) FROM customers c LEFT JOIN customer_figures f ON"
                " f.shop_id = c.shop_id AND f.customer_id = c.customer_id"
                " WHERE c.shop_id = " +
                    of_shop + " AND COALESCE(f." + figure + ", 0) <> " + sql);
  }
  const std::string refunds =
      "(SELECT customer_id, order_id FROM customer_orders WHERE shop_id = " + of_shop +
      " AND paid_at <> 0 AND refunded_minor > 0 UNION SELECT customer_id, order_id FROM"
      " customer_cases WHERE shop_id = " +
      of_shop +
      " AND settled_at <> 0 UNION SELECT customer_id, order_id FROM customer_adjustments"
      " WHERE shop_id = " +
      of_shop + " AND is_refund = 1)";
  expect_none("refunded_orders",
              "SELECT COUNT(*) FROM customer_figures f LEFT JOIN (SELECT customer_id, COUNT(*) n"
              " FROM " +
                  refunds +
                  " r WHERE order_id <> 0 GROUP BY customer_id) x ON"
                  " x.customer_id = f.customer_id WHERE f.shop_id = " +
                  of_shop + " AND f.refunded_orders <> COALESCE(x.n, 0)");
  const std::string sums =
      "(SELECT customer_id, currency, SUM(paid) paid, SUM(refunded) refunded, SUM(n) n,"
      " MAX(last) last FROM (SELECT customer_id, currency, paid_minor paid,"
      " refunded_minor refunded, 1 n, paid_at last FROM customer_orders WHERE shop_id = " +
      of_shop +
      " AND paid_at <> 0 UNION ALL SELECT customer_id, currency, 0, settled_minor, 0, 0"
      " FROM customer_cases WHERE shop_id = " +
      of_shop +
      " AND settled_at <> 0 UNION ALL SELECT customer_id, currency, 0, amount_minor, 0, 0 FROM"
      " customer_adjustments WHERE shop_id = " +
      of_shop + " AND is_refund = 1) a WHERE customer_id <> 0 GROUP BY customer_id, currency)";
  expect_none("money",
              "SELECT COUNT(*) FROM " + sums +
                  " s LEFT JOIN customer_money m ON m.shop_id = " + of_shop +
                  " AND m.customer_id = s.customer_id AND m.currency = s.currency"
                  " WHERE COALESCE(m.paid_minor, 0) <> s.paid OR COALESCE(m.refunded_minor, 0) <>"
                  " s.refunded OR COALESCE(m.paid_orders, 0) <> s.n"
                  " OR COALESCE(m.last_paid_at, 0) <> s.last");
  expect_none("money of nothing",
              "SELECT ABS(COALESCE((SELECT SUM(paid_minor) FROM customer_money WHERE shop_id = " +
                  of_shop + "), 0) - COALESCE((SELECT SUM(paid) FROM " + sums + " s), 0))");
  return unlike;
}

}  // namespace redress::customer
