// The description that others read: it comes from the table, and says what a review case promises.

#include <gtest/gtest.h>

#include <map>
#include <set>
#include <string>

#include "workflows/dispute/dispute.h"
#include "workflows/refund/refund.h"
#include "workflows/review/deadlines.h"
#include "workflows/review/review.h"

namespace redress::workflows::review {
namespace {

TEST(ReviewDescribe, EveryStateHasItsTime) {
  std::map<std::string_view, std::set<std::int64_t>> hours;
  for (const StateInfo& state : Describe().states) {
    if (state.final) continue;
    for (const DeadlineRule& rule : Describe().deadlines) {
      if (rule.rule == state.deadline_rule) hours[state.name].insert(rule.duration_s / kHour);
    }
  }
  const std::map<std::string_view, std::set<std::int64_t>> expected{{"Detected", {4}},
                                                                    {"Contacting", {72}},
                                                                    {"Negotiating", {48}},
                                                                    {"Offered", {48}},
                                                                    {"Agreed", {24}},
                                                                    {"AwaitingRevision", {27 * 24}},
                                                                    {"Replying", {24, 29 * 24}},
                                                                    {"CollectingEvidence", {48}},
                                                                    {"Reported", {7 * 24}},
                                                                    {"InDispute", {27 * 24}}};
  EXPECT_EQ(hours, expected);
}

TEST(ReviewDescribe, DaysOfTheReviewCountFromTheReview) {
  std::set<std::int64_t> days;
  for (const DeadlineRule& rule : Describe().deadlines) {
    if (rule.counts_from == CountsFrom::kSubject) days.insert(rule.duration_s / kDay);
  }
  EXPECT_EQ(days, (std::set<std::int64_t>{27, 29}));
}

TEST(ReviewDescribe, NoRuleIsIdleAndEachIsWellFormed) {
  std::set<std::string_view> used;
  for (const StateInfo& state : Describe().states) {
    if (!state.final) used.insert(state.deadline_rule);
  }
  std::set<std::string_view> shipped;
  std::set<std::pair<std::string_view, std::string_view>> rows;
  for (const DeadlineRule& rule : Describe().deadlines) {
    shipped.insert(rule.rule);
    EXPECT_TRUE(rows.emplace(rule.rule, rule.condition).second) << rule.rule;
    EXPECT_GT(rule.repeat_s, 0);
    EXPECT_GT(rule.warn_s, 0);
    EXPECT_LT(rule.warn_s, rule.duration_s);
  }
  EXPECT_EQ(used, shipped);
}

// Rules of all kinds are rows of one table, found by name and condition.
TEST(ReviewDescribe, NoRuleHasTheNameOfAnotherKinds) {
  for (const Workflow* other : {&refund::Describe(), &dispute::Describe()}) {
    for (const DeadlineRule& own : Describe().deadlines) {
      for (const DeadlineRule& rule : other->deadlines) EXPECT_NE(own.rule, rule.rule);
    }
  }
}

TEST(ReviewDescribe, NamesAreUniqueAndEdgesUseThem) {
  const Workflow& workflow = Describe();
  EXPECT_EQ(workflow.kind, "review");
  std::set<std::string_view> states;
  for (const StateInfo& state : workflow.states) EXPECT_TRUE(states.insert(state.name).second);
  std::set<std::tuple<std::string_view, std::string_view, std::string>> rows;
  for (const EdgeInfo& edge : workflow.edges) {
    EXPECT_TRUE(states.count(edge.source) == 1 && states.count(edge.target) == 1);
    EXPECT_TRUE(rows.emplace(edge.source, edge.event, edge.route).second)
        << edge.source << " " << edge.event << " has two rows when " << edge.route;
  }
}

TEST(ReviewDescribe, OpeningArmsTheTriage) {
  const ReviewEffects effects = Open(ReviewFacts{});
  ASSERT_EQ(effects.size(), 1U);
  EXPECT_EQ(std::get<ArmDeadline>(effects[0]).rule, "review_triage");
}

}  // namespace
}  // namespace redress::workflows::review
