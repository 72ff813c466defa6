#include "services/aftersales/api/queue_api.h"

#include <map>
#include <set>
#include <string>

#include "google/rpc/status.pb.h"
#include "services/aftersales/api/answering.h"
#include "services/aftersales/api/assignees.h"
#include "services/aftersales/api/mapping.h"
#include "services/aftersales/domain/case_kind.h"
#include "services/aftersales/domain/claim.h"
#include "services/aftersales/domain/many_commands.h"
#include "services/platform/server/status.h"
#include "services/platform/telemetry/log.h"
#include "workflows/refund/refund.h"

namespace redress::aftersales {
namespace {

using platform::Call;
using platform::Code;
using platform::ParseId;
using platform::ParseOptionalId;
using platform::Refusal;
namespace refund = workflows::refund;

// Each keeps a thread of the service busy for as long as its cases take.
constexpr int kMostAtOnce = 4;

// A place among the calls over many cases; throws RESOURCE_EXHAUSTED when there is none.
class Place {
 public:
  explicit Place(std::atomic<int>& taken) : taken_(taken) {
    if (++taken_ <= kMostAtOnce) return;
    --taken_;
    throw Refusal(Code::kResourceExhausted, "BULK_BUSY",
                  "Too many actions over many cases are under way; try again in a moment.")
        .RetryAfter(500 * platform::kMillisecondUs);
  }
  ~Place() { --taken_; }
  Place(const Place&) = delete;
  Place& operator=(const Place&) = delete;

 private:
  std::atomic<int>& taken_;
};

std::string RequestIdFor(const std::string& request_id, CaseId of) {
  return request_id + ":" + platform::ToString(of);
}

google::rpc::Status ErrorOf(const Verdict& verdict, const Call& call) {
  grpc::Status status;
  try {
    AnswerOf(verdict, "");
  } catch (const Refusal& refusal) {
    status = platform::ToStatus(refusal, call.language);
  } catch (const std::exception& error) {
    platform::LogError("a command of many failed", {{"cause", error.what()}});
    status = platform::InternalStatus(call.trace_id);
  }
  google::rpc::Status rpc;
  if (!rpc.ParseFromString(status.error_details()) || rpc.code() == 0) {
    rpc.set_code(status.error_code());
    rpc.set_message(status.error_message());
  }
  return rpc;
}

void CheckEachOnce(const v1::BulkApplyRequest& request) {
  std::set<std::string> seen;
  for (int i = 0; i < request.cases_size(); ++i) {
    if (seen.insert(request.cases(i).case_id()).second) continue;
    throw platform::InvalidField("cases[" + std::to_string(i) + "].case_id",
                                 "is in the list already; name every case once");
  }
}

// What each command's digest covers beside its case: the action, without the other cases.
v1::BulkApplyRequest ActionOnly(const v1::BulkApplyRequest& request) {
  v1::BulkApplyRequest action = request;
  action.clear_cases();
  action.clear_note();
  return action;
}

}  // namespace

grpc::ServerUnaryReactor* QueueApi::ClaimNextCase(grpc::CallbackServerContext* context,
                                                  const v1::ClaimNextCaseRequest* request,
                                                  v1::ClaimNextCaseResponse* response) {
  return uses_.guard.Blocking(
      context, request, response,
      [this](const Call& call, const v1::ClaimNextCaseRequest& request,
             v1::ClaimNextCaseResponse& response) {
        const auto claim = uses_.commands.Make(call, request.request_id(), request, "");
        const auto answer = ClaimNext(uses_.cases, uses_.engine, *claim, request.state());
        if (answer) ToProto(answer->after, *response.mutable_case_());
      });
}

grpc::ServerUnaryReactor* QueueApi::HandOverCases(grpc::CallbackServerContext* context,
                                                  const v1::HandOverCasesRequest* request,
                                                  v1::HandOverCasesResponse* response) {
  return uses_.guard.Blocking(
      context, request, response,
      [this](const Call& call, const v1::HandOverCasesRequest& request,
             v1::HandOverCasesResponse& response) { HandOver(call, request, response); });
}

void QueueApi::HandOver(const Call& call, const v1::HandOverCasesRequest& request,
                        v1::HandOverCasesResponse& response) {
  const Place place(many_under_way_);
  const auto from = ParseId<AccountId>(request.from_account_id(), "from_account_id");
  const auto to = ParseOptionalId<AccountId>(request.to_account_id(), "to_account_id");
  CheckAssignee(uses_.directory, call.caller.shop, to, "to_account_id");
  if (from == to) {
    throw platform::InvalidField("to_account_id", "has the cases already; name somebody else");
  }
  v1::HandOverCasesRequest plain = request;
  plain.clear_note();
  const std::size_t limit = request.page_size() == 0 ? kMostCommands : request.page_size();
  const HandOverPlan plan = uses_.plans.Plan(
      call.caller.shop, uses_.commands.MakeWrite(call, request.request_id(), plain, request.note()),
      {from, uses_.directory.Find(from, call.caller.shop).has_value()}, limit, call.clock.NowUs());
  std::vector<std::unique_ptr<Command>> commands;
  commands.reserve(plan.cases.size());
  for (const CaseId id : plan.cases) {
    auto command =
        uses_.commands.Make(call, RequestIdFor(request.request_id(), id), plain, request.note());
    command->case_id = id;
    command->body = AssignTo{to, from};
    commands.push_back(std::move(command));
  }
  Answer(call, std::move(commands), *response.mutable_results());
  response.set_more(plan.more);
}

grpc::ServerUnaryReactor* QueueApi::BulkApply(grpc::CallbackServerContext* context,
                                              const v1::BulkApplyRequest* request,
                                              v1::BulkApplyResponse* response) {
  return uses_.guard.Blocking(
      context, request, response,
      [this](const Call& call, const v1::BulkApplyRequest& request,
             v1::BulkApplyResponse& response) { Bulk(call, request, response); });
}

void QueueApi::Bulk(const Call& call, const v1::BulkApplyRequest& request,
                    v1::BulkApplyResponse& response) {
  const Place place(many_under_way_);
  CheckEachOnce(request);
  std::vector<CommandBody> bodies = BodiesOf(call, request);
  v1::BulkApplyRequest one = ActionOnly(request);
  std::vector<std::unique_ptr<Command>> commands;
  commands.reserve(bodies.size());
  for (std::size_t i = 0; i < bodies.size(); ++i) {
    const v1::SeenCase& seen = request.cases(static_cast<int>(i));
    const auto id = ParseId<CaseId>(seen.case_id(), "cases.case_id");
    one.clear_cases();
    *one.add_cases() = seen;
    auto command =
        uses_.commands.Make(call, RequestIdFor(request.request_id(), id), one, request.note());
    command->case_id = id;
    command->body = std::move(bodies[i]);
    RequireVersion(*command, seen.version());
    commands.push_back(std::move(command));
  }
  Answer(call, std::move(commands), *response.mutable_results());
}

std::vector<CommandBody> QueueApi::BodiesOf(const Call& call, const v1::BulkApplyRequest& request) {
  const auto same = [&](const CommandBody& body) {
    return std::vector<CommandBody>(static_cast<std::size_t>(request.cases_size()), body);
  };
  v1::RefundEvent event;
  switch (request.action_case()) {
    case v1::BulkApplyRequest::kAssign: {
      const auto assignee =
          ParseOptionalId<AccountId>(request.assign().assignee_id(), "assign.assignee_id");
      CheckAssignee(uses_.directory, call.caller.shop, assignee, "assign.assignee_id");
      return same(AssignTo{assignee});
    }
    case v1::BulkApplyRequest::kApprove:
      return Approvals(call, request);
    case v1::BulkApplyRequest::kRemind:
      return same(CallPerson{refund::PersonQueue::kAgents, std::string(kReminded)});
    case v1::BulkApplyRequest::kReject:
      *event.mutable_reject() = request.reject();
      break;
    case v1::BulkApplyRequest::kWithdraw:
      *event.mutable_withdraw() = request.withdraw();
      break;
    case v1::BulkApplyRequest::ACTION_NOT_SET:
      throw platform::InvalidField("action", "is missing; say what to do with the cases");
  }
  FireEvent fire;
  fire.event = ToEvent(event, fire.details);
  return same(std::move(fire));
}

// Which approval a case takes, and of how much, is read beforehand: the version that goes with it
// makes sure that it is still so when the command's turn comes.
std::vector<CommandBody> QueueApi::Approvals(const Call& call,
                                             const v1::BulkApplyRequest& request) {
  std::vector<CaseId> ids;
  for (const v1::SeenCase& seen : request.cases()) {
    ids.push_back(ParseId<CaseId>(seen.case_id(), "cases.case_id"));
  }
  std::map<CaseId, Case> found;
  for (Case& one : uses_.cases.FindMany(call.caller.shop, ids)) {
    const CaseId id = one.id;
    found.emplace(id, std::move(one));
  }
  const bool is_second = uses_.guard.MaySend(call.caller, v1::ApproveLarge::descriptor());
  std::vector<CommandBody> bodies;
  for (const CaseId id : ids) {
    const auto one = found.find(id);
    const bool is_refund = one != found.end() && one->second.IsRefund();
    const std::int64_t asked = is_refund ? one->second.Refund().amount_asked : 0;
    const bool waits =
        is_refund && StateTakes(kRefundKind, one->second.state, refund::ApproveLarge::kName);
    if (is_second && waits) {
      bodies.emplace_back(FireEvent{refund::ApproveLarge{}, {}});
    } else {
      bodies.emplace_back(FireEvent{refund::Approve{asked}, {}});
    }
  }
  return bodies;
}

void QueueApi::Answer(const Call& call, std::vector<std::unique_ptr<Command>> commands,
                      Results& results) {
  std::vector<CaseId> ids;
  ids.reserve(commands.size());
  for (const auto& command : commands) ids.push_back(command->case_id);
  const std::vector<Verdict> verdicts = ApplyMany(uses_.engine, std::move(commands));
  results.Reserve(static_cast<int>(verdicts.size()));
  for (std::size_t i = 0; i < verdicts.size(); ++i) {
    v1::CaseResult& result = *results.Add();
    result.set_case_id(platform::ToString(ids[i]));
    if (const auto* answer = std::get_if<aftersales::Answer>(&verdicts[i])) {
      ToProto(answer->after, *result.mutable_case_());
    } else {
      *result.mutable_error() = ErrorOf(verdicts[i], call);
    }
  }
}

}  // namespace redress::aftersales
