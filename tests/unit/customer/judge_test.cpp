// What rules and decisions by hand make of a person together.
#include "services/customer/domain/judge.h"

#include <gtest/gtest.h>

#include "services/customer/domain/rules/type_check.h"
#include "services/customer/domain/tag_rule.h"
#include "services/platform/base/errors.h"
#include "tests/unit/customer/samples.h"

namespace redress::customer {
namespace {

Judgement JudgeAt(const Definitions& definitions, const CustomerFacts& facts,
                  const std::vector<CustomerTag>& decisions, std::int64_t now_us = kNow) {
  const auto zone = Shanghai();
  return Judge(definitions, facts, decisions, "", {now_us, *zone});
}

CustomerTag ByHand(const std::string& tag, bool denied, std::int64_t expires_at = 0) {
  return {.customer = CustomerId{1},
          .tag = tag,
          .origin = TagOrigin::kHand,
          .denied = denied,
          .since = kNow - kDay,
          .expires_at = expires_at};
}

Definitions Chain() {
  Definitions definitions;
  definitions.rules = {TagRuleOf("loyal", "paid_orders >= 2 and not tag(\"risk\")"),
                       TagRuleOf("risk", "refunds > 0"), SegmentOf("best", "tag(\"loyal\")")};
  PutInOrder(definitions);
  return definitions;
}

CustomerFacts Regular() {
  CustomerFacts facts = Known(1);
  facts.figures.paid_orders = 2;
  return facts;
}

TEST(Judge, OnePassSettlesRulesThatReadEachOther) {
  const Judgement good = JudgeAt(Chain(), Regular(), {});
  EXPECT_EQ(good.tags, std::set<std::string>{"loyal"});
  EXPECT_EQ(good.segments, std::set<std::string>{"best"});
  CustomerFacts refunded = Regular();
  refunded.figures.refunds = 1;
  const Judgement bad = JudgeAt(Chain(), refunded, {});
  EXPECT_EQ(bad.tags, std::set<std::string>{"risk"});
  EXPECT_TRUE(bad.segments.empty());
}

TEST(Judge, ADecisionByHandStandsAboveTheRule) {
  const Judgement denied = JudgeAt(Chain(), Regular(), {ByHand("loyal", true)});
  EXPECT_TRUE(denied.tags.empty());
  EXPECT_TRUE(denied.segments.empty());
  const Judgement set = JudgeAt(Chain(), Regular(), {ByHand("risk", false)});
  EXPECT_EQ(set.tags, std::set<std::string>{"risk"});
}

TEST(Judge, AnExpiredDecisionIsTheRulesAgain) {
  const std::int64_t soon = kNow + kDay;
  const std::vector<CustomerTag> decisions{ByHand("loyal", true, soon)};
  const Judgement before = JudgeAt(Chain(), Regular(), decisions);
  EXPECT_TRUE(before.tags.empty());
  EXPECT_EQ(before.until, soon);
  EXPECT_EQ(JudgeAt(Chain(), Regular(), decisions, soon).tags, std::set<std::string>{"loyal"});
}

TEST(Judge, OfAGroupsDecisionsTheLatestCounts) {
  CustomerTag older = ByHand("loyal", false);
  CustomerTag newer = ByHand("loyal", true);
  newer.customer = CustomerId{2};
  newer.since = older.since + 1;
  EXPECT_TRUE(JudgeAt(Chain(), Regular(), {older, newer}).tags.empty());
  EXPECT_TRUE(JudgeAt(Chain(), Regular(), {newer, older}).tags.empty());
}

TEST(Judge, ABirthdayIsDueDaysAheadAndAwaitedUntilThen) {
  Definitions definitions;
  CareRule rule{.code = "birthday", .occasion = Occasion::kBirthday, .days_ahead = 3};
  definitions.care.push_back({rule, rules::ReadCondition("true", "expression")});
  const auto zone = Shanghai();
  const std::int64_t today = zone->DayOf(kNow);  // 2026-11-20
  const auto due = Judge(definitions, Known(1), {}, "11-23", {kNow, *zone});
  ASSERT_EQ(due.care_due.size(), 1u);
  EXPECT_EQ(due.care_due[0].day, today + 3);
  const auto later = Judge(definitions, Known(1), {}, "11-25", {kNow, *zone});
  EXPECT_TRUE(later.care_due.empty());
  EXPECT_EQ(later.until, zone->DayStart(today + 2));
}

TEST(TagRule, ADraftHasToBeTriedFirst) {
  TagRule rule;
  rule.state = RuleState::kDraft;
  EXPECT_THROW(CheckMayBeOn(rule), platform::Refusal);
  rule.state = RuleState::kTried;
  EXPECT_NO_THROW(CheckMayBeOn(rule));
}

}  // namespace
}  // namespace redress::customer
