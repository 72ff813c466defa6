// Coupons of cases and of care are counted alike: once, of the whole person, and for the rules.
#include <gtest/gtest.h>

#include "services/customer/domain/intake.h"
#include "services/customer/domain/tag_rule.h"
#include "services/customer/store/mysql_fact_archive.h"
#include "services/customer/store/mysql_fact_book.h"
#include "services/customer/store/mysql_facts_reader.h"
#include "tests/integration/customer/tag_house.h"

namespace redress::customer {
namespace {

constexpr char kCode[] = "SPRING-7";

class CouponsTest : public ::testing::Test {
 protected:
  CouponsTest()
      : facts_(house_.pool),
        intake_(facts_, house_.clock),
        reader_(house_.pool),
        archive_(house_.pool, house_.clock),
        judge_({house_.pool, house_.ids, house_.clock, house_.sealer, reader_, TagHouse::Zone,
                [this](ShopId, const std::exception& error) { house_.Failed(error); }}) {}

  void GiveForCase(CustomerId customer, std::uint64_t case_id = 1) {
    FactBatch batch;
    batch.cases = {EndedRefund(customer, case_id, {{2, "CNY", 500, house_.clock.NowUs()}})};
    Patiently([&] {
      intake_.Take(batch);
      return true;
    });
  }

  CareTask Change(const CareTask& task, CareState to, const std::string& request,
                  const std::string& coupon = "") {
    const Write write = house_.NewWrite(request);
    return Patiently([&] {
      return house_.care.Change(write, {.task = task.id,
                                        .version = task.version,
                                        .to = to,
                                        .result = to == CareState::kDone ? "reached" : "",
                                        .coupon = coupon});
    });
  }

  // The task of a rule that means everybody, in work.
  CareTask Claimed(CustomerId customer, bool with_coupon = true) {
    CareRule rule;
    rule.code = rule.name_zh = rule.name_en = "hello";
    rule.expression = "true";
    rule.coupon = with_coupon;
    rule.enabled = true;
    const Write write = house_.NewWrite();
    Patiently([&] { return house_.care.SetRule(write, rule); });
    house_.Settle(judge_);
    for (const CareTask& task : house_.care.List({.shop = kShop, .state = CareState::kOpen})) {
      if (task.customer == customer) return Change(task, CareState::kClaimed, "claim");
    }
    ADD_FAILURE() << "no task was made";
    return {};
  }

  CustomerFigures FiguresOf(CustomerId head) {
    return Patiently([&] { return reader_.Read(kShop, {&head, 1}); }).at(0).figures;
  }

  void SwitchOnShipped(const std::string& tag) {
    const Write write = house_.NewWrite();
    const auto adopted = Patiently([&] { return house_.rules.Adopt(write, {tag}, "CNY"); });
    house_.RuleOn(tag, adopted.at(0).expression, adopted.at(0).version);
  }

  TagHouse house_{test::InjectedFaults()};
  MysqlFactRepository facts_;
  FactIntake intake_;
  MysqlFactsReader reader_;
  MysqlFactArchive archive_;
  SqlJudge judge_;
};

TEST_F(CouponsTest, OneOfACaseAndOneOfCareAreTwo) {
  const CustomerId customer = house_.NewCustomer();
  GiveForCase(customer);
  const CareTask task = Claimed(customer);
  house_.clock.Advance(platform::kDayUs);
  Change(task, CareState::kDone, "done", kCode);
  Change(task, CareState::kDone, "done", kCode);
  const CustomerFigures figures = FiguresOf(customer);
  EXPECT_EQ(figures.coupons, 2u) << "a repeat counts nothing";
  EXPECT_EQ(figures.last_coupon_at, house_.clock.NowUs());
}

TEST_F(CouponsTest, CareWithoutACouponIsNone) {
  const CustomerId customer = house_.NewCustomer();
  GiveForCase(customer);
  Change(Claimed(customer, /*with_coupon=*/false), CareState::kDone, "done");
  EXPECT_EQ(FiguresOf(customer).coupons, 1u);
}

TEST_F(CouponsTest, ARebuildCountsThoseOfCareToo) {
  const CustomerId customer = house_.NewCustomer();
  GiveForCase(customer);
  Change(Claimed(customer), CareState::kDone, "done", kCode);
  const auto compare = [&](bool replace) {
    FactRebuildReport report;
    Patiently([&] {
      report = {};
      archive_.CompareFigures(kShop, CustomerId{}, replace, report);
      return true;
    });
    return report.mismatch_count;
  };
  EXPECT_EQ(compare(false), 0u);
  house_.plain.Acquire()->Execute("UPDATE customer_figures SET coupons = 0, last_coupon_at = 0");
  EXPECT_EQ(compare(true), 1u);
  EXPECT_EQ(compare(false), 0u);
  EXPECT_EQ(FiguresOf(customer).coupons, 2u);
}

TEST_F(CouponsTest, TheTagComesWithTheCouponAndGoesAfterThirtyDays) {
  SwitchOnShipped("coupon_sent");
  const CustomerId customer = house_.NewCustomer();
  house_.Settle(judge_);
  EXPECT_TRUE(house_.TagsOf(customer).empty());
  GiveForCase(customer);
  house_.Settle(judge_);
  EXPECT_EQ(house_.TagsOf(customer), std::set<std::string>{"coupon_sent"});
  house_.clock.Advance(31 * platform::kDayUs);
  house_.Settle(judge_);
  EXPECT_TRUE(house_.TagsOf(customer).empty());
}

TEST_F(CouponsTest, CareThatIsDoneWithACouponTagsAtOnce) {
  SwitchOnShipped("coupon_sent");
  const CustomerId customer = house_.NewCustomer();
  Change(Claimed(customer), CareState::kDone, "done", kCode);
  house_.Settle(judge_);
  EXPECT_EQ(house_.TagsOf(customer), std::set<std::string>{"coupon_sent"});
}

TEST_F(CouponsTest, OfMergedCustomersAreThePersonsAndComeApartAgain) {
  const auto customers = house_.NewCustomers(2);
  GiveForCase(customers[0], 1);
  GiveForCase(customers[1], 2);
  house_.Merge(customers[1], customers[0]);
  EXPECT_EQ(FiguresOf(customers[0]).coupons, 2u);
  house_.plain.Acquire()->Execute("UPDATE customers SET head_id = 0");
  house_.plain.Acquire()->Execute("DELETE FROM customer_members");
  EXPECT_EQ(FiguresOf(customers[0]).coupons, 1u);
  EXPECT_EQ(FiguresOf(customers[1]).coupons, 1u);
}

}  // namespace
}  // namespace redress::customer
