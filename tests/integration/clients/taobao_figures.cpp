#include "tests/integration/clients/taobao_figures.h"

#include <algorithm>
#include <map>
#include <vector>

#include "tests/integration/clients/uci_figures.h"

namespace redress::test {
namespace {

using google::protobuf::Struct;

constexpr __int128 kUsPerSecond = 1'000'000;
constexpr int kPlaces = 6;

// DerivedPart as the store has it: a bit per part.
constexpr const char* kTimeIsDerived = "derived & (1 << 2)";
constexpr const char* kStatusIsDerived = "derived & (1 << 3)";

// The platform's texts, by the numbers of OrderStatus.
const std::map<std::string, std::string> kStatusTexts = {{"1", "等待买家付款"},
                                                         {"2", "买家已付款，等待卖家发货"},
                                                         {"3", "卖家已发货，等待买家确认"},
                                                         {"4", "交易成功"},
                                                         {"5", "交易关闭"},
                                                         {"6", "交易关闭"}};

void PutNumber(Struct& object, const std::string& key, const std::string& number) {
  (*object.mutable_fields())[key].set_number_value(std::stod(number));
}

// The quantile of type 7 (linear between order statistics), in seconds.
std::string Quantile(const std::vector<std::int64_t>& sorted, int percent) {
  const std::int64_t scaled = static_cast<std::int64_t>(sorted.size() - 1) * percent;
  const auto below = static_cast<std::size_t>(scaled / 100);
  const std::size_t above = std::min(below + 1, sorted.size() - 1);
  const __int128 value =
      __int128{sorted[below]} * 100 + __int128{sorted[above] - sorted[below]} * (scaled % 100);
  return Ratio(value, kUsPerSecond * 100, kPlaces);
}

std::string NearestRank(const std::vector<std::int64_t>& sorted, int percent) {
  const std::size_t rank = (sorted.size() * static_cast<std::size_t>(percent) + 99) / 100;
  return Ratio(sorted[std::max<std::size_t>(rank, 1) - 1], kUsPerSecond, kPlaces);
}

// From placing to paying, where the source gives both.
Struct PaymentLatency(const ImportShop& shop) {
  std::vector<std::int64_t> latencies;
  for (const auto& row : shop.Rows(
           std::string("SELECT paid_at - order_at FROM redress_order.orders WHERE shop_id = {shop} "
                       "AND paid_at <> 0 AND NOT ") +
           kTimeIsDerived)) {
    latencies.push_back(std::stoll(row[0]));
  }
  Struct latency;
  PutNumber(latency, "n", std::to_string(latencies.size()));
  (*latency.mutable_fields())["unit"].set_string_value("seconds");
  if (latencies.empty()) return latency;
  std::sort(latencies.begin(), latencies.end());
  __int128 sum = 0;
  for (const std::int64_t us : latencies) sum += us;
  const __int128 count = static_cast<__int128>(latencies.size());
  PutNumber(latency, "mean", Ratio(sum, kUsPerSecond * count, kPlaces));
  PutNumber(latency, "min", Ratio(latencies.front(), kUsPerSecond, kPlaces));
  PutNumber(latency, "max", Ratio(latencies.back(), kUsPerSecond, kPlaces));
  for (const auto& [name, percent] :
       std::map<std::string, int>{{"median", 50}, {"p90", 90}, {"p95", 95}}) {
    PutNumber(latency, name, Quantile(latencies, percent));
    PutNumber(latency, name + "_nearest_rank", NearestRank(latencies, percent));
  }
  return latency;
}

// Null where the file has no status.
google::protobuf::Value StatusCounts(const ImportShop& shop) {
  google::protobuf::Value counts;
  const auto rows =
      shop.Rows(std::string("SELECT status, COUNT(*) FROM redress_order.orders WHERE shop_id = "
                            "{shop} AND NOT ") +
                kStatusIsDerived + " GROUP BY status");
  if (rows.empty()) {
    counts.set_null_value(google::protobuf::NULL_VALUE);
    return counts;
  }
  for (const auto& row : rows) {
    auto& count = (*counts.mutable_struct_value()->mutable_fields())[kStatusTexts.at(row[0])];
    count.set_number_value(count.number_value() + std::stod(row[1]));
  }
  return counts;
}

}  // namespace

Struct TaobaoFigures(const ImportShop& shop, const Struct& report, bool same_in_utf8) {
  const std::string orders = "FROM redress_order.orders WHERE shop_id = {shop}";
  const std::string lines = "FROM redress_order.order_lines WHERE shop_id = {shop} AND removed = 0";
  Struct figures;
  auto& fields = *figures.mutable_fields();
  const auto put = [&](const std::string& key, const std::string& sql) {
    PutNumber(figures, key, shop.Value(sql));
  };
  put("rows", "SELECT COUNT(*) " + orders);
  fields["columns"] = report.fields().at("columns");
  fields["gbk_equals_utf8"].set_bool_value(same_in_utf8);
  put("distinct_buyers", "SELECT COUNT(DISTINCT customer_id) " + orders + " AND customer_id <> 0");
  put("repeat_buyers", "SELECT COUNT(*) FROM (SELECT 1 " + orders +
                           " AND customer_id <> 0 GROUP BY customer_id HAVING COUNT(*) > 1) AS b");
  fields["paid_amount_sum"].set_string_value(
      Ratio(std::stoll(shop.Value("SELECT SUM(paid_minor) " + lines)), 100, 2));
  put("unpaid(no pay time)", "SELECT COUNT(*) " + orders + " AND paid_at = 0");
  put("zero_amount_rows", "SELECT COUNT(*) " + lines + " AND paid_minor = 0");
  put("quantity_sum", "SELECT SUM(quantity) " + lines);
  fields["status_counts"] = StatusCounts(shop);
  *fields["payment_latency(create->pay)"].mutable_struct_value() = PaymentLatency(shop);
  put("paid_before_created", std::string("SELECT COUNT(*) ") + orders +
                                 " AND paid_at <> 0 AND paid_at < order_at AND NOT " +
                                 kTimeIsDerived);
  return figures;
}

}  // namespace redress::test
