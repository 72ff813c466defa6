// What a caller may do with a case, and why not the rest.

#include "services/aftersales/api/allowed_actions.h"

#include <gtest/gtest.h>

#include <map>

#include "redress/aftersales/v1/refund_events.pb.h"
#include "services/aftersales/api/mapping.h"
#include "services/platform/server/permission.h"
#include "tests/unit/aftersales/desk.h"
#include "workflows/refund/refund.h"

namespace redress::aftersales {
namespace {

namespace refund = workflows::refund;

std::map<std::string, v1::AllowedAction> ActionsOf(const Desk& desk, const Sender& sender,
                                                   platform::RoleSet roles) {
  platform::Caller caller;
  caller.account = sender.account;
  caller.roles = roles;
  std::map<std::string, v1::AllowedAction> actions;
  for (v1::AllowedAction& action : AllowedActions(
           desk.Now(), {desk.Line(), sender, desk.policy},
           [&](const auto* event) { return platform::SenderOf(event).Allows(caller); })) {
    std::string name = action.event();
    actions.emplace(std::move(name), std::move(action));
  }
  return actions;
}

TEST(AllowedActions, SayRoleThenStateThenGuard) {
  Desk desk;
  desk.Apply(desk.Open(1000));
  Sender agent;
  agent.account = Desk::kAgent;
  agent.is_agent = true;
  agent.unlimited = true;
  platform::RoleSet roles;
  roles.Add(common::v1::ROLE_AGENT);
  auto actions = ActionsOf(desk, agent, roles);
  EXPECT_EQ(actions.size(), refund::Describe().events.size());
  EXPECT_TRUE(actions.at("approve").allowed());
  EXPECT_EQ(actions.at("approve_large").reason(), "ROLE");
  EXPECT_EQ(actions.at("receive_goods").reason(), "ROLE");
  EXPECT_EQ(actions.at("ship_return").reason(), "NOT_LEGAL_IN_STATE");
  EXPECT_FALSE(actions.at("ship_return").explanation().empty());

  desk.rows.ledger.begin()->second.settled = 2500;
  actions = ActionsOf(desk, agent, roles);
  EXPECT_FALSE(actions.at("approve").allowed());
  EXPECT_EQ(actions.at("approve").reason(), "ABOVE_LINE_CEILING");
}

TEST(EventMapping, KnowsEveryEventOfTheMachineByItsName) {
  const auto* events = v1::RefundEvent::descriptor();
  ASSERT_EQ(static_cast<std::size_t>(events->oneof_decl(0)->field_count()),
            refund::Describe().events.size());
  for (int i = 0; i < events->oneof_decl(0)->field_count(); ++i) {
    const auto* field = events->oneof_decl(0)->field(i);
    v1::RefundEvent message;
    message.GetReflection()->MutableMessage(&message, field);
    if (message.has_revise_request()) {
      message.mutable_revise_request()->set_variant(v1::REFUND_VARIANT_REFUND_ONLY);
    }
    std::string details;
    EXPECT_EQ(refund::NameOf(ToEvent(message, details)), field->name());
  }
}

}  // namespace
}  // namespace redress::aftersales
