// Rules that set tags: their way into force, and what the judge makes of them.
#include <gtest/gtest.h>

#include <thread>

#include "tests/integration/customer/tag_house.h"
#include "tests/support/under_faults.h"

namespace redress::customer {
namespace {

class TagRulesTest : public ::testing::Test {
 protected:
  void Orders(CustomerId customer, std::uint32_t count) {
    house_.Learn(customer, [&](CustomerFacts& facts) {
      facts.figures.paid_orders = count;
      facts.figures.last_paid_at = house_.clock.NowUs();
    });
  }

  TagHouse house_{test::InjectedFaults()};
};

TEST_F(TagRulesTest, ADraftIsNotSwitchedOnUntried) {
  house_.NewTag("loyal");
  const Write write = house_.NewWrite();
  const TagRule rule =
      Patiently([&] { return house_.rules.Set(write, "loyal", 0, "paid_orders >= 2"); });
  EXPECT_EQ(rule.state, RuleState::kDraft);
  EXPECT_EQ(ReasonOfRefusal([&] { house_.rules.Switch(house_.NewWrite(), "loyal", 1, true); }),
            "RULE_NOT_TRIED");
}

TEST_F(TagRulesTest, TheVersionInForceStaysWhileANewOneIsDrafted) {
  house_.NewTag("loyal");
  const CustomerId customer = house_.NewCustomer();
  house_.RuleOn("loyal", "paid_orders >= 2");
  const Write write = house_.NewWrite();
  const TagRule drafted =
      Patiently([&] { return house_.rules.Set(write, "loyal", 1, "paid_orders >= 9"); });
  EXPECT_EQ(drafted.version, 2u);
  EXPECT_EQ(drafted.on_version, 1u);
  Orders(customer, 3);
  house_.Settle();
  EXPECT_EQ(house_.TagsOf(customer), std::set<std::string>{"loyal"});
  EXPECT_EQ(house_.rules.Versions(kShop, "loyal", 0, 10).size(), 2u);
}

TEST_F(TagRulesTest, SwitchingOnJudgesThoseWhoAreThereAlready) {
  house_.NewTag("loyal");
  const auto customers = house_.NewCustomers(300);
  for (const CustomerId customer : customers) {
    house_.facts.Edit(customer, [](CustomerFacts& facts) { facts.figures.paid_orders = 2; });
  }
  house_.RuleOn("loyal", "paid_orders >= 2");
  house_.Settle();
  EXPECT_EQ(house_.Count("SELECT COUNT(1) FROM customer_tags"), 300);
  EXPECT_EQ(house_.Count("SELECT COUNT(1) FROM customer_due"), 0);
  const Write off = house_.NewWrite();
  Patiently([&] { return house_.rules.Switch(off, "loyal", 1, false); });
  house_.Settle();
  EXPECT_EQ(house_.Count("SELECT COUNT(1) FROM customer_tags"), 0);
}

TEST_F(TagRulesTest, WhoHasDoneNothingYetIsJudgedAsWell) {
  house_.NewTag("stranger");
  house_.RuleOn("stranger", "orders = 0");
  house_.Settle();
  const CustomerId customer = house_.NewCustomer();
  house_.Settle();
  EXPECT_EQ(house_.TagsOf(customer), std::set<std::string>{"stranger"});
}

TEST_F(TagRulesTest, ADateTakesTheTagAwayByItself) {
  house_.NewTag("active");
  house_.RuleOn("active", "days_since(last_paid_at) <= 30");
  const CustomerId customer = house_.NewCustomer();
  Orders(customer, 1);
  house_.Settle();
  EXPECT_EQ(house_.TagsOf(customer), std::set<std::string>{"active"});
  house_.clock.Advance(30 * platform::kDayUs);
  house_.Settle();
  EXPECT_EQ(house_.TagsOf(customer), std::set<std::string>{"active"});
  house_.clock.Advance(platform::kDayUs);
  house_.Settle();
  EXPECT_TRUE(house_.TagsOf(customer).empty());
}

TEST_F(TagRulesTest, WhatPeopleDecidedStandsAboveTheRule) {
  house_.NewTag("loyal");
  house_.RuleOn("loyal", "paid_orders >= 2");
  const CustomerId customer = house_.NewCustomer();
  Orders(customer, 3);
  house_.Settle();
  house_.Decide("loyal", HandDecision::kDeny, {customer});
  house_.Settle();
  EXPECT_TRUE(house_.TagsOf(customer).empty());
  Orders(customer, 4);
  house_.Settle();
  EXPECT_TRUE(house_.TagsOf(customer).empty());
  house_.Decide("loyal", HandDecision::kHandBack, {customer});
  house_.Settle();
  EXPECT_EQ(house_.TagsOf(customer), std::set<std::string>{"loyal"});
}

TEST_F(TagRulesTest, ACircleIsRefused) {
  house_.NewTag("a");
  house_.NewTag("b");
  house_.RuleOn("a", "tag(\"b\")");
  EXPECT_EQ(ReasonOfRefusal([&] {
              house_.rules.Set(house_.NewWrite(), "b", 0, "paid_orders > 1 and tag(\"a\")");
            }),
            "RULES_IN_CIRCLE");
}

TEST_F(TagRulesTest, AConditionNamesOnlyWhatTheShopUses) {
  house_.NewTag("a");
  EXPECT_EQ(
      ReasonOfRefusal([&] { house_.rules.Set(house_.NewWrite(), "a", 0, "tag(\"nobody\")"); }),
      "INVALID_FIELD");
}

TEST_F(TagRulesTest, TryingCountsAndTagsNobody) {
  house_.NewTag("loyal");
  const auto customers = house_.NewCustomers(600);
  for (std::size_t i = 0; i < customers.size(); ++i) {
    house_.facts.Edit(customers[i], [&](CustomerFacts& facts) {
      facts.figures.paid_orders = static_cast<std::uint32_t>(i % 3);
    });
  }
  int pages = 0;
  const RuleTrial trial =
      house_.questions.Try(kShop, "loyal", "paid_orders = 2", [&](const RuleTrial&) {
        ++pages;
        return true;
      });
  EXPECT_TRUE(trial.done);
  EXPECT_EQ(trial.scanned, 600u);
  EXPECT_EQ(trial.gains, 200u);
  EXPECT_EQ(trial.losses, 0u);
  EXPECT_EQ(trial.gaining.size(), kMostSamples);
  EXPECT_EQ(pages, 3);
  EXPECT_EQ(house_.Count("SELECT COUNT(1) FROM customer_tags"), 0);
}

TEST_F(TagRulesTest, TheFactsThatDecidedAreExplained) {
  house_.NewTag("loyal");
  house_.RuleOn("loyal", "paid_orders >= 2 and days_since(last_paid_at) <= 90");
  const CustomerId customer = house_.NewCustomer();
  Orders(customer, 3);
  house_.Settle();
  const TagExplanation explained = house_.questions.Explain(kShop, customer, "loyal");
  EXPECT_TRUE(explained.has_tag);
  EXPECT_EQ(explained.origin, TagOrigin::kRule);
  EXPECT_EQ(explained.rule_version, 1u);
  EXPECT_EQ(explained.why,
            (std::vector<rules::Reason>{{"paid_orders", "3"}, {"days_since(last_paid_at)", "0"}}));
  EXPECT_GT(explained.next_change_at, house_.clock.NowUs());
  house_.Decide("loyal", HandDecision::kDeny, {customer});
  const TagExplanation denied = house_.questions.Explain(kShop, customer, "loyal");
  EXPECT_FALSE(denied.has_tag);
  EXPECT_TRUE(denied.denied);
  EXPECT_TRUE(denied.rule_matches);
}

TEST_F(TagRulesTest, MergedCustomersAreJudgedAsOne) {
  house_.NewTag("loyal");
  house_.RuleOn("loyal", "accounts >= 2 or paid_orders >= 2");
  const auto customers = house_.NewCustomers(2);
  Orders(customers[1], 2);
  house_.Settle();
  EXPECT_EQ(house_.TagsOf(customers[1]), std::set<std::string>{"loyal"});
  house_.Merge(customers[1], customers[0]);
  house_.Settle();
  EXPECT_EQ(house_.TagsOf(customers[1]), std::set<std::string>{"loyal"});
  const auto tagged = house_.tags.Tagged(kShop, "loyal", {}, 10);
  ASSERT_EQ(tagged.size(), 1u);
  EXPECT_EQ(tagged[0].customer, customers[0]);
}

TEST_F(TagRulesTest, ShippedRulesComeAsDraftsAndLeaveWhatThereIs) {
  house_.NewTag("loyal");
  house_.RuleOn("loyal", "paid_orders >= 2");
  const Write write = house_.NewWrite();
  const auto adopted = Patiently([&] { return house_.rules.Adopt(write, {}, "CNY"); });
  EXPECT_EQ(adopted.size(), ShippedRules("CNY").size());
  for (const TagRule& rule : adopted) {
    EXPECT_EQ(rule.state, rule.tag == "loyal" ? RuleState::kOn : RuleState::kDraft) << rule.tag;
  }
  EXPECT_EQ(house_.tags.List(kShop, false).size(), ShippedRules("CNY").size());
}

TEST_F(TagRulesTest, AShopInPoundsTagsWhoPaidManyPounds) {
  const Write write = house_.NewWrite();
  const auto adopted = Patiently([&] { return house_.rules.Adopt(write, {"high_value"}, "GBP"); });
  ASSERT_EQ(adopted.size(), 1u);
  house_.RuleOn("high_value", adopted[0].expression, adopted[0].version);
  const auto customers = house_.NewCustomers(2);
  house_.Learn(customers[0], [](CustomerFacts& facts) {
    facts.figures.money = {{"GBP", 9, 500'000, 0}};
  });
  house_.Learn(customers[1], [](CustomerFacts& facts) {
    facts.figures.money = {{"GBP", 9, 499'999, 0}};
  });
  house_.Settle();
  EXPECT_EQ(house_.TagsOf(customers[0]), std::set<std::string>{"high_value"});
  EXPECT_TRUE(house_.TagsOf(customers[1]).empty());
}

TEST_F(TagRulesTest, ABusyShopKeepsNoOtherWaiting) {
  house_.NewTag("loyal");
  house_.RuleOn("loyal", "paid_orders >= 0");
  const auto many = house_.NewCustomers(SqlJudge::kBatch * 2);
  platform::Transact(house_.plain, [&](platform::Connection& db) {
    MarkDue(db, kShop, many, house_.clock.NowUs());
  });
  Segment segment;
  segment.code = segment.name_zh = segment.name_en = "all";
  segment.expression = "true";
  const Write write = house_.NewWrite("other", kOtherShop);
  Patiently([&] { return house_.segments.Set(write, segment); });
  const auto other = house_.NewCustomers(1, kOtherShop);
  platform::Transact(house_.plain, [&](platform::Connection& db) {
    MarkDue(db, kOtherShop, other, house_.clock.NowUs());
  });
  EXPECT_TRUE(house_.judge.Round());
  EXPECT_EQ(house_.Count("SELECT COUNT(1) FROM segment_members WHERE shop_id = 8"), 1);
  EXPECT_THAT(house_.Count("SELECT COUNT(1) FROM customer_due WHERE shop_id = 7"),
              test::OrAgain(std::int64_t{SqlJudge::kBatch}, std::int64_t{0}));
}

TEST_F(TagRulesTest, SeveralJudgesAtOnceDecideTheSame) {
  house_.NewTag("loyal");
  house_.RuleOn("loyal", "paid_orders >= 2");
  const auto customers = house_.NewCustomers(500);
  for (const CustomerId customer : customers) {
    house_.facts.Edit(customer, [](CustomerFacts& facts) { facts.figures.paid_orders = 2; });
  }
  std::vector<std::thread> judges;
  judges.reserve(3);
  for (int i = 0; i < 3; ++i) {
    judges.emplace_back([&] {
      for (int round = 0; round < 20; ++round) house_.judge.Round();
    });
  }
  for (std::thread& thread : judges) thread.join();
  house_.Settle();
  EXPECT_EQ(house_.Count("SELECT COUNT(1) FROM customer_tags"), 500);
  EXPECT_EQ(house_.Count("SELECT COUNT(1) FROM tag_changes"), 500);
}

}  // namespace
}  // namespace redress::customer
