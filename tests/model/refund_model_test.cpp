// Walks all that can happen to a refund case and checks what must always be true.

#include <gtest/gtest.h>

#include <cstdio>
#include <set>
#include <string>

#include "tests/model/refund_model.h"

namespace redress::workflows::refund {
namespace {

void ExpectSound(const Walk& walk) {
  for (const Violation& violation : walk.violations) {
    std::string path;
    for (const std::string& step : violation.path) path += "\n  " + step;
    ADD_FAILURE() << violation.what << path;
  }
}

constexpr Variant kVariants[] = {Variant::kRefundOnly,      Variant::kReturnAndRefund,
                                 Variant::kExchange,        Variant::kReship,
                                 Variant::kPriceDifference, Variant::kPostage};

TEST(RefundModel, WhatMustAlwaysBeTrueIs) {
  std::size_t nodes = 0;
  std::size_t steps = 0;
  std::set<std::string> states;
  std::set<std::tuple<std::string, std::string, std::string>> edges;
  for (const Variant variant : kVariants) {
    for (const bool has_platform_id : {false, true}) {
      for (const bool non_returnable : {false, true}) {
        for (const std::int64_t others : {std::int64_t{0}, kPartAmount}) {
          const bool ships_later = variant == Variant::kRefundOnly;
          const Walk walk =
              WalkEverything({variant, has_platform_id, non_returnable, others, ships_later}, true);
          ExpectSound(walk);
          nodes += walk.nodes;
          steps += walk.steps;
          states.insert(walk.states.begin(), walk.states.end());
          edges.insert(walk.edges.begin(), walk.edges.end());
        }
      }
    }
  }
  for (const StateInfo& state : Describe().states) {
    EXPECT_EQ(states.count(std::string(state.name)), 1U) << state.name << " was never reached";
  }
  for (const EdgeInfo& edge : Describe().edges) {
    EXPECT_EQ(
        edges.count({std::string(edge.source), std::string(edge.event), std::string(edge.target)}),
        1U)
        << "never taken: " << edge.source << " " << edge.event << " " << edge.target;
  }
  std::printf("figure refund_model_nodes %zu\n", nodes);
  std::printf("figure refund_model_steps %zu\n", steps);
}

// Without a word from the platform a direct shop's case still ends, and every rule fires.
TEST(RefundModel, ADirectShopsCaseEndsByItself) {
  std::set<std::string> fired;
  for (const Variant variant : kVariants) {
    const Walk walk = WalkEverything({variant, false, false, 0}, false);
    ExpectSound(walk);
    fired.insert(walk.deadlines_fired.begin(), walk.deadlines_fired.end());
  }
  std::set<std::string> rules;
  for (const DeadlineRule& rule : Describe().deadlines) rules.insert(std::string(rule.rule));
  EXPECT_EQ(fired, rules);
}

}  // namespace
}  // namespace redress::workflows::refund
