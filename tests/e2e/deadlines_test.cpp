// Every deadline of both variants fires: a case is brought into each state, time is moved on, and
// the rules found on the steps of the timer are those of the workflow's description.

#include <gtest/gtest.h>
#include <redress/aftersales/v1/workflow_service.pb.h>

#include <map>
#include <set>
#include <string>
#include <utility>

#include "tests/e2e/cases.h"
#include "tests/e2e/shop.h"
#include "tests/e2e/stack.h"
#include "tests/support/figure.h"
#include "tests/support/wait_for.h"

namespace redress::e2e {
namespace {

using aftersales::REFUND_VARIANT_EXCHANGE;
using aftersales::REFUND_VARIANT_REFUND_ONLY;
using aftersales::REFUND_VARIANT_RETURN_AND_REFUND;
using StateRule = std::pair<std::string, std::string>;

constexpr std::int64_t kDay = 86'400;

const std::set<std::string>& StatesOf(aftersales::RefundVariant variant) {
  static const std::set<std::string> refund_only = {"Requested", "PendingApproval", "Rejected",
                                                    "InDispute", "Settling",        "FollowingUp"};
  static const std::set<std::string> with_return = [] {
    std::set<std::string> states = refund_only;
    states.insert({"AwaitingReturn", "Returning", "Inspecting", "Disagreed", "SendingBack"});
    return states;
  }();
  static const std::set<std::string> of_an_exchange_only = {"Reshipping"};
  if (variant == REFUND_VARIANT_EXCHANGE) return of_an_exchange_only;
  return variant == REFUND_VARIANT_REFUND_ONLY ? refund_only : with_return;
}

// The timer's first step of a case, if it has one.
std::vector<StateRule> TimeoutsOf(Shop& shop, const std::string& id) {
  std::vector<StateRule> found;
  for (const auto& step : shop.Steps(id)) {
    if (step.actor_kind() == "timeout") found.emplace_back(step.from_state(), step.deadline_rule());
  }
  return found;
}

std::set<StateRule> DescribedRules(Shop& shop) {
  aftersales::DescribeWorkflowRequest request;
  request.set_kind("refund");
  const auto described =
      shop.As("agent").Call<aftersales::DescribeWorkflowResponse>(request).workflow();
  std::set<StateRule> rules;
  for (const auto& state : described.states()) {
    EXPECT_EQ(state.final(), state.deadline_rule().empty()) << state.name();
    if (!state.final()) rules.emplace(state.name(), state.deadline_rule());
  }
  return rules;
}

TEST(Deadlines, EveryStateFiresItsRule) {
  Stack& stack = Stack::Shared();
  Shop shop(stack);
  std::map<std::pair<aftersales::RefundVariant, std::string>, std::string> cases;
  for (const auto variant :
       {REFUND_VARIANT_REFUND_ONLY, REFUND_VARIANT_RETURN_AND_REFUND, REFUND_VARIANT_EXCHANGE}) {
    for (const std::string& state : StatesOf(variant)) {
      cases[{variant, state}] = BringTo(shop, variant, state);
    }
  }
  for (const auto& [key, id] : cases) EXPECT_TRUE(TimeoutsOf(shop, id).empty()) << key.second;

  stack.Advance(11 * kDay);  // past the longest of these rules
  shop.LogInAgain();
  std::set<StateRule> fired;
  int deadlines_fired = 0;
  for (const auto& [key, id] : cases) {
    const std::string state = key.second;
    std::vector<StateRule> timeouts;
    EXPECT_TRUE(test::WaitFor(
        [&] {
          timeouts = TimeoutsOf(shop, id);
          return !timeouts.empty();
        },
        std::chrono::seconds(60)))
        << state << " of variant " << key.first;
    if (timeouts.empty()) continue;
    EXPECT_EQ(timeouts.front().first, state);
    fired.insert(timeouts.begin(), timeouts.end());
    ++deadlines_fired;
  }
  EXPECT_EQ(fired, DescribedRules(shop));
  test::Figure("deadlines_fired", deadlines_fired);
}

TEST(Deadlines, SilenceApprovesADirectCaseAndAPersonIsNeverBlamed) {
  Stack& stack = Stack::Shared();
  Shop shop(stack);
  const std::string id = BringTo(shop, REFUND_VARIANT_REFUND_ONLY, "Requested");
  stack.Advance(6 * kDay);
  shop.LogInAgain();
  EXPECT_TRUE(
      test::WaitFor([&] { return shop.Get(id).state() == "Settling"; }, std::chrono::seconds(60)));
  const auto steps = shop.Steps(id);
  ASSERT_EQ(steps.size(), 2u);
  EXPECT_EQ(steps[1].event(), "deadline_reached");
  EXPECT_EQ(steps[1].actor_kind(), "timeout");
  EXPECT_EQ(steps[1].actor_id(), "");
}

}  // namespace
}  // namespace redress::e2e
