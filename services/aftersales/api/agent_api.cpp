#include "services/aftersales/api/agent_api.h"

#include <algorithm>
#include <string>

#include "services/aftersales/api/assignees.h"
#include "services/aftersales/api/mapping.h"
#include "services/aftersales/domain/case_kind.h"
#include "services/platform/paging/paging.h"

namespace redress::aftersales {
namespace {

using platform::Call;
using platform::Code;
using platform::ParseId;
using platform::Refusal;

void ToProto(const Agent& agent, std::int64_t now_us, v1::Agent& out) {
  out.set_account_id(platform::ToString(agent.account));
  out.set_team(agent.profile.team);
  for (const std::string& kind : agent.profile.kinds) out.add_kinds(kind);
  out.set_most_open_cases(agent.profile.most_open_cases);
  out.set_on_shift(agent.shift.IsOn(now_us));
  if (out.on_shift() && agent.shift.ends_at != 0) {
    SetTime(agent.shift.ends_at, *out.mutable_shift_end_time());
  }
  out.set_open_cases(agent.open_cases);
  out.set_version(agent.version);
}

AgentProfile ProfileOf(const v1::UpdateAgentRequest& request) {
  AgentProfile profile;
  profile.team = request.team();
  for (int i = 0; i < request.kinds_size(); ++i) {
    const std::string field = "kinds[" + std::to_string(i) + "]";
    if (FindWorkflow(request.kinds(i)) == nullptr) {
      throw platform::InvalidField(field, "is no kind of case; name one, e.g. refund");
    }
    if (std::find(profile.kinds.begin(), profile.kinds.end(), request.kinds(i)) !=
        profile.kinds.end()) {
      throw platform::InvalidField(field, "is in the list already; name every kind once");
    }
    profile.kinds.push_back(request.kinds(i));
  }
  if (request.most_open_cases() != 0) profile.most_open_cases = request.most_open_cases();
  return profile;
}

Shift ShiftOf(const v1::SetShiftRequest& request) {
  if (!request.has_end_time()) return {request.on_shift(), 0};
  if (!request.on_shift()) {
    throw platform::InvalidField("end_time", "belongs to a shift that begins; leave it out");
  }
  return {true, TimeOf(request.end_time())};
}

void CheckEnd(const Shift& shift, std::int64_t now_us) {
  if (shift.ends_at == 0) return;
  if (shift.ends_at <= now_us || shift.ends_at > now_us + kLongestShiftHours * platform::kHourUs) {
    throw platform::InvalidField("end_time",
                                 "is not within the next 24 hours; name such a time, or leave it "
                                 "out and end the shift by hand");
  }
}

// Whoever is no member of the shop is as unknown as nobody.
void CheckWorks(const platform::Directory& directory, ShopId shop, AccountId account) {
  if (!directory.Find(account, shop)) {
    throw platform::NotFound("account", platform::ToString(account));
  }
  CheckAssignee(directory, shop, account, "account_id");
}

}  // namespace

grpc::ServerUnaryReactor* AgentApi::ListAgents(grpc::CallbackServerContext* context,
                                               const v1::ListAgentsRequest* request,
                                               v1::ListAgentsResponse* response) {
  return uses_.guard.Blocking(
      context, request, response,
      [this](const Call& call, const v1::ListAgentsRequest& request,
             v1::ListAgentsResponse& response) { List(call, request, response); });
}

void AgentApi::List(const Call& call, const v1::ListAgentsRequest& request,
                    v1::ListAgentsResponse& response) {
  AgentQuery query;
  query.shop = call.caller.shop;
  query.team = request.team();
  const platform::PageQuery page("ListAgents", query.shop, {query.team});
  if (const auto after = page.Decode(request.page_token(), 1)) query.after = {after->at(0)};
  const std::size_t size = platform::PageSize(request.page_size());
  query.limit = size + 1;
  std::vector<Agent> agents = uses_.agents.List(query);
  if (agents.size() > size) {
    agents.pop_back();
    response.set_next_page_token(page.Encode({agents.back().account.value}));
  }
  for (const Agent& agent : agents) ToProto(agent, call.clock.NowUs(), *response.add_agents());
}

grpc::ServerUnaryReactor* AgentApi::UpdateAgent(grpc::CallbackServerContext* context,
                                                const v1::UpdateAgentRequest* request,
                                                v1::UpdateAgentResponse* response) {
  return uses_.guard.Blocking(
      context, request, response,
      [this](const Call& call, const v1::UpdateAgentRequest& request,
             v1::UpdateAgentResponse& response) { Update(call, request, response); });
}

void AgentApi::Update(const Call& call, const v1::UpdateAgentRequest& request,
                      v1::UpdateAgentResponse& response) {
  const std::int64_t now_us = call.clock.NowUs();
  const auto account = ParseId<AccountId>(request.account_id(), "account_id");
  CheckWorks(uses_.directory, call.caller.shop, account);
  const auto write = uses_.commands.MakeWrite(call, request.request_id(), request);
  ToProto(uses_.agents.Update({call.caller.shop, account, call.caller.account, now_us}, write,
                              request.version(), ProfileOf(request)),
          now_us, *response.mutable_agent());
  uses_.on_change(call.caller.shop);
}

grpc::ServerUnaryReactor* AgentApi::SetShift(grpc::CallbackServerContext* context,
                                             const v1::SetShiftRequest* request,
                                             v1::SetShiftResponse* response) {
  return uses_.guard.Blocking(
      context, request, response,
      [this](const Call& call, const v1::SetShiftRequest& request, v1::SetShiftResponse& response) {
        Set(call, request, response);
      });
}

void AgentApi::Set(const Call& call, const v1::SetShiftRequest& request,
                   v1::SetShiftResponse& response) {
  const std::int64_t now_us = call.clock.NowUs();
  const AccountId account = request.account_id().empty()
                                ? call.caller.account
                                : ParseId<AccountId>(request.account_id(), "account_id");
  if (account != call.caller.account && !call.caller.has(common::v1::ROLE_SUPERVISOR)) {
    throw Refusal(Code::kPermissionDenied, "SUPERVISOR_REQUIRED",
                  "Agents begin and end their own shift; ask a supervisor for a colleague's.");
  }
  CheckWorks(uses_.directory, call.caller.shop, account);
  const Shift shift = ShiftOf(request);
  auto write = uses_.commands.MakeWrite(call, request.request_id(), request);
  write.check = [&] { CheckEnd(shift, now_us); };
  ToProto(
      uses_.agents.SetShift({call.caller.shop, account, call.caller.account, now_us}, write, shift),
      now_us, *response.mutable_agent());
  uses_.on_change(call.caller.shop);
}

}  // namespace redress::aftersales
