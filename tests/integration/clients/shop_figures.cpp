#include "tests/integration/clients/shop_figures.h"

#include "tests/integration/clients/distribution.h"
#include "tests/integration/clients/uci_figures.h"

namespace redress::test {
namespace {

using google::protobuf::Struct;

constexpr std::int64_t kSecondUs = 1'000'000;
const DurationUnit kSeconds{"seconds", kSecondUs};
const DurationUnit kHours{"hours", 3600 * kSecondUs};

// One row per order: totals over its lines that hold.
constexpr const char* kOrders =
    " FROM (SELECT o.order_id, o.order_at, o.paid_at, o.region, o.status, o.customer_id,"
    " SUM(l.paid_minor) AS total, SUM(l.refunded_elsewhere_minor) AS refund"
    " FROM redress_order.orders o JOIN redress_order.order_lines l ON l.shop_id = o.shop_id"
    " AND l.order_id = o.order_id AND l.removed = 0 WHERE o.shop_id = {shop}"
    " GROUP BY o.order_id) t ";

class Sums {
 public:
  explicit Sums(const ImportShop& shop) : shop_(shop) {}

  std::int64_t Count(const std::string& where) const {
    return std::stoll(shop_.Value("SELECT COUNT(*)" + (kOrders + where)));
  }
  std::int64_t Of(const std::string& what, const std::string& where) const {
    return std::stoll(shop_.Value("SELECT COALESCE(SUM(" + what + "), 0)" + (kOrders + where)));
  }
  std::vector<std::int64_t> Values(const std::string& what, const std::string& where) const {
    std::vector<std::int64_t> values;
    for (const auto& row : shop_.Rows("SELECT " + what + (kOrders + where))) {
      values.push_back(std::stoll(row.at(0)));
    }
    return values;
  }

 private:
  const ImportShop& shop_;
};

std::string Yuan(std::int64_t minor) { return Ratio(minor, 100, 2); }

// Orders, paid and refunded ones by what `group` says of an order.
Struct Grouped(const ImportShop& shop, const std::string& group) {
  Struct grouped;
  for (const auto& row : shop.Rows(
           "SELECT " + group + ", COUNT(*), SUM(paid_at <> 0), SUM(paid_at <> 0 AND refund > 0)" +
           (kOrders + std::string("GROUP BY 1")))) {
    PutCounts(grouped, row.at(0),
              {{"orders", std::stoll(row.at(1))},
               {"paid", std::stoll(row.at(2))},
               {"refund", std::stoll(row.at(3))}});
  }
  return grouped;
}

std::string Formatted(const std::string& column, int offset_hours, const std::string& format) {
  return "DATE_FORMAT(DATE_ADD('1970-01-01 00:00:00', INTERVAL " + column + " + " +
         std::to_string(offset_hours * kHours.us) + " MICROSECOND), '" + format + "')";
}

}  // namespace

Struct TmallFigures(const ImportShop& shop) {
  constexpr int kShanghai = 8;
  const Sums sums(shop);
  const std::int64_t orders = sums.Count("");
  const std::int64_t paid = sums.Count("WHERE paid_at <> 0");
  const std::int64_t arrived = sums.Count("WHERE paid_at <> 0 AND total - refund > 0");
  const std::int64_t refunded = sums.Count("WHERE paid_at <> 0 AND refund > 0");
  const std::int64_t full = sums.Count("WHERE paid_at <> 0 AND refund > 0 AND refund = total");
  const std::int64_t paid_total = sums.Of("total", "WHERE paid_at <> 0");
  const std::int64_t refund = sums.Of("refund", "WHERE paid_at <> 0");
  Struct figures;
  PutText(figures, "dataset", "tmall_orders_2020_02");
  PutCount(figures, "orders", orders);
  PutCount(figures, "paid_orders(pay time set)", paid);
  PutCount(figures, "unpaid_orders", orders - paid);
  PutCount(figures, "arrived_orders(received amount>0)", arrived);
  PutCount(figures, "arrived_in_full_orders(received=total,>0)",
           sums.Count("WHERE paid_at <> 0 AND refund = 0 AND total > 0"));
  PutRate(figures, "payment_conversion", paid, orders);
  PutRate(figures, "arrived_conversion", arrived, orders);
  PutCount(figures, "refund_orders(paid and refund>0)", refunded);
  PutRate(figures, "refund_rate_of_paid", refunded, paid);
  PutRate(figures, "refund_rate_of_all_orders", refunded, orders);
  PutCount(figures, "full_refund_orders(refund=total)", full);
  PutCount(figures, "partial_refund_orders", refunded - full);
  PutText(figures, "total_amount", Yuan(sums.Of("total", "")));
  PutText(figures, "paid_total_amount", Yuan(paid_total));
  PutText(figures, "received_amount", Yuan(paid_total - refund));
  PutText(figures, "refund_amount", Yuan(refund));
  PutRate(figures, "refund_rate_by_amount", refund, paid_total);
  PutObject(figures, "payment_latency(create->pay)",
            DistributionOf(sums.Values("paid_at - order_at", "WHERE paid_at <> 0"), kSeconds));
  PutCount(figures, "orders_paid_before_created",
           sums.Count("WHERE paid_at <> 0 AND paid_at < order_at"));
  PutObject(figures, "by_day", Grouped(shop, Formatted("order_at", kShanghai, "%Y-%m-%d")));
  PutObject(figures, "by_province", Grouped(shop, "region"));
  return figures;
}

}  // namespace redress::test
