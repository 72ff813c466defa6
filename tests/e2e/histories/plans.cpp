#include "tests/e2e/histories/plans.h"

#include <algorithm>
#include <map>
#include <numeric>
#include <set>
#include <tuple>

namespace redress::e2e {
namespace {

bool IsAdjustment(const TableRow& row) {
  const std::string& invoice = row.at("InvoiceNo");
  return invoice.starts_with('C') || invoice.starts_with('A');
}

// An article's number, not a charge or a discount.
bool IsGoods(const TableRow& row) {
  const std::string& code = row.at("StockCode");
  return code.size() >= 5 &&
         std::all_of(code.begin(), code.begin() + 5, [](char c) { return c >= '0' && c <= '9'; });
}

struct Purchase {
  const TableRow* row = nullptr;
  int line_number = 0;
  int quantity = 0;
  int left = 0;
};

// Purchases by customer and article, in the order of the file, which is that of time.
using Purchases = std::map<std::pair<std::string, std::string>, std::vector<Purchase>>;

Purchases PurchasesOf(const Table& table) {
  Purchases purchases;
  std::map<std::string, int> lines;
  for (const TableRow& row : table.rows) {
    const int line = ++lines[row.at("InvoiceNo")];
    const int quantity = std::stoi(row.at("Quantity"));
    purchases[{row.at("CustomerID"), row.at("StockCode")}].push_back(
        {&row, line, quantity, quantity});
  }
  return purchases;
}

// The latest that fits with units left, else the latest that fits; nullptr for none.
Purchase* FindPurchase(const TableRow& cancelled, int quantity, Purchases& purchases) {
  if (cancelled.at("CustomerID").empty()) return nullptr;
  const auto found = purchases.find({cancelled.at("CustomerID"), cancelled.at("StockCode")});
  if (found == purchases.end()) return nullptr;
  Purchase* latest = nullptr;
  for (auto one = found->second.rbegin(); one != found->second.rend(); ++one) {
    const TableRow& row = *one->row;
    if (one->quantity < quantity || row.at("InvoiceDate") > cancelled.at("InvoiceDate") ||
        !IsSameDecimal(row.at("UnitPrice"), cancelled.at("UnitPrice"))) {
      continue;
    }
    if (latest == nullptr) latest = &*one;
    if (one->left >= quantity) return &*one;
  }
  return latest;
}

int WayOf(const std::string& order_number, int ways) {
  return std::accumulate(order_number.begin(), order_number.end(), 0) % ways;
}

using Payments = std::map<std::string, std::int64_t>;

Payments PaymentsOf(const std::filesystem::path& olist) {
  Payments paid;
  for (const TableRow& row : ReadTable(olist / "order_payments.csv").rows) {
    paid[row.at("order_id")] += MinorOf(row.at("payment_value"));
  }
  return paid;
}

std::string DecimalOf(std::int64_t minor) {
  const std::string cents = std::to_string(minor % 100);
  return std::to_string(minor / 100) + (cents.size() == 1 ? ".0" : ".") + cents;
}

}  // namespace

UciPlan PlanUci(const std::filesystem::path& data) {
  const Table all = ReadTable(data / "uci_online_retail/transactions.csv");
  UciPlan plan;
  plan.purchases.header = plan.claims.header = all.header;
  std::copy_if(all.rows.begin(), all.rows.end(), std::back_inserter(plan.purchases.rows),
               [](const TableRow& row) { return !IsAdjustment(row); });
  Purchases purchases = PurchasesOf(plan.purchases);
  std::map<std::string, int> claimed_lines;
  for (const TableRow& row : all.rows) {
    if (!row.at("InvoiceNo").starts_with('C')) continue;
    PlannedRefund& refund = plan.refunds.emplace_back();
    refund.quantity = -std::stoi(row.at("Quantity"));
    refund.amount = MinorOf(row.at("UnitPrice"), refund.quantity);
    refund.currency = "GBP";
    refund.returns_goods = IsGoods(row);
    Purchase* purchase = FindPurchase(row, refund.quantity, purchases);
    if (purchase == nullptr) {
      plan.claims.rows.push_back(row);
      refund.subject = {"claimed", row.at("InvoiceNo"),
                        std::to_string(++claimed_lines[row.at("InvoiceNo")])};
      refund.rejected_for = kNoPurchase;
      plan.unmatched_with_customer += row.at("CustomerID").empty() ? 0 : 1;
      continue;
    }
    ++plan.matched;
    refund.subject = {"direct", purchase->row->at("InvoiceNo"),
                      std::to_string(purchase->line_number)};
    if (purchase->left < refund.quantity) {
      refund.rejected_for = kRefundedBefore;
    } else {
      purchase->left -= refund.quantity;
    }
  }
  return plan;
}

std::vector<PlannedRefund> PlanTmall(const std::filesystem::path& data) {
  std::vector<PlannedRefund> refunds;
  for (const TableRow& row : ReadTable(data / "tmall_orders_2020_02/orders.csv").rows) {
    const std::int64_t amount = MinorOf(row.at("退款金额"));
    if (row.at("订单付款时间").empty() || amount == 0) continue;
    PlannedRefund& refund = refunds.emplace_back();
    refund.subject = {"tmall", row.at("订单编号"), ""};
    refund.amount = amount;
    refund.currency = "CNY";
  }
  return refunds;
}

OlistPlan PlanOlist(const std::filesystem::path& data) {
  const std::filesystem::path olist = data / "olist";
  OlistPlan plan;
  plan.orders = ReadTable(olist / "orders.csv");
  Payments paid = PaymentsOf(olist);
  std::map<std::string, std::string> buyers;
  for (const TableRow& row : ReadTable(olist / "customers.csv").rows) {
    buyers[row.at("customer_id")] = row.at("customer_unique_id");
  }
  std::set<std::string> late;
  for (TableRow& row : plan.orders.rows) {
    const std::string& number = row.at("order_id");
    const std::string& delivered = row.at("order_delivered_customer_date");
    if (!delivered.empty() && delivered > row.at("order_estimated_delivery_date")) {
      late.insert(number);
    }
    row["paid"] = DecimalOf(paid[number]);
    row["customer_unique_id"] = buyers.at(row.at("customer_id"));
  }
  plan.orders.header.insert(plan.orders.header.end(), {"paid", "customer_unique_id"});
  for (const TableRow& row : ReadTable(olist / "order_reviews.csv").rows) {
    const int stars = std::stoi(row.at("review_score"));
    const std::string& number = row.at("order_id");
    const PlannedSubject subject{"olist", number, ""};
    const std::int64_t written_s = SecondsOf(row.at("review_creation_date"));
    if (stars <= 2 && late.contains(number)) {
      plan.disputes.push_back({subject, written_s, static_cast<DisputeWay>(WayOf(number, 4))});
    }
    if (stars > 3) continue;
    auto way = static_cast<ReviewWay>(WayOf(number, 8));
    // Somebody who gives two or three stars is hardly malicious.
    if (stars > 1 && way <= ReviewWay::kTurnedDown) way = ReviewWay::kRefused;
    plan.reviews.push_back({subject, stars, row.at("review_comment_message"), written_s, way});
  }
  return plan;
}

}  // namespace redress::e2e
