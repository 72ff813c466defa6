// The events that nobody from outside may send do reach cases: through the warehouse's reports,
// finance's results and the timer.

#include <gtest/gtest.h>
#include <redress/aftersales/v1/workflow_service.pb.h>

#include <set>
#include <string>

#include "tests/e2e/cases.h"
#include "tests/e2e/linked.h"
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

// Escalated, and its dispute was withdrawn.
std::string LetGoByItsDispute(e2e::Shop& shop) {
  const std::string id = e2e::BringTo(shop, aftersales::REFUND_VARIANT_REFUND_ONLY, "InDispute");
  const auto link = e2e::AwaitLinked(shop, id, aftersales::CASE_RELATION_ESCALATED_TO);
  e2e::ApplyToDispute(shop, "agent", link.case_id(), [](auto& event) { event.mutable_withdraw(); });
  e2e::AwaitState(shop, id, "Closed");
  return id;
}

// The refund that a dispute came to.
std::string OpenedByADispute(e2e::Shop& shop) {
  const auto order = shop.PushOrder();
  aftersales::OpenDisputeRequest open;
  open.set_order_id(order.order_id());
  open.set_line_id(order.lines(0).line_id());
  open.set_channel(aftersales::DISPUTE_CHANNEL_DIRECT_COMPLAINT);
  open.set_reason("damaged");
  const std::string dispute =
      shop.As("agent").Call<aftersales::OpenDisputeResponse>(std::move(open)).case_().case_id();
  e2e::OfferRefund(shop, dispute);
  e2e::Accept(shop, dispute, aftersales::DISPUTE_OPTION_REFUND);
  const auto link = e2e::AwaitLinked(shop, dispute, aftersales::CASE_RELATION_REMEDY);
  e2e::AwaitState(shop, link.case_id(), "Settling");
  return link.case_id();
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
  cases.push_back(LetGoByItsDispute(shop));
  cases.push_back(OpenedByADispute(shop));
  std::set<std::string> seen, own;
  for (const std::string& id : cases) {
    for (const auto& step : shop.Steps(id)) seen.insert(step.event());
  }
  for (const Door& door : RefundEventDoors()) {
    if (door.may_pass.roles.empty()) own.insert(door.event.substr(door.event.find('.') + 1));
  }
  for (const std::string& event : own) EXPECT_TRUE(seen.contains(event)) << event;
  EXPECT_EQ(own.size(), 12u);
}

}  // namespace
}  // namespace redress::security
