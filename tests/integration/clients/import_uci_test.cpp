#include <gtest/gtest.h>

#include <iostream>

#include "clients/cpp/json.h"
#include "tests/integration/clients/comparisons.h"
#include "tests/integration/clients/deployment.h"
#include "tests/integration/clients/uci_figures.h"
#include "tests/support/data_directory.h"
#include "tests/support/figure.h"
#include "tests/support/process.h"

namespace redress::test {
namespace {

using google::protobuf::Struct;

constexpr const char* kMapping = "uci_online_retail";

// Every stored row of the shop, in one number each: a repeat must not change a byte.
std::string Fingerprint(const ImportShop& shop) {
  std::string all;
  for (const char* sql :
       {"SELECT COUNT(*), SUM(version), SUM(CRC32(CONCAT_WS('|', order_id, platform, "
        "order_number, customer_id, status, currency, region, order_at, paid_at, source_at, "
        "version))) FROM redress_order.orders WHERE shop_id = {shop}",
        "SELECT COUNT(*), SUM(CRC32(CONCAT_WS('|', order_id, line_number, line_id, sku, title, "
        "quantity, unit_price, paid_minor, refunded_elsewhere_minor, adjusted_minor, postage, "
        "removed))) FROM redress_order.order_lines WHERE shop_id = {shop}",
        "SELECT COUNT(*), SUM(CRC32(CONCAT_WS('|', adjustment_id, adjustment_number, "
        "customer_id, order_id, line_id, quantity, unit_price, amount_minor, adjust_at))) "
        "FROM redress_order.adjustments WHERE shop_id = {shop}",
        "SELECT COUNT(*) FROM redress_customer.customers WHERE shop_id = {shop}"}) {
    const auto rows = shop.Rows(sql);
    for (const std::string& cell : rows[0]) all += cell + " ";
  }
  return all;
}

// Rounded once per line, half to even, from the texts: what paid_minor has to be.
std::string RoundedByHand(const ImportShop& shop) {
  const std::string exact = "l.quantity * CAST(l.unit_price AS DECIMAL(24,8)) * 100";
  // ROUND goes away from zero at a half; one half step less where the floor is even.
  return shop.Value("SELECT CAST(SUM(CASE WHEN ABS(" + exact + " - TRUNCATE(" + exact +
                    ", 0)) = 0.5 AND TRUNCATE(" + exact + ", 0) % 2 = 0 THEN TRUNCATE(" + exact +
                    ", 0) ELSE ROUND(" + exact +
                    ", 0) END) AS CHAR) FROM redress_order.order_lines l "
                    "WHERE l.shop_id = {shop} AND l.removed = 0");
}

void ShowRoundedSums(const ImportShop& shop) {
  const std::string stored = shop.Value(
      "SELECT SUM(paid_minor) FROM redress_order.order_lines WHERE shop_id = {shop} AND removed = "
      "0");
  const std::string exact = shop.Value(
      "SELECT SUM(quantity * CAST(unit_price AS DECIMAL(24,8))) FROM redress_order.order_lines "
      "WHERE shop_id = {shop} AND removed = 0");
  std::cout << "gross, exact: " << exact << " GBP; rounded once per line: " << stored << " pence\n";
  std::cout << "refunds, rounded once per line: "
            << shop.Value(
                   "SELECT SUM(amount_minor) FROM redress_order.adjustments "
                   "WHERE shop_id = {shop} AND correction = 0")
            << " pence; corrections: "
            << shop.Value(
                   "SELECT SUM(amount_minor) FROM redress_order.adjustments "
                   "WHERE shop_id = {shop} AND correction = 1")
            << " pence\n";
  EXPECT_EQ(stored, RoundedByHand(shop));
}

void ExpectRepeatChangesNothing(ImportShop& shop, const std::string& file,
                                const std::string& rejects, const Struct& first) {
  const std::string before = Fingerprint(shop);
  const Struct again = shop.Import(file, kMapping, rejects);
  EXPECT_EQ(Count(again, "orders_created"), 0u);
  EXPECT_EQ(Count(again, "orders_changed"), 0u);
  EXPECT_EQ(Count(again, "orders_unchanged"), Count(first, "orders_created"));
  EXPECT_EQ(Count(again, "adjustments_created"), 0u);
  EXPECT_EQ(Count(again, "adjustments_changed"), 0u);
  EXPECT_EQ(Count(again, "adjustments_unchanged"), Count(first, "adjustments_created"));
  EXPECT_EQ(Fingerprint(shop), before);
}

TEST(ImportUci, StoresEveryLineAndEveryFigureOfTheFile) {
  const auto data = DataDirectory();
  if (!data) GTEST_SKIP() << "not run: uci_online_retail is not here; the shipped sample is";
  const TemporaryDirectory folder;
  const std::string file = *data / "uci_online_retail/transactions.csv";
  const std::string rejects = folder.path() / "rejects.csv";
  ImportShop shop("uci");

  const Struct report = shop.Import(file, kMapping, rejects);
  EXPECT_EQ(Count(report, "rows_rejected"), 0u);
  EXPECT_EQ(Count(report, "rows_accepted"), Count(report, "rows"));
  EXPECT_EQ(Count(report, "orders_created"), 2978u);
  EXPECT_EQ(Count(report, "adjustments_matched"), 876u);
  Figure("import_uci_rows_per_s", static_cast<double>(Count(report, "rows_per_second")), "rows/s");

  google::protobuf::Value expected;
  google::protobuf::Value actual;
  *expected.mutable_struct_value() = client::ParseJsonObject(
      client::ReadFile(*data / "expected/uci_online_retail.public.json"), "expected figures");
  *actual.mutable_struct_value() = UciFigures(shop);
  const Comparison comparison = Compare(expected, actual);
  CountIn(comparison);
  ShowRoundedSums(shop);

  ExpectRepeatChangesNothing(shop, file, rejects, report);
}

TEST(ImportSample, StoresEveryLineAndARepeatChangesNothing) {
  const TemporaryDirectory folder;
  const std::string file = SourceDirectory() / "deploy/sample/transactions.csv";
  const std::string rejects = folder.path() / "rejects.csv";
  ImportShop shop("sample");
  const Struct report = shop.Import(file, kMapping, rejects);
  EXPECT_GT(Count(report, "rows"), 0u);
  EXPECT_EQ(Count(report, "rows_accepted"), Count(report, "rows"));
  EXPECT_EQ(std::stoull(shop.Value("SELECT COUNT(*) FROM redress_order.order_lines "
                                   "WHERE shop_id = {shop} AND removed = 0")) +
                std::stoull(shop.Value("SELECT COUNT(*) FROM redress_order.adjustments "
                                       "WHERE shop_id = {shop}")),
            Count(report, "rows"));
  ShowRoundedSums(shop);
  ExpectRepeatChangesNothing(shop, file, rejects, report);
}

TEST(ImportSample, ItsProductsAreThoseThatItsOrdersName) {
  const TemporaryDirectory folder;
  const std::string rejects = folder.path() / "rejects.csv";
  const std::filesystem::path sample = SourceDirectory() / "deploy/sample";
  ImportShop shop("sample-products");
  const Struct first = shop.ImportOf("products", sample / "products.csv", "products", rejects);
  EXPECT_EQ(Count(first, "rows_rejected"), 0u);
  EXPECT_GT(Count(first, "products_created"), 1000u);
  EXPECT_GT(Count(first, "skus"), 0u);
  const Struct again = shop.ImportOf("products", sample / "products.csv", "products", rejects);
  EXPECT_EQ(Count(again, "products_unchanged"), Count(first, "products_created"));
  shop.Import(sample / "transactions.csv", kMapping, rejects);
  const std::string in_code =
      "l.sku IN (SELECT code FROM redress_order.products WHERE shop_id = {shop} UNION ALL"
      " SELECT code FROM redress_order.product_skus WHERE shop_id = {shop})";
  const double led = std::stod(shop.Value("SELECT AVG(" + in_code +
                                          ") FROM redress_order.order_lines l WHERE l.shop_id ="
                                          " {shop} AND l.sku RLIKE '^[0-9]{5}[A-Z]{0,2}$'"));
  EXPECT_GT(led, 0.95) << "an agent is led from nearly every line of goods to its product";
}

TEST(Ratio, IsExactAndRoundsHalfToEven) {
  EXPECT_EQ(Ratio(1, 3, 6), "0.333333");
  EXPECT_EQ(Ratio(25, 10'000'000, 6), "0.000002");
  EXPECT_EQ(Ratio(35, 10'000'000, 6), "0.000004");
  EXPECT_EQ(Ratio(-7, 2, 2), "-3.50");
}

}  // namespace
}  // namespace redress::test
