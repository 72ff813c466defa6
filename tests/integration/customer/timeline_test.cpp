// One person in one look, page by page.

#include <gtest/gtest.h>

#include <algorithm>
#include <set>
#include <tuple>

#include "services/customer/domain/person_timeline.h"
#include "tests/integration/customer/person_house.h"

namespace redress::customer {
namespace {

class TimelineTest : public testing::Test {
 protected:
  TimelineTest()
      : timeline_({house_.store, house_.people, house_.timeline}),
        customers_(house_.MakeCustomers(3)) {
    house_.Take(RandomHistory(random_, customers_, 150));
  }

  std::vector<TimelineEntry> All(TimelineQuery query) {
    std::vector<TimelineEntry> all;
    do {
      TimelineView view = Patiently([&] { return timeline_.Read(kShop, query); });
      all.insert(all.end(), view.page.entries.begin(), view.page.entries.end());
      query.after = view.page.next;
    } while (query.after);
    return all;
  }

  TimelineQuery Of(CustomerId customer, std::size_t size) {
    TimelineQuery query;
    query.customer = customer;
    query.size = size;
    return query;
  }

  std::int64_t Rows(const std::string& table, const std::string& customers) {
    return house_.Count("SELECT COUNT(*) FROM " + table + " WHERE customer_id IN (" + customers +
                        ")");
  }

  PersonHouse house_;
  std::mt19937 random_{3};
  PersonTimeline timeline_;
  std::vector<CustomerId> customers_;
};

TEST_F(TimelineTest, ShowsEverythingOnceNewestFirstWhateverThePageSize) {
  const std::string id = platform::ToString(customers_[0]);
  const auto expected =
      static_cast<std::size_t>(Rows("customer_orders", id) + Rows("customer_cases", id) +
                               Rows("customer_conversations", id) +
                               Rows("customer_adjustments", id) + Rows("customer_coupons", id));
  for (const std::size_t size : {1u, 7u, 200u}) {
    const auto all = All(Of(customers_[0], size));
    EXPECT_EQ(all.size(), expected);
    EXPECT_TRUE(std::is_sorted(all.begin(), all.end(), IsNewer));
    // A case's coupons differ by their moment.
    std::set<std::tuple<EntryKind, std::uint64_t, std::int64_t>> distinct;
    for (const TimelineEntry& entry : all) {
      distinct.emplace(entry.kind, entry.id, entry.happened_at);
    }
    EXPECT_EQ(distinct.size(), all.size());
  }
}

TEST_F(TimelineTest, ShowsTheCareThatWasTaken) {
  const std::string id = platform::ToString(customers_[0]);
  constexpr int kDone = 3;
  for (int task = 1; task <= 4; ++task) {
    const std::string number = std::to_string(task);
    house_.plain.Acquire()->Execute(
        "INSERT INTO care_tasks (shop_id, task_id, rule_code, customer_id, occasion, occasion_day,"
        " state, due_at, worker_id, result, coupon_code, finished_at, version) VALUES (7, " +
        number + ", 'rule" + number + "', " + id + ", 3, 1, " + number +
        ", 5, 9, 'reached', 'CPN', 6, 1)");
  }
  TimelineQuery query = Of(customers_[0], 5);
  query.kinds = {EntryKind::kCare};
  const auto all = All(query);
  ASSERT_EQ(all.size(), 1u) << "not what is open, in work or skipped";
  const auto& task = std::get<CareTask>(all[0].what);
  EXPECT_EQ(task.state, static_cast<CareState>(kDone));
  EXPECT_EQ(task.coupon, "CPN");
  EXPECT_EQ(all[0].happened_at, 6);
}

TEST_F(TimelineTest, ShowsTheCouponsOfTheWholePersonsCasesPageByPage) {
  house_.Merge(customers_[0], customers_[1]);
  TimelineQuery query = Of(customers_[1], 3);
  query.kinds = {EntryKind::kCoupon};
  const auto all = All(query);
  const std::string both =
      platform::ToString(customers_[0]) + ", " + platform::ToString(customers_[1]);
  ASSERT_GT(all.size(), 3u);
  EXPECT_EQ(static_cast<std::int64_t>(all.size()), Rows("customer_coupons", both));
  EXPECT_TRUE(std::is_sorted(all.begin(), all.end(), IsNewer));
  for (const TimelineEntry& entry : all) {
    const auto& coupon = std::get<CouponFact>(entry.what);
    EXPECT_EQ(entry.happened_at, coupon.given.given_at);
    EXPECT_EQ(coupon.case_number, coupon.id.value) << "as the history numbers its cases";
    EXPECT_GT(coupon.given.amount_minor, 0);
  }
  EXPECT_EQ(timeline_.Read(kShop, query).summary.figures.coupons, all.size());
}

TEST_F(TimelineTest, ShowsOnlyTheKindsThatAreAskedFor) {
  TimelineQuery query = Of(customers_[0], 5);
  query.kinds = {EntryKind::kCase};
  const auto all = All(query);
  EXPECT_EQ(static_cast<std::int64_t>(all.size()),
            Rows("customer_cases", platform::ToString(customers_[0])));
  for (const TimelineEntry& entry : all) EXPECT_EQ(entry.kind, EntryKind::kCase);
}

TEST_F(TimelineTest, OfAMergedCustomerIsTheWholePersons) {
  house_.Merge(customers_[0], customers_[1]);
  const std::string both =
      platform::ToString(customers_[0]) + ", " + platform::ToString(customers_[1]);
  TimelineQuery query = Of(customers_[0], 9);
  query.kinds = {EntryKind::kOrder};
  EXPECT_EQ(static_cast<std::int64_t>(All(query).size()), Rows("customer_orders", both));
  const TimelineView view = timeline_.Read(kShop, query);
  ASSERT_EQ(view.customers.size(), 2u);
  EXPECT_EQ(view.customers[0].customer.id, customers_[1]);
  EXPECT_EQ(view.summary.figures.orders, Rows("customer_orders", both));
}

TEST_F(TimelineTest, SaysWhetherAnyOfThePersonAsksForNoContact) {
  house_.Merge(customers_[0], customers_[1]);
  EXPECT_FALSE(timeline_.Read(kShop, Of(customers_[1], 1)).summary.no_contact);
  house_.plain.Acquire()->Execute(
      "INSERT INTO care_wishes (shop_id, customer_id, sealed_birthday, no_contact, version)"
      " VALUES (7, " +
      platform::ToString(customers_[0]) + ", '', 1, 1)");
  EXPECT_TRUE(timeline_.Read(kShop, Of(customers_[1], 1)).summary.no_contact);
  EXPECT_FALSE(timeline_.Read(kShop, Of(customers_[2], 1)).summary.no_contact);
}

TEST_F(TimelineTest, IsFoundByNick) {
  TimelineQuery query;
  query.platform = "taobao";
  query.nick = "nick-2";
  query.size = 1;
  EXPECT_EQ(timeline_.Read(kShop, query).customers.at(0).customer.id, customers_[2]);
}

TEST_F(TimelineTest, OfAnotherShopIsNotFound) {
  EXPECT_THROW(timeline_.Read(kOtherShop, Of(customers_[0], 1)), platform::Refusal);
}

}  // namespace
}  // namespace redress::customer
