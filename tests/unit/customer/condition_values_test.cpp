// What conditions say of a person, why, and until when.
#include <gtest/gtest.h>
#include <rapidcheck.h>

#include "services/customer/domain/person_facts.h"
#include "services/customer/domain/rules/fact_catalogue.h"
#include "tests/unit/customer/samples.h"

namespace redress::customer {
namespace {

using rules::Truth;

CustomerFacts Buyer() {
  CustomerFacts facts = Known(1);
  facts.figures.orders = 4;
  facts.figures.paid_orders = 3;
  facts.figures.refunded_orders = 1;
  facts.figures.refunds = 1;
  facts.figures.last_order_at = kNow - 10 * kDay;
  facts.figures.last_paid_at = kNow - 10 * kDay;
  facts.figures.money = {{"CNY", 3, 600'000, 100'000}};
  RecentOrder order;
  order.paid_at = kNow;
  order.articles = {{"A-100", "颜色:红;尺码:L", 2, 100}, {"B-7", "尺码:LL", 5, 100}};
  facts.recent_orders.push_back(order);
  facts.figures.coupons = 2;
  facts.figures.last_coupon_at = kNow - 20 * kDay;
  return facts;
}

TEST(ConditionValues, CountsSharesAmountsAndTexts) {
  const CustomerFacts facts = Buyer();
  for (const char* holds :
       {"paid_orders = 3", "orders > paid_orders", "refund_share > 33%", "refund_share < 33.4%",
        "lifetime_value = 5000.00 CNY", "lifetime_value = 0 USD", "5000.00 CNY <= lifetime_value",
        "average_paid = 2000.00 CNY", "platform = \"taobao\"", "\"A-100\" in articles",
        "bought(\"尺码:L\") = 2", "favourite(\"尺码\") = \"LL\"", "coupons = 2",
        "days_since(last_coupon_at) = 20", "accounts = 1", "known(last_order_at)", "true"}) {
    EXPECT_EQ(Say(holds, facts).truth, Truth::kTrue) << holds;
  }
  for (const char* fails : {"paid_orders != 3", "platform != \"taobao\"", "\"A\" in articles",
                            "tag(\"vip\")", "known(last_refund_at)", "known(favourite(\"颜色\"))",
                            "favourite(\"尺码\") = \"L\"", "false"}) {
    EXPECT_EQ(Say(fails, facts).truth, Truth::kFalse) << fails;
  }
}

TEST(ConditionValues, EveryFactOfTheCatalogueIsRead) {
  const std::set<std::string> none;
  const CustomerFacts facts = Buyer();
  const rules::PersonFacts person(facts, none, none);
  for (const rules::Fact& fact : rules::Facts()) {
    EXPECT_NO_THROW(person.Read(fact, "x")) << fact.name;
  }
}

RecentOrder OrderOf(const std::string& properties, std::int32_t units) {
  RecentOrder order;
  order.paid_at = kNow;
  order.articles = {{"A-1", properties, units, 100}};
  return order;
}

TEST(ConditionValues, TheFavouriteIsTheValueOfMostUnits) {
  CustomerFacts facts = Known(1);
  facts.recent_orders = {OrderOf("尺码:M", 2), OrderOf("尺码:L", 1), OrderOf("尺码:M", 1),
                         OrderOf("尺码:L", 3)};
  EXPECT_TRUE(Say("favourite(\"尺码\") = \"L\"", facts).matches());
  facts.recent_orders.push_back(OrderOf("尺码:M", 1));
  EXPECT_TRUE(Say("favourite(\"尺码\") = \"M\"", facts).matches()) << "as many: bought last";
}

TEST(ConditionValues, ThereIsNoFavouriteOfTwoUnitsOrOfWhatIsUnpaid) {
  CustomerFacts facts = Known(1);
  facts.recent_orders = {OrderOf("尺码:M", 2), OrderOf("尺码:L", 9)};
  facts.recent_orders[1].paid_at = 0;
  EXPECT_EQ(Say("favourite(\"尺码\") != \"\"", facts).truth, Truth::kUnknown);
  EXPECT_FALSE(Say("known(favourite(\"尺码\"))", facts).matches());
}

TEST(ConditionValues, OfOneOrdersEqualFavouritesTheFirstByItsTextCounts) {
  CustomerFacts facts = Known(1);
  facts.recent_orders = {OrderOf("尺码:M", 3)};
  facts.recent_orders[0].articles.push_back({"A-2", "尺码:L", 3, 100});
  EXPECT_TRUE(Say("favourite(\"尺码\") = \"L\"", facts).matches());
}

TEST(ConditionValues, WhatIsNotKnownNeverMatches) {
  const CustomerFacts stranger = Known(1);
  EXPECT_EQ(Say("days_since(last_order_at) > 90", stranger).truth, Truth::kUnknown);
  EXPECT_EQ(Say("not days_since(last_order_at) > 90", stranger).truth, Truth::kUnknown);
  EXPECT_EQ(Say("refund_share < 30%", stranger).truth, Truth::kUnknown);
  EXPECT_EQ(Say("recency_score >= 1 or paid_orders = 0", stranger).truth, Truth::kTrue);
  EXPECT_EQ(Say("recency_score >= 1 and paid_orders > 0", stranger).truth, Truth::kFalse);
  EXPECT_EQ(Say("not known(last_order_at)", stranger).truth, Truth::kTrue);
}

TEST(ConditionValues, TheDecidingFactsAreTold) {
  const auto whole =
      Say("paid_orders >= 2 and lifetime_value > 10 CNY and not tag(\"x\")", Buyer());
  EXPECT_EQ(whole.why,
            (std::vector<rules::Reason>{
                {"paid_orders", "3"}, {"lifetime_value", "5000.00 CNY"}, {"tag(\"x\")", "false"}}));
  const auto part = Say("paid_orders >= 2 and refund_share > 50% and orders > 1", Buyer());
  EXPECT_EQ(part.why, (std::vector<rules::Reason>{{"refund_share", "33.3%"}}));
  EXPECT_EQ(Say("last_refund_at > 2026-01-01", Buyer()).why,
            (std::vector<rules::Reason>{{"last_refund_at", "unknown"}}));
}

TEST(ConditionValues, DatesSayWhenTheyComeOutDifferently) {
  const auto zone = Shanghai();
  const std::int64_t today = zone->DayOf(kNow);
  const auto within = Say("days_since(last_order_at) <= 90", Buyer());
  EXPECT_TRUE(within.matches());
  EXPECT_EQ(within.until, zone->DayStart(today + 81));
  EXPECT_EQ(Say("days_since(last_order_at) > 5", Buyer()).until, 0);
  EXPECT_EQ(Say("days_since(last_order_at) = 12", Buyer()).until, zone->DayStart(today + 2));
  EXPECT_EQ(Say("days_since(last_order_at) != 10", Buyer()).until, zone->DayStart(today + 1));
  EXPECT_EQ(Say("days_until(last_order_at) > 0 or days_since(last_order_at) > 20", Buyer()).until,
            zone->DayStart(today + 11));
  EXPECT_EQ(Say("last_order_at >= 2026-11-01", Buyer()).until, 0);
}

// Between now and `until` the answer is the same on every day, and on the day of `until` of a
// single comparison it is another.
TEST(ConditionValues, NothingChangesBeforeTheDayThatWasTold) {
  EXPECT_TRUE(rc::check([] {
    const auto zone = Shanghai();
    CustomerFacts facts = Known(1);
    facts.figures.last_order_at = kNow - *rc::gen::inRange(-40, 40) * kDay;
    const auto bound = *rc::gen::inRange(0, 40);
    const auto op = *rc::gen::element<std::string>("=", "!=", "<", "<=", ">", ">=");
    const auto call = *rc::gen::element<std::string>("days_since", "days_until");
    const std::string condition =
        *rc::gen::arbitrary<bool>()
            ? call + "(last_order_at) " + op + " " + std::to_string(bound)
            : std::to_string(bound) + " " + op + " " + call + "(last_order_at)";
    const auto now = Say(condition, facts);
    for (std::int64_t day = 1; day <= 100; ++day) {
      const std::int64_t at = kNow + day * kDay;
      const auto later = Say(condition, facts, {}, at);
      if (now.until != 0 && at >= now.until) {
        RC_ASSERT(later.truth != now.truth);
        break;
      }
      RC_ASSERT(later.truth == now.truth);
    }
  }));
}

}  // namespace
}  // namespace redress::customer
