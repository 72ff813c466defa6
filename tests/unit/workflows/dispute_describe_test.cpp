// The description that others read: it comes from the table, and says what a dispute promises.

#include <gtest/gtest.h>

#include <map>
#include <set>
#include <string>

#include "workflows/dispute/deadlines.h"
#include "workflows/dispute/dispute.h"
#include "workflows/refund/refund.h"

namespace redress::workflows::dispute {
namespace {

TEST(DisputeDescribe, EveryStateHasItsTime) {
  std::map<std::string_view, std::int64_t> hours;
  for (const StateInfo& state : Describe().states) {
    if (state.final) continue;
    for (const DeadlineRule& rule : Describe().deadlines) {
      if (rule.rule == state.deadline_rule) hours[state.name] = rule.duration_s / kHour;
    }
  }
  const std::map<std::string_view, std::int64_t> expected{
      {"Opened", 1},         {"Contacted", 24},       {"Investigating", 48}, {"Proposed", 4},
      {"AwaitingBuyer", 48}, {"Arbitration", 7 * 24}, {"Executing", 24},     {"CauseReview", 72}};
  EXPECT_EQ(hours, expected);
}

TEST(DisputeDescribe, NoRuleIsIdleAndEachIsWellFormed) {
  std::set<std::string_view> used{kResolveBy};
  for (const StateInfo& state : Describe().states) {
    if (!state.final) used.insert(state.deadline_rule);
  }
  std::set<std::string_view> shipped;
  for (const DeadlineRule& rule : Describe().deadlines) {
    EXPECT_TRUE(shipped.insert(rule.rule).second) << rule.rule;
    EXPECT_GT(rule.repeat_s, 0);
    EXPECT_GT(rule.warn_s, 0);
    EXPECT_LT(rule.warn_s, rule.duration_s);
  }
  EXPECT_EQ(used, shipped);
}

// Rules of all kinds are rows of one table, found by name and condition.
TEST(DisputeDescribe, NoRuleHasTheNameOfARefunds) {
  for (const DeadlineRule& own : Describe().deadlines) {
    for (const DeadlineRule& other : refund::Describe().deadlines) EXPECT_NE(own.rule, other.rule);
  }
}

TEST(DisputeDescribe, NamesAreUniqueAndEdgesUseThem) {
  const Workflow& workflow = Describe();
  EXPECT_EQ(workflow.kind, "dispute");
  std::set<std::string_view> states;
  for (const StateInfo& state : workflow.states) EXPECT_TRUE(states.insert(state.name).second);
  std::set<std::string_view> events;
  for (const EventInfo& event : workflow.events) EXPECT_TRUE(events.insert(event.name).second);
  EXPECT_EQ(events.size(), std::variant_size_v<DisputeEvent>);
  std::set<std::tuple<std::string_view, std::string_view, std::string>> rows;
  for (const EdgeInfo& edge : workflow.edges) {
    EXPECT_TRUE(states.count(edge.source) == 1 && states.count(edge.target) == 1);
    EXPECT_TRUE(rows.emplace(edge.source, edge.event, edge.route).second)
        << edge.source << " " << edge.event << " has two rows when " << edge.route;
  }
}

TEST(DisputeDescribe, OpeningArmsTheFirstContactAndPromisesAnEnd) {
  const DisputeEffects effects = Open(DisputeFacts{});
  ASSERT_EQ(effects.size(), 2U);
  EXPECT_EQ(std::get<ArmDeadline>(effects[0]).rule, "first_contact");
  EXPECT_EQ(std::get<PromiseResolution>(effects[1]).rule, kResolveBy);
}

}  // namespace
}  // namespace redress::workflows::dispute
