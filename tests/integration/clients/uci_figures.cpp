#include "tests/integration/clients/uci_figures.h"

#include <cmath>
#include <map>

#include "tests/integration/clients/distribution.h"

namespace redress::test {
namespace {

using google::protobuf::Struct;
using google::protobuf::Value;

constexpr int kPlaces = 6;

// A decimal text is exact in SQL as long as the type has room for its places.
constexpr const char* kAmount = "quantity * CAST(unit_price AS DECIMAL(24,8))";

void PutNumber(Struct& object, const std::string& key, const std::string& number) {
  (*object.mutable_fields())[key].set_number_value(std::stod(number));
}

void PutText(Struct& object, const std::string& key, const std::string& text) {
  (*object.mutable_fields())[key].set_string_value(text);
}

// Without zeros behind the last decimal.
std::string Normalised(std::string decimal) {
  if (decimal.find('.') == std::string::npos) return decimal;
  decimal.erase(decimal.find_last_not_of('0') + 1);
  if (decimal.ends_with('.')) decimal.pop_back();
  return decimal == "-0" ? "0" : decimal;
}

bool IsDecimal(const std::string& text) {
  return !text.empty() && text.find_first_not_of("-0123456789.") == std::string::npos;
}

Struct RefundLag(const ImportShop& shop) {
  std::vector<std::int64_t> lags;
  for (const auto& row :
       shop.Rows("SELECT a.adjust_at - o.order_at FROM redress_order.adjustments a "
                 "JOIN redress_order.orders o ON o.shop_id = a.shop_id AND o.order_id = a.order_id "
                 "WHERE a.shop_id = {shop} AND a.correction = 0 AND a.line_id <> 0")) {
    lags.push_back(std::stoll(row[0]));
  }
  return DistributionOf(std::move(lags), {"days", 86'400'000'000});
}

// Orders by the month of their day in UTC, returns by that of theirs.
Struct ByMonth(const ImportShop& shop) {
  const auto at = [&](const char* column) {
    return std::string("DATE_FORMAT(DATE_ADD('1970-01-01 00:00:00', INTERVAL ") + column +
           " MICROSECOND), '%Y-%m')";
  };
  Struct months;
  const auto put = [&](const std::string& name, const std::string& count_key,
                       const std::string& sum_key, const std::string& count,
                       const std::string& sum) {
    Struct& entry = *(*months.mutable_fields())[name].mutable_struct_value();
    PutNumber(entry, count_key, count);
    PutText(entry, sum_key, sum);
  };
  for (const auto& row :
       shop.Rows("SELECT " + at("o.order_at") + ", COUNT(DISTINCT o.order_id), SUM(l." + kAmount +
                 ") FROM redress_order.orders o JOIN redress_order.order_lines l "
                 "ON l.shop_id = o.shop_id AND l.order_id = o.order_id "
                 "WHERE o.shop_id = {shop} AND l.removed = 0 GROUP BY 1")) {
    put(row[0], "sale_invoices", "gross", row[1], row[2]);
  }
  for (const auto& row :
       shop.Rows("SELECT " + at("adjust_at") + ", COUNT(DISTINCT document_number), SUM(" + kAmount +
                 ") FROM redress_order.adjustments "
                 "WHERE shop_id = {shop} AND correction = 0 GROUP BY 1")) {
    put(row[0], "cancel_invoices", "refund", row[1], row[2]);
  }
  return months;
}

// What each known buyer bought, less what came back.
void PutTopCustomers(const ImportShop& shop, Struct& figures) {
  auto& top = *(*figures.mutable_fields())["top5_customers_by_net_spend"].mutable_list_value();
  for (const auto& row : shop.Rows(
           std::string("SELECT c.nick, SUM(s.amount) net FROM (") + "SELECT o.customer_id, l." +
           kAmount +
           " amount FROM redress_order.orders o "
           "JOIN redress_order.order_lines l ON l.shop_id = o.shop_id AND l.order_id = o.order_id "
           "WHERE o.shop_id = {shop} AND l.removed = 0 UNION ALL "
           "SELECT customer_id, -" +
           kAmount +
           " FROM redress_order.adjustments "
           "WHERE shop_id = {shop} AND correction = 0) s "
           "JOIN redress_customer.customers c ON c.shop_id = {shop} "
           "AND c.customer_id = s.customer_id GROUP BY c.customer_id, c.nick "
           "ORDER BY net DESC LIMIT 5")) {
    auto& entry = *top.add_values()->mutable_list_value();
    entry.add_values()->set_string_value(row[0]);
    entry.add_values()->set_string_value(Normalised(row[1]));
  }
}

// "1450506.331" as a whole number of 1e-8.
__int128 Scaled(const std::string& decimal) {
  const std::size_t dot = decimal.find('.');
  std::string digits = decimal.substr(0, dot);
  std::string fraction = dot == std::string::npos ? "" : decimal.substr(dot + 1);
  fraction.resize(8, '0');
  __int128 value = 0;
  for (const char c : digits + fraction) {
    if (c != '-') value = value * 10 + (c - '0');
  }
  return decimal.starts_with('-') ? -value : value;
}

}  // namespace

std::string Ratio(__int128 numerator, __int128 denominator, int places) {
  const bool negative = (numerator < 0) != (denominator < 0);
  if (numerator < 0) numerator = -numerator;
  if (denominator < 0) denominator = -denominator;
  for (int i = 0; i < places; ++i) numerator *= 10;
  __int128 quotient = numerator / denominator;
  const __int128 twice_rest = numerator % denominator * 2;
  if (twice_rest > denominator || (twice_rest == denominator && quotient % 2 == 1)) ++quotient;
  std::string digits = std::to_string(static_cast<long long>(quotient));
  if (digits.size() <= static_cast<std::size_t>(places)) {
    digits.insert(0, static_cast<std::size_t>(places) + 1 - digits.size(), '0');
  }
  digits.insert(digits.size() - static_cast<std::size_t>(places), ".");
  return (negative ? "-" : "") + digits;
}

Struct UciFigures(const ImportShop& shop) {
  const std::string lines =
      "FROM redress_order.order_lines l JOIN redress_order.orders o ON o.shop_id = l.shop_id "
      "AND o.order_id = l.order_id WHERE l.shop_id = {shop} AND l.removed = 0";
  const std::string adjustments = "FROM redress_order.adjustments WHERE shop_id = {shop}";
  const auto number = [&](const std::string& sql) { return std::stoll(shop.Value(sql)); };
  const long long order_lines = number("SELECT COUNT(*) " + lines);
  const long long adjustment_lines = number("SELECT COUNT(*) " + adjustments);
  const long long sales =
      number("SELECT COUNT(*) FROM redress_order.orders WHERE shop_id = {shop}");
  const long long cancels =
      number("SELECT COUNT(DISTINCT document_number) " + adjustments + " AND correction = 0");
  const long long corrections =
      number("SELECT COUNT(DISTINCT document_number) " + adjustments + " AND correction = 1");
  const long long customers = number(
      "SELECT COUNT(DISTINCT customer_id) FROM ("
      "SELECT customer_id FROM redress_order.orders WHERE shop_id = {shop} UNION ALL "
      "SELECT customer_id " +
      adjustments + ") s WHERE customer_id <> 0");
  const long long cancelling = number("SELECT COUNT(DISTINCT customer_id) " + adjustments +
                                      " AND correction = 0 AND customer_id <> 0");
  const std::string gross = shop.Value(std::string("SELECT SUM(l.") + kAmount + ") " + lines);
  const std::string refund =
      shop.Value(std::string("SELECT SUM(") + kAmount + ") " + adjustments + " AND correction = 0");

  Struct figures;
  const auto put = [&](const std::string& key, long long value) {
    PutNumber(figures, key, std::to_string(value));
  };
  PutText(figures, "dataset", "uci_online_retail");
  put("lines", order_lines + adjustment_lines);
  put("invoices", sales + cancels + corrections);
  put("sale_invoices", sales);
  put("cancel_invoices", cancels);
  put("adjust_invoices", corrections);
  put("cancel_lines", number("SELECT COUNT(*) " + adjustments + " AND correction = 0"));
  PutNumber(figures, "cancel_rate_by_invoice(C/all)",
            Ratio(cancels, sales + cancels + corrections, kPlaces));
  PutNumber(figures, "cancel_rate_by_sale_invoice(C/sales)", Ratio(cancels, sales, kPlaces));
  put("customers", customers);
  put("lines_without_customer",
      number("SELECT COUNT(*) " + lines + " AND o.customer_id = 0") +
          number("SELECT COUNT(*) " + adjustments + " AND customer_id = 0"));
  put("customers_with_cancel", cancelling);
  PutNumber(figures, "customer_cancel_share", Ratio(cancelling, customers, kPlaces));
  PutText(figures, "gross_amount(non-C,non-A lines)", Normalised(gross));
  PutText(figures, "refund_amount(C lines)", Normalised(refund));
  PutNumber(figures, "refund_rate_by_amount", Ratio(Scaled(refund), Scaled(gross), kPlaces));
  PutText(figures, "adjust_amount",
          Normalised(shop.Value(std::string("SELECT SUM(") + kAmount + ") " + adjustments +
                                " AND correction = 1")));
  *(*figures.mutable_fields())["refund_lag(purchase->cancel, matched lines)"]
       .mutable_struct_value() = RefundLag(shop);
  put("cancel_lines_with_customer_unmatched",
      number("SELECT COUNT(*) " + adjustments +
             " AND correction = 0 AND customer_id <> 0 AND line_id = 0"));
  PutTopCustomers(shop, figures);
  *(*figures.mutable_fields())["by_month"].mutable_struct_value() = ByMonth(shop);
  return figures;
}

Comparison Compare(const Value& expected, const Value& actual, const std::string& path) {
  Comparison result;
  const auto merge = [&](Comparison part) {
    result.keys_compared += part.keys_compared;
    result.mismatches.insert(result.mismatches.end(), part.mismatches.begin(),
                             part.mismatches.end());
  };
  if (expected.kind_case() != actual.kind_case()) {
    return {1, {path + ": another kind of value, or none"}};
  }
  if (expected.has_struct_value()) {
    const auto& have = actual.struct_value().fields();
    for (const auto& [key, value] : expected.struct_value().fields()) {
      const auto found = have.find(key);
      merge(Compare(value, found == have.end() ? Value() : found->second, path + "/" + key));
    }
    for (const auto& [key, value] : have) {
      if (!expected.struct_value().fields().contains(key)) {
        result.mismatches.push_back(path + "/" + key + ": not expected");
      }
    }
    return result;
  }
  if (expected.has_list_value()) {
    const auto& wanted = expected.list_value();
    const auto& have = actual.list_value();
    if (wanted.values_size() != have.values_size()) return {1, {path + ": another length"}};
    for (int i = 0; i < wanted.values_size(); ++i) {
      merge(Compare(wanted.values(i), have.values(i), path + "/" + std::to_string(i)));
    }
    return result;
  }
  result.keys_compared = 1;
  const std::string& want = expected.string_value();
  const std::string& got = actual.string_value();
  const bool equal = expected.has_bool_value() ? expected.bool_value() == actual.bool_value()
                     : expected.has_number_value()
                         ? expected.number_value() == actual.number_value()
                     : IsDecimal(want) && IsDecimal(got) ? Normalised(want) == Normalised(got)
                                                         : want == got;
  if (!equal) {
    const std::string shown_want =
        expected.has_number_value() ? std::to_string(expected.number_value()) : want;
    const std::string shown_got =
        actual.has_number_value() ? std::to_string(actual.number_value()) : got;
    result.mismatches.push_back(path + ": expected " + shown_want + ", found " + shown_got);
  }
  return result;
}

}  // namespace redress::test
