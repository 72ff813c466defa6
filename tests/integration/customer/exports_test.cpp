// What the shop made of a customer leaves with an export of their data.
#include <gtest/gtest.h>

#include <algorithm>

#include "services/customer/domain/intake.h"
#include "services/customer/store/mysql_fact_book.h"
#include "services/customer/store/mysql_rfm.h"
#include "services/customer/store/personal_data.h"
#include "tests/integration/customer/tag_house.h"

namespace redress::customer {
namespace {

using platform::ExportPage;
using platform::PersonalRecord;

class ExportsTest : public ::testing::Test {
 protected:
  ExportsTest() : facts_(house_.pool), intake_(facts_, house_.clock) {}

  std::vector<PersonalRecord> Exported(const std::vector<CustomerId>& customers,
                                       ShopId shop = kShop) {
    std::vector<PersonalRecord> records;
    ExportPage page;
    do {
      page = data_.Export(shop, customers, page.end);
      std::move(page.records.begin(), page.records.end(), std::back_inserter(records));
    } while (page.more);
    return records;
  }
  std::vector<PersonalRecord> Exported(const std::vector<CustomerId>& customers,
                                       const std::string& kind) {
    std::vector<PersonalRecord> records = Exported(customers);
    std::erase_if(records, [&](const PersonalRecord& one) { return one.kind != kind; });
    return records;
  }

  void GiveCoupons(CustomerId customer, std::uint64_t case_id, unsigned count) {
    std::vector<CaseCoupon> coupons;
    for (unsigned i = 1; i <= count; ++i) {
      coupons.push_back({i, "CNY", 100 * i, house_.clock.NowUs()});
    }
    FactBatch batch;
    batch.cases = {EndedRefund(customer, case_id, std::move(coupons))};
    Patiently([&] {
      intake_.Take(batch);
      return true;
    });
  }

  TagHouse house_{test::InjectedFaults()};
  MysqlFactRepository facts_;
  FactIntake intake_;
  CustomerPersonalData data_{house_.plain, house_.sealer};
};

TEST_F(ExportsTest, TagsComeWithWhatDecidedThem) {
  house_.NewTag("vip");
  house_.NewTag("often");
  house_.RuleOn("often", "orders >= 3");
  const CustomerId customer = house_.NewCustomer();
  house_.Learn(customer, [](CustomerFacts& facts) { facts.figures.orders = 3; });
  house_.Settle();
  house_.clock.Advance(platform::kDayUs);
  house_.Decide("vip", HandDecision::kSet, {customer});
  const auto changes = Exported({customer}, "tag_change");
  ASSERT_EQ(changes.size(), 2u);
  const std::map<std::string, std::string> by_rule = {
      {"tag", "often"}, {"action", "set"}, {"by", "rule"}, {"why", "orders = 3"}};
  const std::map<std::string, std::string> by_hand = {
      {"tag", "vip"}, {"action", "set"}, {"by", "hand"}};
  EXPECT_EQ(changes[0].fields, by_rule);
  EXPECT_EQ(changes[1].fields, by_hand);
  EXPECT_EQ(changes[1].at - changes[0].at, platform::kDayUs);
}

TEST_F(ExportsTest, ManyCouponsComeOnceOverSeveralPages) {
  const CustomerId customer = house_.NewCustomer();
  constexpr unsigned kOfOneCase = 60;
  for (std::uint64_t case_id = 1; case_id <= 7; ++case_id) {
    GiveCoupons(customer, case_id, kOfOneCase);
  }
  auto coupons = Exported({customer}, "coupon");
  ASSERT_EQ(coupons.size(), 7 * kOfOneCase);
  const std::map<std::string, std::string> last = {{"case_id", "7"},
                                                   {"compensation_number", "60"},
                                                   {"currency", "CNY"},
                                                   {"amount_minor", "6000"}};
  EXPECT_EQ(coupons.back().fields, last);
  std::set<std::pair<std::string, std::string>> keys;
  for (const PersonalRecord& one : coupons) {
    keys.emplace(one.fields.at("case_id"), one.fields.at("compensation_number"));
  }
  EXPECT_EQ(keys.size(), coupons.size());
}

TEST_F(ExportsTest, CareComesWithItsResult) {
  CareRule rule;
  rule.code = rule.name_zh = rule.name_en = "hello";
  rule.expression = "true";
  rule.coupon = true;
  rule.enabled = true;
  const Write made = house_.NewWrite();
  Patiently([&] { return house_.care.SetRule(made, rule); });
  const CustomerId customer = house_.NewCustomer();
  house_.Learn(customer, [](CustomerFacts&) {});
  house_.Settle();
  EXPECT_EQ(Exported({customer}, "care_task").at(0).fields.at("state"), "open");
  CareTask task = house_.care.List({.shop = kShop, .state = CareState::kOpen}).at(0);
  const auto change = [&](CareState to, const std::string& result, const std::string& coupon) {
    const Write write = house_.NewWrite();
    task = Patiently([&] {
      return house_.care.Change(
          write,
          {.task = task.id, .version = task.version, .to = to, .result = result, .coupon = coupon});
    });
  };
  change(CareState::kClaimed, "", "");
  change(CareState::kDone, "reached", "SPRING-7");
  const auto tasks = Exported({customer}, "care_task");
  ASSERT_EQ(tasks.size(), 1u);
  const std::map<std::string, std::string> done = {
      {"rule", "hello"}, {"state", "done"}, {"result", "reached"}, {"coupon", "SPRING-7"}};
  EXPECT_EQ(tasks[0].fields, done);
}

TEST_F(ExportsTest, ScoresComeAsTheyWereComputed) {
  const CustomerId customer = house_.NewCustomer();
  MysqlRfm rfm(house_.pool);
  const std::vector<RfmRaw> people = {{.head = customer,
                                       .last_paid_at = house_.clock.NowUs(),
                                       .frequency = 2,
                                       .monetary_minor = 12000}};
  const Write write = house_.NewWrite();
  RfmBounds found = BoundsOf(people, house_.clock.NowUs());
  found.currency = "CNY";
  found.computed_at = house_.clock.NowUs();
  const RfmBounds bounds = Patiently([&] { return rfm.PutBounds(kShop, write, found); });
  Patiently([&] {
    rfm.PutScores(kShop, people, bounds, house_.clock.NowUs());
    return true;
  });
  const auto scores = Exported({customer}, "rfm");
  ASSERT_EQ(scores.size(), 1u);
  EXPECT_EQ(scores[0].fields.at("frequency"), "2");
  EXPECT_EQ(scores[0].fields.at("monetary_minor"), "12000");
  EXPECT_EQ(scores[0].fields.at("currency"), "CNY");
  EXPECT_EQ(scores[0].at, found.computed_at);
  EXPECT_EQ(scores[0].fields.at("recency_score"), "5");
}

TEST_F(ExportsTest, NothingOfAnybodyElse) {
  const auto customers = house_.NewCustomers(2);
  house_.NewTag("vip");
  house_.Decide("vip", HandDecision::kSet, customers);
  GiveCoupons(customers[0], 1, 1);
  GiveCoupons(customers[1], 2, 1);
  const auto records = Exported({customers[1]});
  EXPECT_EQ(records.size(), 3u) << "the customer, a tag, a coupon";
  EXPECT_EQ(Exported({customers[1]}, "coupon").at(0).fields.at("case_id"), "2");
  EXPECT_EQ(Exported(customers, "tag_change").size(), 2u);
  EXPECT_TRUE(Exported(customers, kOtherShop).empty());
}

TEST_F(ExportsTest, ManyChangesOfTagsComeOverSeveralPages) {
  const CustomerId customer = house_.NewCustomer();
  house_.NewTag("vip");
  constexpr std::size_t kChanges = platform::PersonalData::kExportPage + 1;
  for (std::size_t i = 0; i < kChanges; ++i) {
    house_.Decide("vip", i % 2 == 0 ? HandDecision::kSet : HandDecision::kDeny, {customer});
  }
  std::set<std::uint64_t> ids;
  for (const PersonalRecord& one : Exported({customer}, "tag_change")) ids.insert(one.id);
  EXPECT_EQ(ids.size(), kChanges);
}

}  // namespace
}  // namespace redress::customer
