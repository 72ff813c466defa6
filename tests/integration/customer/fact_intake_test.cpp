// From events to facts and figures: the same whatever comes late, twice or in another order.

#include <gtest/gtest.h>

#include <atomic>
#include <thread>

#include "services/customer/domain/fact_rebuild.h"
#include "services/customer/store/consumer_memory.h"
#include "tests/integration/customer/person_house.h"
#include "tests/support/figure.h"

namespace redress::customer {
namespace {

// A history in memory, as the services would answer it.
class History final : public FactHistory {
 public:
  explicit History(const FactBatch& events) : events_(events) {}

  std::vector<std::string> Sources() override { return {"order", "aftersales", "desk"}; }
  void ReadShop(const std::string& source, ShopId,
                const std::function<void(const FactBatch&)>& on_page) override {
    constexpr std::uint64_t kIdsPerPage = 7;
    for (std::uint64_t from = 0; from < 10'000; from += kIdsPerPage) {
      FactBatch page;
      const auto copy = [&](const auto& all, auto& some) {
        for (const auto& event : all) {
          if (event.id.value >= from && event.id.value < from + kIdsPerPage) some.push_back(event);
        }
      };
      if (source == "order") copy(events_.orders, page.orders);
      if (source == "order") copy(events_.adjustments, page.adjustments);
      if (source == "aftersales") copy(events_.cases, page.cases);
      if (source == "desk") copy(events_.conversations, page.conversations);
      on_page(page);
    }
  }

 private:
  const FactBatch& events_;
};

class FactIntakeTest : public testing::Test {
 protected:
  FactRebuildReport Rebuild(const FactBatch& history, bool replace) {
    History source(history);
    FactRebuild rebuild(source, house_.archive, house_.clock, /*catch_up_us=*/0);
    return Patiently([&] { return rebuild.Run(kShop, replace); });
  }

  PersonHouse house_;
  std::mt19937 random_{7};
};

TEST_F(FactIntakeTest, FiguresEqualPlainSqlAfterLateRepeatedAndReorderedEvents) {
  const auto customers = house_.MakeCustomers(40);
  const FactBatch history = RandomHistory(random_, customers, 400);
  for (const FactBatch& batch : Shaken(random_, history, 37)) house_.Take(batch);
  EXPECT_EQ(FiguresUnlikePlainSql(house_), 0);
  // Once more, in order: nothing changes.
  house_.Take(history);
  EXPECT_EQ(FiguresUnlikePlainSql(house_), 0);
  EXPECT_EQ(Rebuild(history, false).mismatch_count, 0u);
}

TEST_F(FactIntakeTest, TwoProcessesThatTakeTheSameEventsCountThemOnce) {
  const auto customers = house_.MakeCustomers(15);
  const FactBatch history = RandomHistory(random_, customers, 150);
  const std::vector<FactBatch> one = Shaken(random_, history, 20);
  const std::vector<FactBatch> other = Shaken(random_, history, 20);
  std::vector<std::thread> processes;
  for (const auto* batches : {&one, &other}) {
    processes.emplace_back([this, batches] {
      for (const FactBatch& batch : *batches) house_.Take(batch);
    });
  }
  for (std::thread& process : processes) process.join();
  EXPECT_EQ(FiguresUnlikePlainSql(house_), 0);
  EXPECT_EQ(Rebuild(history, false).mismatch_count, 0u);
}

TEST_F(FactIntakeTest, MakesEverybodyDueWhoseFiguresChange) {
  const auto customers = house_.MakeCustomers(2);
  house_.plain.Acquire()->Execute("DELETE FROM customer_due");
  OrderFact order;
  order.shop = kShop;
  order.id = OrderId{1};
  order.version = 1;
  order.customer = customers[0];
  order.currency = "CNY";
  order.ordered_at = 5;
  house_.Take({.orders = {order}, .cases = {}, .conversations = {}, .adjustments = {}});
  EXPECT_EQ(house_.Count("SELECT COUNT(*) FROM customer_due"), 1);
  order.version = 2;
  order.customer = customers[1];
  house_.Take({.orders = {order}, .cases = {}, .conversations = {}, .adjustments = {}});
  EXPECT_EQ(house_.Count("SELECT COUNT(*) FROM customer_due"), 2);
}

TEST_F(FactIntakeTest, MakesEverybodyDueWhoseArticlesChange) {
  const auto customers = house_.MakeCustomers(1);
  OrderFact order;
  order.shop = kShop;
  order.id = OrderId{1};
  order.version = 1;
  order.customer = customers[0];
  order.currency = "CNY";
  order.ordered_at = order.paid_at = 5;
  order.articles = {{"A-1", "尺码:M", 3, 100}};
  house_.Take({.orders = {order}, .cases = {}, .conversations = {}, .adjustments = {}});
  house_.plain.Acquire()->Execute("DELETE FROM customer_due");
  order.version = 2;
  order.articles = {{"A-1", "尺码:L", 3, 100}};
  house_.Take({.orders = {order}, .cases = {}, .conversations = {}, .adjustments = {}});
  EXPECT_EQ(house_.Count("SELECT COUNT(*) FROM customer_due"), 1);
  EXPECT_EQ(FiguresUnlikePlainSql(house_), 0);
}

TEST_F(FactIntakeTest, KnowsWhatIsMissingOfACaseAndOfAnOrder) {
  CustomerMemory memory(house_.plain);
  CaseFact step;
  step.shop = kShop;
  step.id = CaseId{9};
  step.kind = "refund";
  step.sequence = 3;
  OrderFact order;
  order.shop = kShop;
  order.id = OrderId{8};
  order.version = 4;
  house_.Take({.orders = {order}, .cases = {step}, .conversations = {}, .adjustments = {}});
  const platform::AggregateKey case_key{kShop, 9};
  const platform::AggregateKey order_key{kShop, 8};
  EXPECT_EQ(memory.FirstMissing("aftersales", {&case_key, 1}).at(0), 1u);
  EXPECT_EQ(memory.FirstMissing("order", {&order_key, 1}).at(0), 5u);
  EXPECT_TRUE(memory.Gaps("aftersales", house_.clock.NowUs(), 10).empty());
  EXPECT_EQ(memory.Gaps("aftersales", house_.clock.NowUs() + 1, 10).size(), 1u);
  for (const std::uint32_t missing : {1u, 2u}) {
    step.sequence = missing;
    house_.Take({.orders = {}, .cases = {step}, .conversations = {}, .adjustments = {}});
  }
  EXPECT_EQ(memory.FirstMissing("aftersales", {&case_key, 1}).at(0), 4u);
  EXPECT_TRUE(memory.Gaps("aftersales", house_.clock.NowUs() + 1, 10).empty());
}

TEST_F(FactIntakeTest, RebuildFindsAndMendsWhatIsWrong) {
  const auto customers = house_.MakeCustomers(10);
  const FactBatch history = RandomHistory(random_, customers, 60);
  house_.Take(history);
  const auto spoil = [&](const char* sql) { house_.plain.Acquire()->Execute(sql); };
  spoil("UPDATE customer_figures SET paid_orders = paid_orders + 1 LIMIT 1");
  spoil("UPDATE customer_money SET paid_minor = paid_minor + 1 LIMIT 1");
  spoil("UPDATE customer_orders SET status = 'WRONG' LIMIT 1");
  spoil(
      "INSERT INTO customer_orders SELECT shop_id, 9000, version, customer_id, platform,"
      " order_number, status, currency, ordered_at, paid_at, paid_minor, refunded_minor,"
      " line_count, articles FROM customer_orders WHERE customer_id <> 0 LIMIT 1");
  spoil("DELETE FROM customer_coupons LIMIT 1");
  spoil(
      "INSERT INTO customer_coupons SELECT shop_id, case_id, 99, customer_id, case_number,"
      " currency, 1, last_step_at FROM customer_cases WHERE customer_id <> 0 LIMIT 1");
  EXPECT_GE(Rebuild(history, true).mismatch_count, 4u);
  EXPECT_EQ(Rebuild(history, false).mismatch_count, 0u);
  EXPECT_EQ(FiguresUnlikePlainSql(house_), 0);
}

TEST_F(FactIntakeTest, ACouponGoesWithItsCaseToAnotherCustomer) {
  const auto customers = house_.MakeCustomers(2);
  CaseFact step;
  step.shop = kShop;
  step.id = CaseId{9};
  step.kind = "refund";
  step.customer = customers[0];
  step.sequence = 4;
  step.coupons = {{2, "CNY", 500, 60}};
  house_.Take({.orders = {}, .cases = {step}, .conversations = {}, .adjustments = {}});
  step.sequence = 5;
  step.customer = customers[1];
  step.coupons.clear();
  house_.Take({.orders = {}, .cases = {step}, .conversations = {}, .adjustments = {}});
  EXPECT_EQ(house_.Count("SELECT COUNT(*) FROM customer_coupons WHERE customer_id = " +
                         platform::ToString(customers[1])),
            1);
  EXPECT_EQ(FiguresUnlikePlainSql(house_), 0);
}

TEST_F(FactIntakeTest, ARebuildTellsOfWhatItMendedThoughTheAnswerWasLost) {
  platform::FaultPlan faults;
  PersonHouse house(&faults);
  const auto customers = house.MakeCustomers(10);
  house.Take(RandomHistory(random_, customers, 60));
  house.plain.Acquire()->Execute(
      "UPDATE customer_figures SET paid_orders = paid_orders + 1 LIMIT 1");
  faults.Force(platform::FaultPlan::Fault::kCutAfter);
  FactRebuildReport report;
  house.archive.CompareFigures(kShop, CustomerId{}, /*replace=*/true, report);
  EXPECT_EQ(report.mismatch_count, 1u);
  report = {};
  house.archive.CompareFigures(kShop, CustomerId{}, /*replace=*/false, report);
  EXPECT_EQ(report.mismatch_count, 0u);
}

TEST_F(FactIntakeTest, RebuildBringsBackWhatWasLost) {
  const auto customers = house_.MakeCustomers(10);
  const FactBatch history = RandomHistory(random_, customers, 60);
  EXPECT_GT(Rebuild(history, true).mismatch_count, 0u);
  EXPECT_GT(house_.Count("SELECT COUNT(*) FROM customer_coupons"), 0);
  EXPECT_EQ(Rebuild(history, false).mismatch_count, 0u);
  EXPECT_EQ(FiguresUnlikePlainSql(house_), 0);
}

}  // namespace
}  // namespace redress::customer
