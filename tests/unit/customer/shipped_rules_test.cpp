// Whom each rule that ships means, and whom it does not.
#include <gtest/gtest.h>

#include <functional>
#include <map>
#include <string>
#include <vector>

#include "services/customer/domain/contribution.h"
#include "services/customer/domain/rules/type_check.h"
#include "services/customer/domain/tag_rule.h"
#include "tests/unit/customer/samples.h"

namespace redress::customer {
namespace {

using Change = std::function<void(CustomerFacts&)>;

// Somebody of whom something is known, as the shop's currency has it.
struct Example {
  std::string tag;
  std::string who;
  bool matches;
  Change is;
};

Change Paid(std::uint32_t orders, std::int64_t days_ago, std::uint32_t refunded = 0) {
  return [=](CustomerFacts& facts) {
    facts.figures.orders = facts.figures.paid_orders = orders;
    facts.figures.first_paid_at = facts.figures.last_paid_at = kNow - days_ago * kDay;
    facts.figures.refunded_orders = facts.figures.refunds = refunded;
  };
}

Change Worth(const std::string& currency, std::int64_t paid, std::int64_t refunded = 0) {
  return [=](CustomerFacts& facts) { facts.figures.money = {{currency, 3, paid, refunded}}; };
}

// Newest first; an order of each.
Change Bought(const std::vector<std::pair<std::string, std::int32_t>>& properties) {
  return [=](CustomerFacts& facts) {
    for (const auto& [property, units] : properties) {
      RecentOrder order;
      order.paid_at = kNow;
      order.articles = {{"A-1", property, units, 100}};
      facts.recent_orders.push_back(order);
    }
  };
}

Change Case(std::uint32_t open, std::int64_t days_ago) {
  return [=](CustomerFacts& facts) {
    facts.figures.cases = 1;
    facts.figures.open_cases = open;
    facts.figures.last_case_at = kNow - days_ago * kDay;
  };
}

Change Coupon(std::int64_t days_ago) {
  return [=](CustomerFacts& facts) {
    facts.figures.coupons = 1;
    facts.figures.last_coupon_at = kNow - days_ago * kDay;
  };
}

Change Review(const std::string& judgement, const std::string& change) {
  return [=](CustomerFacts& facts) {
    CaseFact review;
    review.customer = facts.customer;
    review.kind = "review";
    review.review_stars = 1;
    review.review_judgement = judgement;
    review.review_change = change;
    const Contribution made = ContributionOf(review);
    facts.figures.malicious_reviews =
        static_cast<std::uint32_t>(made.adds[Count::kMaliciousReviews]);
  };
}

const std::vector<Example>& Examples() {
  static const std::vector<Example> kExamples = {
      {"new_customer", "bought once, 30 days ago", true, Paid(1, 30)},
      {"new_customer", "bought once, 31 days ago", false, Paid(1, 31)},
      {"new_customer", "bought twice", false, Paid(2, 1)},
      {"returning_customer", "bought twice, 180 days ago", true, Paid(2, 180)},
      {"returning_customer", "bought twice, 181 days ago", false, Paid(2, 181)},
      {"loyal", "five orders, one refunded", true, Paid(5, 10, 1)},
      {"loyal", "five orders, two refunded", false, Paid(5, 10, 2)},
      {"loyal", "four orders", false, Paid(4, 10)},
      {"at_risk", "bought twice, 181 days ago", true, Paid(2, 181)},
      {"at_risk", "bought once, long ago", false, Paid(1, 400)},
      {"high_value", "paid 5000.00 GBP", true, Worth("GBP", 500'000)},
      {"high_value", "paid 5000.00 GBP, some refunded", false, Worth("GBP", 500'000, 1)},
      {"high_value", "paid in another currency", false, Worth("CNY", 5'000'000)},
      {"often_refunds", "three orders, one refunded", true, Paid(3, 10, 1)},
      {"often_refunds", "two orders, both refunded", false, Paid(2, 10, 2)},
      {"malicious_reviewer", "judged so, and removed", true, Review("malicious", "removed")},
      {"malicious_reviewer", "judged so, and standing", false, Review("malicious", "")},
      {"malicious_reviewer", "genuine, and removed", false, Review("genuine", "removed")},
      {"malicious_reviewer", "judged so, and revised", false, Review("malicious", "revised")},
      {"aftersales_customer", "an old case that is open", true, Case(1, 90)},
      {"aftersales_customer", "a case of 30 days ago", true, Case(0, 30)},
      {"aftersales_customer", "a case of 31 days ago", false, Case(0, 31)},
      {"coupon_sent", "a coupon of 30 days ago", true, Coupon(30)},
      {"coupon_sent", "a coupon of 31 days ago", false, Coupon(31)},
      {"prefers_size_s", "three of S", true, Bought({{"尺码:S", 3}})},
      {"prefers_size_s", "two of S", false, Bought({{"尺码:S", 2}})},
      {"prefers_size_m", "three of M, in English", true, Bought({{"size:M;color:red", 3}})},
      {"prefers_size_m", "more of L", false, Bought({{"尺码:M", 3}, {"尺码:L", 4}})},
      {"prefers_size_l", "more of L", true, Bought({{"尺码:M", 3}, {"尺码:L", 4}})},
      {"prefers_size_l", "of XL", false, Bought({{"尺码:XL", 3}})},
      {"prefers_size_xl", "as many of XL, bought last", true,
       Bought({{"尺码:XL", 3}, {"尺码:L", 3}})},
      {"prefers_size_xl", "as many of XL, bought before", false,
       Bought({{"尺码:L", 3}, {"尺码:XL", 3}})},
      {"prefers_black", "of black", true, Bought({{"颜色:黑色;尺码:L", 3}})},
      {"prefers_black", "of a kind of black", false, Bought({{"颜色:黑色格子", 3}})},
      {"prefers_white", "of white", true, Bought({{"颜色分类:白色", 3}})},
      {"prefers_white", "of no colour", false, Bought({{"", 3}})},
      {"prefers_red", "of red", true, Bought({{"color:red", 3}})},
      {"prefers_red", "of red, but more of black", false,
       Bought({{"颜色:红色", 3}, {"颜色:黑色", 5}})},
      {"prefers_style", "of one style", true, Bought({{"款式:短款", 3}})},
      {"prefers_style", "one each of three styles", false,
       Bought({{"款式:短款", 1}, {"款式:长款", 1}, {"款式:中款", 1}})},
  };
  return kExamples;
}

std::string ConditionOf(const std::string& tag) {
  for (const ShippedRule& shipped : ShippedRules("GBP")) {
    if (shipped.tag == tag) return shipped.expression;
  }
  ADD_FAILURE() << "no shipped rule of " << tag;
  return "false";
}

TEST(ShippedRules, MeanWhomTheySayAndNobodyElse) {
  for (const Example& one : Examples()) {
    CustomerFacts facts = Known(1);
    one.is(facts);
    EXPECT_EQ(Say(ConditionOf(one.tag), facts).matches(), one.matches)
        << one.tag << ": " << one.who;
  }
}

TEST(ShippedRules, EachHasSomebodyWhomItMeansAndSomebodyWhomNot) {
  std::map<std::string, std::pair<int, int>> found;
  for (const Example& one : Examples())
    ++(one.matches ? found[one.tag].first : found[one.tag].second);
  for (const ShippedRule& shipped : ShippedRules("GBP")) {
    EXPECT_GE(found[shipped.tag].first, 1) << shipped.tag;
    EXPECT_GE(found[shipped.tag].second, 1) << shipped.tag;
  }
}

TEST(ShippedRules, MeanNobodyOfWhomNothingIsKnown) {
  for (const ShippedRule& shipped : ShippedRules("GBP")) {
    EXPECT_FALSE(Say(shipped.expression, Known(1)).matches()) << shipped.tag;
  }
}

TEST(ShippedRules, AreOfTheShopsCurrency) {
  const std::pair<const char*, const char*> amounts[] = {{"CNY", "5000.00 CNY"},
                                                         {"GBP", "5000.00 GBP"},
                                                         {"JPY", "500000 JPY"},
                                                         {"KWD", "500.000 KWD"}};
  for (const auto& [currency, amount] : amounts) {
    for (const ShippedRule& shipped : ShippedRules(currency)) {
      EXPECT_NO_THROW(rules::ReadCondition(shipped.expression, "expression")) << shipped.tag;
      if (shipped.tag != "high_value") continue;
      EXPECT_EQ(shipped.expression, "lifetime_value >= " + std::string(amount));
      EXPECT_NE(shipped.meaning_zh.find(amount), std::string::npos);
      EXPECT_NE(shipped.meaning_en.find(amount), std::string::npos);
    }
  }
}

TEST(ShippedRules, OfAStyleTellWhichOneItIs) {
  CustomerFacts facts = Known(1);
  Bought({{"款式:短款", 3}})(facts);
  const auto said = Say(ConditionOf("prefers_style"), facts);
  EXPECT_EQ(said.why, (std::vector<rules::Reason>{{"favourite(\"款式\")", "短款"}}));
}

}  // namespace
}  // namespace redress::customer
