#include "tests/integration/clients/taobao_figures.h"

#include <map>
#include <vector>

#include "tests/integration/clients/distribution.h"
#include "tests/integration/clients/uci_figures.h"

namespace redress::test {
namespace {

using google::protobuf::Struct;

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

// From placing to paying, where the source gives both.
Struct PaymentLatency(const ImportShop& shop) {
  std::vector<std::int64_t> latencies;
  for (const auto& row : shop.Rows(
           std::string("SELECT paid_at - order_at FROM redress_order.orders WHERE shop_id = {shop} "
                       "AND paid_at <> 0 AND NOT ") +
           kTimeIsDerived)) {
    latencies.push_back(std::stoll(row[0]));
  }
  return DistributionOf(std::move(latencies), {"seconds", 1'000'000});
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
