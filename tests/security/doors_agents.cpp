// How agents work: teams, skills, shifts.
#include <redress/aftersales/v1/agent_service.pb.h>

#include "tests/security/doors.h"

namespace redress::security {
namespace {

namespace aftersales = redress::aftersales::v1;
using e2e::Shop;
using e2e::Unique;

std::uint32_t VersionOf(Shop& shop, const std::string& account) {
  const auto listed =
      shop.As("supervisor").Call<aftersales::ListAgentsResponse>(aftersales::ListAgentsRequest());
  for (const auto& agent : listed.agents()) {
    if (agent.account_id() == account) return agent.version();
  }
  return 0;
}

}  // namespace

std::vector<Door> AgentDoors() {
  return {DoorOf<aftersales::ListAgentsRequest>({.roles = "agent supervisor admin auditor"},
                                                [](Shop&, auto&, auto&) {}),
          DoorOf<aftersales::UpdateAgentRequest>({.roles = "supervisor admin"},
                                                 [](Shop& shop, auto&, auto& request) {
                                                   request.set_request_id(Unique("agent"));
                                                   request.set_account_id(shop.AccountOf("agent"));
                                                   request.set_version(
                                                       VersionOf(shop, request.account_id()));
                                                   request.set_team("Day");
                                                 }),
          DoorOf<aftersales::SetShiftRequest>({.roles = "agent supervisor"},
                                              [](Shop& shop, auto& who, auto& request) {
                                                request.set_request_id(Unique("shift"));
                                                request.set_account_id(shop.AccountOf(who));
                                              })};
}

}  // namespace redress::security
