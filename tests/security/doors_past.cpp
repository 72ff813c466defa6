// What was before Redress: closed cases and conversations of other systems.
#include <redress/aftersales/v1/import_service.pb.h>
#include <redress/desk/v1/conversation_service.pb.h>

#include "tests/security/doors.h"

namespace redress::security {
namespace {

namespace aftersales = redress::aftersales::v1;
namespace desk = redress::desk::v1;
using e2e::Shop;
using e2e::Unique;

constexpr std::int64_t kSomeTime = 1'500'000'000;
constexpr char kReaders[] = "agent supervisor admin auditor";

void FillCases(Shop& shop, const std::string&, aftersales::ImportCasesRequest& request) {
  aftersales::ImportedCase& past = *request.add_cases();
  past.set_source("elsewhere");
  past.set_source_number(Unique("ticket"));
  past.set_kind("dispute");
  past.set_platform("direct");
  aftersales::ImportedStep& step = *past.add_steps();
  step.set_activity("closed");
  step.mutable_apply_time()->set_seconds(kSomeTime);
  aftersales::ImportedAgent& agent = *request.add_agents();
  agent.set_name("Anna");
  agent.set_account_id(shop.AccountOf("agent"));
}

void FillConversations(Shop& shop, const std::string&, desk::ImportConversationsRequest& request) {
  desk::ImportedConversation& held = *request.add_conversations();
  held.set_source("elsewhere");
  held.set_source_number(Unique("chat"));
  held.set_channel("chat");
  held.set_platform("direct");
  desk::ImportedMessage& message = *held.add_messages();
  message.set_side(desk::MESSAGE_SIDE_CUSTOMER);
  message.mutable_send_time()->set_seconds(kSomeTime);
  message.set_text("where is it?");
  desk::ConversationAgent& agent = *request.add_agents();
  agent.set_name("Anna");
  agent.set_account_id(shop.AccountOf("agent"));
}

std::string SomeConversation(Shop& shop) {
  desk::ImportConversationsRequest request;
  FillConversations(shop, "", request);
  return shop.As("admin")
      .Call<desk::ImportConversationsResponse>(request)
      .conversations(0)
      .conversation_id();
}

}  // namespace

std::vector<Door> PastDoors() {
  return {
      DoorOf<aftersales::ImportCasesRequest>({.roles = "admin integration"}, FillCases),
      DoorOf<desk::ImportConversationsRequest>({.roles = "admin integration"}, FillConversations),
      DoorOf<desk::ListConversationsRequest>({.roles = kReaders},
                                             [](Shop& shop, auto&, auto& request) {
                                               request.set_customer_id(
                                                   shop.PushOrder().customer_id());
                                             }),
      DoorOf<desk::GetConversationRequest>({.roles = kReaders},
                                           [](Shop& shop, auto&, auto& request) {
                                             request.set_conversation_id(SomeConversation(shop));
                                           })};
}

}  // namespace redress::security
