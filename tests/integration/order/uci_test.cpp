// A real shop's year: every line of uci_online_retail through the API, twice.

#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <fstream>
#include <map>
#include <string>
#include <vector>

#include "services/platform/database/connection.h"
#include "tests/integration/order/served_house.h"
#include "tests/support/data_directory.h"
#include "tests/support/figure.h"
#include "tests/support/private_maria_db.h"

namespace redress::order {
namespace {

// The fields of one record; quoted fields may hold commas.
std::vector<std::string> Fields(const std::string& row) {
  std::vector<std::string> fields(1);
  bool quoted = false;
  for (const char c : row) {
    if (c == '"') {
      quoted = !quoted;
    } else if (c == ',' && !quoted) {
      fields.emplace_back();
    } else if (c != '\r') {
      fields.back().push_back(c);
    }
  }
  return fields;
}

// "2010-12-01 09:53:00" as UTC.
std::int64_t ParseTime(const std::string& text) {
  const std::chrono::year_month_day day{std::chrono::year{std::stoi(text.substr(0, 4))},
                                        std::chrono::month(std::stoul(text.substr(5, 2))),
                                        std::chrono::day(std::stoul(text.substr(8, 2)))};
  const auto days = std::chrono::sys_days(day).time_since_epoch().count();
  return (days * 86'400 + std::stoi(text.substr(11, 2)) * 3600 +
          std::stoi(text.substr(14, 2)) * 60 + std::stoi(text.substr(17, 2))) *
         kSecond;
}

void SetLine(const std::vector<std::string>& row, v1::OrderInput& order) {
  if (order.lines_size() == 0) {
    order.set_platform("direct");
    order.set_order_number(row[0]);
    order.set_buyer_nick(row[6]);
    order.set_status(v1::ORDER_STATUS_TRADE_FINISHED);
    order.set_currency_code("GBP");
    *order.mutable_order_time() = At(ParseTime(row[4]));
    *order.mutable_pay_time() = order.order_time();
    *order.mutable_source_time() = order.order_time();
    order.set_region(row[7]);
  }
  v1::OrderLineInput& line = *order.add_lines();
  line.set_line_number(std::to_string(order.lines_size()));
  line.set_sku(row[1]);
  line.set_title(row[2]);
  line.set_quantity(std::stoi(row[3]));
  line.set_unit_price(row[5]);
}

void SetAdjustment(const std::vector<std::string>& row, int number, v1::AdjustmentInput& out) {
  const bool correction = row[0].front() == 'A';
  out.set_platform("direct");
  out.set_adjustment_number(row[0] + "-" + std::to_string(number));
  out.set_correction(correction);
  out.set_buyer_nick(row[6]);
  out.set_sku(row[1]);
  out.set_title(row[2]);
  out.set_quantity(correction ? std::stoi(row[3]) : -std::stoi(row[3]));
  out.set_unit_price(row[5]);
  out.set_currency_code("GBP");
  *out.mutable_adjust_time() = At(ParseTime(row[4]));
  out.set_document_number(row[0]);
}

// Calls of some thousand lines, in the file's order; an invoice is never cut.
struct Retail {
  std::vector<v1::ImportOrdersRequest> calls;
  int lines = 0;
  int orders = 0;
};

Retail ReadRetail(const std::filesystem::path& file) {
  constexpr int kLinesACall = 4000;
  std::vector<std::string> invoices;
  std::map<std::string, std::vector<std::vector<std::string>>> rows;
  std::ifstream in(file);
  std::string text;
  std::getline(in, text);
  Retail retail;
  while (std::getline(in, text)) {
    std::vector<std::string> row = Fields(text);
    auto& of_invoice = rows[row[0]];
    if (of_invoice.empty()) invoices.push_back(row[0]);
    of_invoice.push_back(std::move(row));
    ++retail.lines;
  }
  int in_call = kLinesACall;
  for (const std::string& invoice : invoices) {
    if (in_call >= kLinesACall) {
      retail.calls.emplace_back();
      in_call = 0;
    }
    v1::ImportOrdersRequest& call = retail.calls.back();
    const bool sale = invoice.front() != 'C' && invoice.front() != 'A';
    v1::OrderInput* order = sale ? call.add_orders() : nullptr;
    retail.orders += sale ? 1 : 0;
    int number = 0;
    for (const auto& row : rows[invoice]) {
      ++in_call;
      if (sale) {
        SetLine(row, *order);
      } else {
        SetAdjustment(row, ++number, *call.add_adjustments());
      }
    }
  }
  return retail;
}

using Outcomes = std::map<v1::ImportOutcome, int>;

struct Answers {
  Outcomes orders;
  Outcomes adjustments;
  int matched = 0;
  double seconds = 0;
};

Answers Import(ServedHouse& house, const Retail& retail) {
  Answers answers;
  const auto start = std::chrono::steady_clock::now();
  for (const v1::ImportOrdersRequest& call : retail.calls) {
    v1::ImportOrdersResponse response;
    const grpc::Status status = Repeating([&] {
      const auto context = house.As(house.integration);
      return house.stub->ImportOrders(context.get(), call, &response);
    });
    EXPECT_TRUE(status.ok()) << status.error_message();
    for (const auto& each : response.orders()) ++answers.orders[each.outcome()];
    for (const auto& each : response.adjustments()) {
      ++answers.adjustments[each.outcome()];
      answers.matched += each.matched() ? 1 : 0;
    }
  }
  answers.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  return answers;
}

// Days between purchase and refund of the matched lines.
std::vector<double> Lags(ServedHouse& house) {
  auto connection = house.orders.plain.Acquire();
  platform::Result rows = connection->Query(
      "SELECT a.adjust_at - o.order_at FROM adjustments AS a JOIN orders AS o"
      " ON o.shop_id = a.shop_id AND o.order_id = a.order_id WHERE a.shop_id = ?",
      {kShop});
  std::vector<double> days;
  while (rows.Next()) days.push_back(static_cast<double>(rows.Int64(0)) / kDay);
  std::sort(days.begin(), days.end());
  return days;
}

TEST(UciOnlineRetail, ComesInWhole) {
  const auto data = test::DataDirectory();
  if (!data) GTEST_SKIP() << "not run: no real data here";
  ServedHouse house(test::InjectedFaults());
  const Retail retail = ReadRetail(*data / "uci_online_retail" / "transactions.csv");
  ASSERT_EQ(retail.lines, 71'645);
  const Answers first = Import(house, retail);
  test::Figure("order_import_lines_per_s", retail.lines / first.seconds, "lines/s");
  EXPECT_EQ(first.orders, (Outcomes{{v1::IMPORT_OUTCOME_CREATED, 2978}}));
  EXPECT_EQ(first.adjustments, (Outcomes{{v1::IMPORT_OUTCOME_CREATED, 1157}}));
  EXPECT_EQ(first.matched, 876);
  EXPECT_EQ(house.orders.Count("SELECT COUNT(1) FROM order_lines"), 71'645 - 1157);
  EXPECT_EQ(house.orders.Count("SELECT COUNT(1) FROM adjustments WHERE correction = 0 AND"
                               " customer_id <> 0 AND order_id = 0"),
            233);

  const std::vector<double> lags = Lags(house);
  ASSERT_EQ(lags.size(), 876u);
  double sum = 0;
  for (const double lag : lags) sum += lag;
  EXPECT_NEAR(sum / 876, 23.887769, 5e-7);
  EXPECT_EQ(lags.front(), 0.0);
  EXPECT_NEAR(lags.back(), 306.097222, 5e-7);
  EXPECT_NEAR((lags[437] + lags[438]) / 2, 10.795139, 5e-7);

  const std::int64_t events = house.orders.Count("SELECT COUNT(1) FROM events");
  const Answers again = Import(house, retail);
  test::Figure("order_import_again_lines_per_s", retail.lines / again.seconds, "lines/s");
  EXPECT_EQ(again.orders, (Outcomes{{v1::IMPORT_OUTCOME_UNCHANGED, 2978}}));
  EXPECT_EQ(again.adjustments, (Outcomes{{v1::IMPORT_OUTCOME_UNCHANGED, 1157}}));
  EXPECT_EQ(again.matched, 876);
  EXPECT_EQ(house.orders.Count("SELECT COUNT(1) FROM events"), events);
}

}  // namespace
}  // namespace redress::order
