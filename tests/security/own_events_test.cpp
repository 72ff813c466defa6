// The events that nobody from outside may send do reach cases: through the warehouse's reports,
// finance's results and the timer.

#include <gtest/gtest.h>
#include <redress/aftersales/v1/workflow_service.pb.h>

#include <set>
#include <string>

#include "tests/e2e/cases.h"
#include "tests/security/doors.h"
#include "tests/security/two_shops.h"
#include "tests/support/wait_for.h"

namespace redress::security {
namespace {

namespace aftersales = redress::aftersales::v1;

std::string InspectedWith(e2e::Shop& shop, int good) {
  const std::string id =
      e2e::BringTo(shop, aftersales::REFUND_VARIANT_RETURN_AND_REFUND, "Inspecting");
  shop.Inspect(id, good);
  return id;
}

// In FollowingUp, where the timer ends it.
std::string LeftAlone(e2e::Shop& shop, TwoShops& shops) {
  constexpr int kSeconds = 60;
  aftersales::SetDeadlineRuleRequest rule;
  rule.set_rule("follow_up");
  rule.set_duration_seconds(kSeconds);
  shop.As("admin").Call<aftersales::SetDeadlineRuleResponse>(std::move(rule));
  const std::string id = e2e::BringTo(shop, aftersales::REFUND_VARIANT_REFUND_ONLY, "FollowingUp");
  shops.stack().Advance(kSeconds + 1);
  EXPECT_TRUE(
      test::WaitFor([&] { return shop.Get(id).state() == "Completed"; }, std::chrono::seconds(30)));
  return id;
}

TEST(OwnEvents, ReachCasesThroughReportsResultsAndTheTimer) {
  TwoShops& shops = TwoShops::Shared();
  e2e::Shop shop(shops.stack());
  std::vector<std::string> cases = {InspectedWith(shop, 2), InspectedWith(shop, 1),
                                    InspectedWith(shop, 0)};
  shop.RecordPayment(cases[0], aftersales::SETTLEMENT_STATE_FAILED);
  shop.RecordPayment(cases[0], aftersales::SETTLEMENT_STATE_UNKNOWN);
  cases.push_back(LeftAlone(shop, shops));
  cases.push_back(e2e::AwaitShippedRefund(shop));
  shop.ReportIntercepted(cases.back(), aftersales::INTERCEPT_OUTCOME_MISSED);
  std::set<std::string> seen, own;
  for (const std::string& id : cases) {
    for (const auto& step : shop.Steps(id)) seen.insert(step.event());
  }
  for (const Door& door : RefundEventDoors()) {
    if (door.may_pass.roles.empty()) own.insert(door.event.substr(door.event.find('.') + 1));
  }
  for (const std::string& event : own) EXPECT_TRUE(seen.contains(event)) << event;
  EXPECT_EQ(own.size(), 10u);
}

}  // namespace
}  // namespace redress::security
