// Reminders of payment, stored: who waits, who reminded, and what it brought.

#include <gtest/gtest.h>

#include "tests/integration/order/work_house.h"
#include "tests/support/private_maria_db.h"

namespace redress::order {
namespace {

constexpr std::int64_t kHour = 3600 * kSecond;

class Reminders : public ::testing::Test {
 protected:
  OrderInput Input(const std::string& number, const std::string& price = "10.00") {
    return UnpaidOrder(number, start_, {MakeLine("1", 1, price)});
  }
  Order PushUnpaid(const std::string& number, const std::string& price = "10.00") {
    return house_.Push(Input(number, price), "push-" + number);
  }
  void Pay(const std::string& number, std::int64_t paid_at) {
    house_.Push(Paid(Input(number), paid_at), "pay-" + number);
  }
  std::vector<std::string> Unpaid(UnpaidQuery query, std::size_t page) {
    std::vector<std::string> numbers;
    query.placed_until = house_.clock.NowUs();
    query.limit = page;
    for (;;) {
      const auto orders = house_.reminders.ListUnpaid(kShop, query);
      if (orders.empty()) return numbers;
      for (const auto& order : orders) numbers.push_back(order.key.number);
      const bool by_age = query.ordering == UnpaidOrdering::kAge;
      query.after = ListKey{by_age ? orders.back().order_at : orders.back().payable_minor,
                            orders.back().order.value};
    }
  }
  Reminder Only() {
    const auto all = house_.reminders.List(kShop, {}, {}, 10);
    EXPECT_EQ(all.size(), 1u);
    return all.at(0);
  }
  WorkHouse house_{test::InjectedFaults()};
  const std::int64_t start_ = house_.clock.NowUs() - kHour;
};

TEST_F(Reminders, WhoWaitsIsListedByAgeAndByAmount) {
  PushUnpaid("A1", "30.00");
  PushUnpaid("A2", "10.00");
  PushUnpaid("A3", "20.00");
  PushUnpaid("A4", "20.00");
  EXPECT_EQ(Unpaid({}, 1), (std::vector<std::string>{"A1", "A2", "A3", "A4"}));
  UnpaidQuery by_amount;
  by_amount.ordering = UnpaidOrdering::kAmount;
  EXPECT_EQ(Unpaid(by_amount, 1), (std::vector<std::string>{"A1", "A4", "A3", "A2"}));
  by_amount.minimum_minor = 2000;
  EXPECT_EQ(Unpaid(by_amount, 2), (std::vector<std::string>{"A1", "A4", "A3"}));
}

TEST_F(Reminders, WhoPaidOrWasClosedWaitsNoMore) {
  PushUnpaid("A1");
  PushUnpaid("A2");
  PushUnpaid("A3");
  Pay("A1", start_ + 60 * kSecond);
  OrderInput closed = Input("A2");
  closed.status = OrderStatus::kTradeClosedByTaobao;
  closed.source_at = start_ + 60 * kSecond;
  house_.Push(closed, "close");
  EXPECT_EQ(Unpaid({}, 5), (std::vector<std::string>{"A3"}));
}

TEST_F(Reminders, APaymentInTheWindowCountsForTheLastReminderBeforeIt) {
  const Order order = PushUnpaid("A1");
  house_.Remind(order, "first", kOtherAgent);
  house_.clock.Advance(kHour);
  const Reminder last = house_.Remind(order, "second", kAgent);
  Pay("A1", house_.clock.NowUs() + kHour);
  const auto all = house_.reminders.List(kShop, {}, {}, 10);
  ASSERT_EQ(all.size(), 2u);
  EXPECT_EQ(all[0].id, last.id);
  EXPECT_EQ(all[0].paid_at, last.reminded_at + kHour);
  EXPECT_EQ(all[0].paid_minor, 1000);
  EXPECT_EQ(all[1].paid_at, 0);
  const auto events = house_.EventsOf(order.id.value);
  EXPECT_EQ(events.back().order_paid().reminder_account_id(), kAgent.value);
  EXPECT_EQ(events.back().order_paid().reminded_at_us(), last.reminded_at);
  house_.ExpectHistoryIsWhole();
}

TEST_F(Reminders, APaymentAfterTheWindowCountsForNobody) {
  const Order order = PushUnpaid("A1");
  const Reminder reminder = house_.Remind(order, "first");
  EXPECT_EQ(reminder.window_end_at, reminder.reminded_at + 24 * kHour);
  Pay("A1", reminder.window_end_at + 1);
  EXPECT_EQ(Only().paid_at, 0);
  EXPECT_EQ(house_.EventsOf(order.id.value).back().order_paid().reminder_account_id(), 0u);
}

TEST_F(Reminders, APaymentBeforeTheReminderCountsForNobody) {
  const Order order = PushUnpaid("A1");
  house_.Remind(order, "first");
  Pay("A1", house_.clock.NowUs() - 1);
  EXPECT_EQ(Only().paid_at, 0);
}

TEST_F(Reminders, TheWindowIsTheShops) {
  const Order order = PushUnpaid("A1");
  OrderRules rules;
  rules.reminder_window_hours = 2;
  WorkHouse::Repeating([&] { return house_.rules.Set(house_.WriteOf("rules"), rules); });
  const Reminder reminder = house_.Remind(order, "first");
  EXPECT_EQ(reminder.window_end_at, reminder.reminded_at + 2 * kHour);
}

TEST_F(Reminders, ABuyerIsRemindedAsOftenAsTheShopAllows) {
  const Order order = PushUnpaid("A1");
  for (const char* request : {"1", "2", "3"}) house_.Remind(order, request);
  house_.Remind(order, "3");  // a repeat
  EXPECT_EQ(house_.ReasonOf([&] { house_.Remind(order, "4"); }), "REMINDED_ENOUGH");
  UnpaidQuery fresh;
  fresh.not_reminded = true;
  EXPECT_TRUE(Unpaid(fresh, 5).empty());
}

TEST_F(Reminders, APaidOrderNeedsNone) {
  const Order order = PushUnpaid("A1");
  Pay("A1", start_ + 60 * kSecond);
  EXPECT_EQ(house_.ReasonOf([&] { house_.Remind(order, "late"); }), "ORDER_NOT_UNPAID");
}

TEST_F(Reminders, WhatTheyBroughtAddsUpByAgent) {
  for (int i = 0; i < 6; ++i) {
    const std::string number = "A" + std::to_string(i);
    const Order order = PushUnpaid(number);
    house_.Remind(order, number, i % 2 == 0 ? kAgent : kOtherAgent);
    if (i < 3) Pay(number, house_.clock.NowUs() + kSecond);
  }
  const auto sums = house_.reminders.Sum(kShop, start_, house_.clock.NowUs() + kSecond);
  ASSERT_EQ(sums.size(), 2u);
  EXPECT_EQ(sums[0].account, kAgent);
  EXPECT_EQ(sums[0].sent, 3u);
  EXPECT_EQ(sums[0].paid_orders, 2u);
  EXPECT_EQ(sums[0].paid_minor, 2000);
  EXPECT_EQ(sums[1].paid_orders, 1u);
  EXPECT_EQ(house_.reminders.List(kShop, kOtherAgent, {}, 10).size(), 3u);
}

TEST_F(Reminders, RulesAreTheStandardUntilTheShopSettlesThem) {
  EXPECT_EQ(house_.rules.Find(kShop).stuck_after_hours, 72u);
  OrderRules rules;
  rules.stuck_after_hours = 0;
  rules.next_steps = {"等老板回来", "寄样品"};
  const OrderRules set =
      WorkHouse::Repeating([&] { return house_.rules.Set(house_.WriteOf("rules"), rules); });
  EXPECT_EQ(set.version, 1u);
  EXPECT_EQ(set.stuck_after_hours, 72u);
  EXPECT_EQ(house_.rules.Find(kShop).next_steps, rules.next_steps);
  EXPECT_EQ(house_.ReasonOf([&] { house_.rules.Set(house_.WriteOf("stale"), rules); }),
            "VERSION_CONFLICT");
}

TEST_F(Reminders, ASaltIsKeptSealed) {
  EXPECT_FALSE(house_.rules.CarrierSalt(kShop));
  WorkHouse::Repeating([&] {
    house_.rules.SetCarrierSalt(house_.WriteOf("salt"), "correct horse");
    return true;
  });
  EXPECT_EQ(house_.rules.CarrierSalt(kShop), "correct horse");
  EXPECT_FALSE(house_.rules.CarrierSalt(kOtherShop));
  EXPECT_TRUE(house_.rules.Find(kShop).has_carrier_salt);
  EXPECT_EQ(house_.Count("SELECT COUNT(1) FROM order_rules WHERE carrier_salt LIKE '%horse%'"), 0);
}

}  // namespace
}  // namespace redress::order
