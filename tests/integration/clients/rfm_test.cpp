// Scores of real buyers, beside those that plain SQL computes from what the order service stored.

#include <gtest/gtest.h>

#include "tests/integration/clients/deployment.h"
#include "tests/support/data_directory.h"
#include "tests/support/figure.h"
#include "tests/support/process.h"
#include "tests/support/wait_for.h"

namespace redress::test {
namespace {

// Raw values, bounds at the nearest rank, and scores, of every buyer who paid.
constexpr const char* kExpected =
    "WITH paid AS (SELECT o.customer_id, o.paid_at, (SELECT COALESCE(SUM(l.paid_minor -"
    " l.refunded_elsewhere_minor), 0) FROM redress_order.order_lines l WHERE l.shop_id = o.shop_id"
    " AND l.order_id = o.order_id AND l.removed = 0) AS amount FROM redress_order.orders o"
    " WHERE o.shop_id = {shop} AND o.paid_at <> 0 AND o.customer_id <> 0 AND o.currency = 'GBP'),"
    " refunds AS (SELECT customer_id, SUM(amount_minor) AS amount FROM redress_order.adjustments"
    " WHERE shop_id = {shop} AND correction = 0 AND currency = 'GBP' GROUP BY customer_id),"
    " moment AS (SELECT as_of_at FROM redress_customer.rfm_bounds WHERE shop_id = {shop}"
    " ORDER BY version DESC LIMIT 1),"
    " raw AS (SELECT p.customer_id, GREATEST(0, (SELECT as_of_at FROM moment) - MAX(p.paid_at))"
    " AS recency, COUNT(*) AS frequency, SUM(p.amount) - COALESCE(MAX(r.amount), 0) AS monetary"
    " FROM paid p LEFT JOIN refunds r ON r.customer_id = p.customer_id GROUP BY p.customer_id),"
    " ranked AS (SELECT recency, frequency, monetary, ROW_NUMBER() OVER (ORDER BY recency) AS rr,"
    " ROW_NUMBER() OVER (ORDER BY frequency) AS rf, ROW_NUMBER() OVER (ORDER BY monetary) AS rm,"
    " COUNT(*) OVER () AS n FROM raw),"
    " parts AS (SELECT 1 AS k UNION ALL SELECT 2 UNION ALL SELECT 3 UNION ALL SELECT 4),"
    " bounds AS (SELECT k, MAX(CASE WHEN rr = CEIL(k * n / 5) THEN recency END) AS r,"
    " MAX(CASE WHEN rf = CEIL(k * n / 5) THEN frequency END) AS f,"
    " MAX(CASE WHEN rm = CEIL(k * n / 5) THEN monetary END) AS m"
    " FROM ranked CROSS JOIN parts GROUP BY k),"
    " expected AS (SELECT customer_id, recency, frequency, monetary,"
    " 5 - (SELECT SUM(recency > b.r) FROM bounds b) AS r_score,"
    " 1 + (SELECT SUM(frequency > b.f) FROM bounds b) AS f_score,"
    " 1 + (SELECT SUM(monetary > b.m) FROM bounds b) AS m_score FROM raw) ";

std::string Expected(const std::string& query) { return kExpected + query; }

// Everything that was imported has become facts of customers.
void AwaitFacts(const ImportShop& shop) {
  const auto all = [&](const std::string& facts, const std::string& source) {
    return shop.Value("SELECT COUNT(*) FROM redress_customer." + facts +
                      " WHERE shop_id = {shop}") ==
           shop.Value("SELECT COUNT(*) FROM redress_order." + source + " WHERE shop_id = {shop}");
  };
  ASSERT_TRUE(WaitFor(
      [&] {
        return all("customer_orders", "orders") && all("customer_adjustments", "adjustments");
      },
      std::chrono::seconds(120)));
}

void ExpectScores(ImportShop& shop) {
  AwaitFacts(shop);
  const e2e::Finished computed = shop.Run({"customer", "rfm", "compute", "--as-of", "2011-12-10"});
  ASSERT_EQ(computed.exit_code, 0) << computed.output;
  const std::string mismatches = shop.Value(Expected(
      "SELECT COUNT(*) FROM expected e LEFT JOIN redress_customer.customer_rfm s ON s.shop_id ="
      " {shop} AND s.customer_id = e.customer_id WHERE s.customer_id IS NULL OR s.recency_us <>"
      " e.recency OR s.frequency <> e.frequency OR s.monetary_minor <> e.monetary OR"
      " s.recency_score <> e.r_score OR s.frequency_score <> e.f_score OR s.monetary_score <>"
      " e.m_score"));
  EXPECT_EQ(mismatches, "0");
  Figure("rfm_mismatches", std::stod(mismatches));
  EXPECT_EQ(shop.Value(Expected("SELECT COUNT(*) FROM expected")),
            shop.Value("SELECT COUNT(*) FROM redress_customer.customer_rfm"
                       " WHERE shop_id = {shop}"));
  // The best customers: a segment, counted both ways.
  const std::string best = shop.Value(
      "SELECT COUNT(*) FROM redress_customer.customer_rfm WHERE shop_id = {shop}"
      " AND recency_score >= 4 AND frequency_score >= 4 AND monetary_score >= 4");
  EXPECT_EQ(best, shop.Value(Expected("SELECT COUNT(*) FROM expected WHERE r_score >= 4"
                                      " AND f_score >= 4 AND m_score >= 4")));
}

TEST(Rfm, OfTheFilesBuyersEqualsPlainSql) {
  const auto data = DataDirectory();
  if (!data) GTEST_SKIP() << "not run: uci_online_retail is not here; the shipped sample is";
  const TemporaryDirectory folder;
  ImportShop shop("rfm");
  shop.Import(*data / "uci_online_retail/transactions.csv", "uci_online_retail",
              folder.path() / "rejects.csv");
  ExpectScores(shop);
  const e2e::Finished rebuilt = shop.Run({"--json", "customer", "rebuild"});
  EXPECT_EQ(rebuilt.exit_code, 0) << rebuilt.output;
  EXPECT_NE(rebuilt.output.find("\"mismatch_count\":\"0\""), std::string::npos) << rebuilt.output;
}

TEST(Rfm, OfTheSamplesBuyersEqualsPlainSql) {
  const TemporaryDirectory folder;
  ImportShop shop("rfm-sample");
  shop.Import(SourceDirectory() / "deploy/sample/transactions.csv", "uci_online_retail",
              folder.path() / "rejects.csv");
  ExpectScores(shop);
}

}  // namespace
}  // namespace redress::test
