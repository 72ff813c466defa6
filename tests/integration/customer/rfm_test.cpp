// Scores of a shop, beside those that plain SQL computes.

#include <gtest/gtest.h>

#include <optional>

#include "tests/integration/customer/person_house.h"

namespace redress::customer {
namespace {

class RfmTest : public testing::Test {
 protected:
  RfmTest() : customers_(house_.MakeCustomers(60)) {
    house_.Take(RandomHistory(random_, customers_, 300));
  }

  RfmBounds Compute(const std::optional<Write>& write = std::nullopt) {
    return Patiently([&] { return house_.rfm.Compute(kShop, "CNY", 0, write); });
  }

  CustomerId MakeNewcomer() {
    const std::string nicks[] = {"newcomer"};
    return Patiently([&] { return house_.customers.Ensure(kShop, "taobao", nicks).at(0); });
  }
  void Buy(CustomerId customer, std::int64_t paid_minor) {
    OrderFact order;
    order.shop = kShop;
    order.id = OrderId{900'001};
    order.version = 1;
    order.customer = customer;
    order.platform = "taobao";
    order.number = "900001";
    order.status = "TRADE_FINISHED";
    order.currency = "CNY";
    order.ordered_at = order.paid_at = house_.clock.NowUs();
    order.paid_minor = paid_minor;
    FactBatch bought;
    bought.orders = {order};
    house_.Take(bought);
  }

  PersonHouse house_;
  std::mt19937 random_{5};
  std::vector<CustomerId> customers_;
};

TEST_F(RfmTest, ScoresEqualPlainSql) {
  const RfmBounds bounds = Compute();
  // The place of a value among all, counted from those that are smaller.
  const auto score = [](const std::string& what) {
    return "(SELECT 1 + SUM(b.bound < raw." + what + ") FROM bounds b WHERE b.what = '" + what +
           "')";
  };
  const std::string mismatches =
      "WITH raw AS (SELECT customer_id, " + std::to_string(bounds.as_of_at) +
      " - MAX(paid_at) AS recency, COUNT(*) AS frequency FROM customer_orders WHERE shop_id = 7"
      " AND currency = 'CNY' AND paid_at <> 0 AND customer_id <> 0 GROUP BY customer_id),"
      " ranked AS (SELECT recency, frequency, ROW_NUMBER() OVER (ORDER BY recency) AS r,"
      " ROW_NUMBER() OVER (ORDER BY frequency) AS f, COUNT(*) OVER () AS n FROM raw),"
      " bounds AS (SELECT 'recency' AS what, recency AS bound FROM ranked WHERE r IN"
      " (CEIL(n / 5), CEIL(2 * n / 5), CEIL(3 * n / 5), CEIL(4 * n / 5)) UNION ALL"
      " SELECT 'frequency', frequency FROM ranked WHERE f IN"
      " (CEIL(n / 5), CEIL(2 * n / 5), CEIL(3 * n / 5), CEIL(4 * n / 5)))"
      " SELECT COUNT(*) FROM raw LEFT JOIN customer_rfm s ON s.shop_id = 7 AND"
      " s.customer_id = raw.customer_id WHERE s.customer_id IS NULL OR s.recency_us <> raw.recency "
      "OR"
      " s.frequency <> raw.frequency OR s.recency_score <> 6 - " +
      score("recency") + " OR s.frequency_score <> " + score("frequency");
  EXPECT_EQ(house_.Count(mismatches), 0);
  EXPECT_EQ(house_.Count("SELECT COUNT(*) FROM customer_rfm"), bounds.people);
}

TEST_F(RfmTest, ARepeatAnswersTheFirstBounds) {
  const Write write = house_.MakeWrite();
  const RfmBounds first = Compute(write);
  house_.clock.Advance(1'000'000);
  EXPECT_EQ(Compute(write), first);
  EXPECT_EQ(house_.Count("SELECT COUNT(*) FROM rfm_bounds"), 1);
}

TEST_F(RfmTest, AreComputedOncePerDay) {
  constexpr std::int64_t kDay = 86'400'000'000;
  const auto day_of = [](std::int64_t at_us) { return at_us / kDay; };
  const auto due = [&] {
    return Patiently([&] { return house_.rfm.ComputeIfDue(kShop, "CNY", day_of); });
  };
  EXPECT_TRUE(due());
  EXPECT_FALSE(due());
  house_.clock.Advance(kDay);
  EXPECT_TRUE(due());
  EXPECT_EQ(house_.Count("SELECT MAX(version) FROM rfm_bounds"), 2);
}

TEST_F(RfmTest, BoundsWhoseAnswerWasLostAreInForceOnce) {
  platform::FaultPlan faults;
  PersonHouse house(&faults);
  RfmBounds bounds;
  bounds.computed_at = house.clock.NowUs();
  bounds.currency = "CNY";
  faults.Force(platform::FaultPlan::Fault::kCutAfter);
  EXPECT_EQ(house.scores.PutBounds(kShop, std::nullopt, bounds).version, 1u);
  EXPECT_EQ(house.Count("SELECT COUNT(*) FROM rfm_bounds"), 1);
  ++bounds.computed_at;
  EXPECT_EQ(house.scores.PutBounds(kShop, std::nullopt, bounds).version, 2u)
      << "found later, of the same";
}

TEST_F(RfmTest, ComparesNobodyBeforeSomebodyHasPaid) {
  house_.plain.Acquire()->Execute("DELETE FROM customer_money");
  const auto due = [&] {
    return Patiently([&] {
      return house_.rfm.ComputeIfDue(kShop, "CNY", [](std::int64_t) { return std::int64_t{0}; });
    });
  };
  EXPECT_FALSE(due());
  EXPECT_EQ(Compute().people, 0);
  EXPECT_FALSE(due());
  const CustomerId newcomer = MakeNewcomer();
  Buy(newcomer, 1'00);
  EXPECT_FALSE(house_.reader.Read(kShop, {&newcomer, 1}).at(0).rfm);
  EXPECT_TRUE(due());
  EXPECT_TRUE(house_.reader.Read(kShop, {&newcomer, 1}).at(0).rfm);
}

TEST_F(RfmTest, AnInterruptedComputationIsFinished) {
  const RfmBounds bounds = Compute();
  house_.plain.Acquire()->Execute("UPDATE rfm_bounds SET scored_at = 0");
  house_.plain.Acquire()->Execute("DELETE FROM customer_rfm");
  EXPECT_TRUE(Patiently([&] {
    return house_.rfm.ComputeIfDue(kShop, "CNY", [](std::int64_t) { return std::int64_t{0}; });
  }));
  EXPECT_EQ(house_.Count("SELECT COUNT(*) FROM customer_rfm"), bounds.people);
}

TEST_F(RfmTest, WhoIsScoredNoMoreLosesTheScore) {
  Compute();
  house_.plain.Acquire()->Execute(
      "UPDATE customer_money SET paid_orders = 0, paid_minor = 0 WHERE shop_id = 7"
      " AND customer_id = " +
      platform::ToString(customers_[0]));
  const RfmBounds bounds = Compute();
  EXPECT_EQ(house_.Count("SELECT COUNT(*) FROM customer_rfm"), bounds.people);
  EXPECT_FALSE(house_.reader.Read(kShop, {&customers_[0], 1}).at(0).rfm);
}

TEST_F(RfmTest, WhoBuysAfterItHasTheScoresOfWhatTheyBought) {
  const RfmBounds bounds = Compute();
  const CustomerId newcomer = MakeNewcomer();
  EXPECT_FALSE(house_.reader.Read(kShop, {&newcomer, 1}).at(0).rfm);
  Buy(newcomer, bounds.monetary_minor.back() + 1);
  const auto scores = house_.reader.Read(kShop, {&newcomer, 1}).at(0).rfm;
  ASSERT_TRUE(scores);
  EXPECT_EQ(scores->version, bounds.version);
  EXPECT_EQ(scores->recency_score, 5);
  EXPECT_EQ(scores->frequency, 1u);
  EXPECT_EQ(scores->monetary_score, 5);
}

// Meanwhile they were judged by what they had bought.
TEST_F(RfmTest, WhoBoughtSinceTheLastComputationIsJudgedAgain) {
  Compute();
  Buy(customers_[0], 1'00);
  house_.plain.Acquire()->Execute("DELETE FROM customer_due");
  Compute();
  EXPECT_EQ(house_.Count("SELECT COUNT(*) FROM customer_due WHERE customer_id = " +
                         platform::ToString(customers_[0])),
            1);
}

TEST_F(RfmTest, AMergedPersonIsScoredAsOne) {
  Compute();
  house_.Merge(customers_[0], customers_[1]);
  const CustomerFacts facts = house_.reader.Read(kShop, {&customers_[1], 1}).at(0);
  ASSERT_TRUE(facts.rfm);
  EXPECT_EQ(facts.rfm->frequency, facts.figures.In("CNY")->paid_orders);
  EXPECT_EQ(facts.rfm->monetary_minor, facts.figures.In("CNY")->LifetimeMinor());
}

}  // namespace
}  // namespace redress::customer
