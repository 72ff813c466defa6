// The description that others read: it comes from the table, and must match domain.md's words.

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>
#include <string>

#include "workflows/refund/deadlines.h"
#include "workflows/refund/refund.h"

namespace redress::workflows::refund {
namespace {

TEST(RefundDescribe, ListsTheStatesWithTheirDeadlinesAndPlatformStatus) {
  const Workflow& workflow = Describe();
  EXPECT_EQ(workflow.kind, "refund");
  EXPECT_EQ(workflow.version, kVersion);
  EXPECT_EQ(workflow.initial_state, "Requested");
  std::map<std::string_view, std::string_view> rules;
  for (const StateInfo& state : workflow.states) rules[state.name] = state.deadline_rule;
  const std::map<std::string_view, std::string_view> expected{{"Requested", "seller_answers"},
                                                              {"PendingApproval", "seller_answers"},
                                                              {"AwaitingReturn", "buyer_ships"},
                                                              {"Returning", "seller_receives"},
                                                              {"Inspecting", "inspection"},
                                                              {"Disagreed", "buyer_after_refusal"},
                                                              {"Rejected", "buyer_after_refusal"},
                                                              {"Reshipping", "reship"},
                                                              {"Settling", "settlement"},
                                                              {"SendingBack", "send_back"},
                                                              {"FollowingUp", "follow_up"},
                                                              {"InDispute", "dispute_partner"},
                                                              {"Completed", ""},
                                                              {"Withdrawn", ""},
                                                              {"Expired", ""},
                                                              {"Closed", ""}};
  EXPECT_EQ(rules, expected);
  EXPECT_EQ(workflow.FindState("Disagreed")->platform_status, "SELLER_REFUSE_BUYER");
  EXPECT_EQ(workflow.FindState("Returning")->platform_status, "WAIT_SELLER_CONFIRM_GOODS");
}

TEST(RefundDescribe, NamesAreUniqueAndEdgesUseThem) {
  const Workflow& workflow = Describe();
  std::set<std::string_view> states;
  for (const StateInfo& state : workflow.states) EXPECT_TRUE(states.insert(state.name).second);
  std::set<std::string_view> events;
  for (const EventInfo& event : workflow.events) EXPECT_TRUE(events.insert(event.name).second);
  EXPECT_EQ(events.size(), std::variant_size_v<RefundEvent>);
  std::set<std::tuple<std::string_view, std::string_view, std::string>> rows;
  for (const EdgeInfo& edge : workflow.edges) {
    EXPECT_TRUE(states.count(edge.source) == 1 && states.count(edge.target) == 1);
    EXPECT_TRUE(events.count(edge.event) == 1);
    EXPECT_TRUE(rows.emplace(edge.source, edge.event, edge.route).second)
        << edge.source << " " << edge.event << " has two rows when " << edge.route;
  }
}

TEST(RefundDescribe, EveryRuleOfAStateHasDefaultsAndNoneIsIdle) {
  std::set<std::string_view> used;
  for (const StateInfo& state : Describe().states) {
    if (!state.final) used.insert(state.deadline_rule);
  }
  std::set<std::string_view> shipped;
  std::set<std::pair<std::string_view, std::string_view>> keys;
  for (const DeadlineRule& rule : Describe().deadlines) {
    shipped.insert(rule.rule);
    EXPECT_TRUE(keys.emplace(rule.rule, rule.condition).second);
    EXPECT_GT(rule.duration_s, 0);
    EXPECT_GT(rule.repeat_s, 0);
    EXPECT_GT(rule.warn_s, 0);
    EXPECT_LT(rule.warn_s, rule.duration_s);
  }
  EXPECT_EQ(used, shipped);
}

TEST(RefundDescribe, EdgesCarryGuardsAndActionsInWords) {
  const auto& edges = Describe().edges;
  const auto edge = std::find_if(edges.begin(), edges.end(), [](const EdgeInfo& e) {
    return e.source == "Inspecting" && e.event == "pass_inspection" && e.target == "Disagreed";
  });
  ASSERT_NE(edge, edges.end());
  EXPECT_EQ(edge->Guard(), "not is_replacement_asked and not is_approved_amount_left");
  EXPECT_EQ(edge->action, "note_passed, call_supervisor_over_shortage");
}

TEST(RefundDescribe, EdgesTellWhatChoosesThemFromWhatTheyRequire) {
  const auto& edges = Describe().edges;
  const auto edge = std::find_if(edges.begin(), edges.end(), [](const EdgeInfo& e) {
    return e.source == "InDispute" && e.event == "rule_for_shop" && e.target == "Closed";
  });
  ASSERT_NE(edge, edges.end());
  EXPECT_EQ(edge->route, "not are_goods_for_us");
  ASSERT_EQ(edge->requirements.size(), 1U);
  EXPECT_EQ(edge->requirements[0].name, "ruler_is_entitled");
  EXPECT_EQ(edge->requirements[0].code, "SUPERVISOR_REQUIRED");
  EXPECT_EQ(edge->Guard(), "not are_goods_for_us and ruler_is_entitled");
}

}  // namespace
}  // namespace redress::workflows::refund
