#include "services/aftersales/api/workflow_api.h"

#include "services/aftersales/api/mapping.h"
#include "services/aftersales/domain/case_kind.h"
#include "services/platform/paging/paging.h"

namespace redress::aftersales {
namespace {

using platform::Call;

// Clocks of callers run a little behind.
constexpr std::int64_t kPastTolerated = 60 * platform::kSecondUs;
constexpr std::int64_t kDayS = 86'400;

}  // namespace

grpc::ServerUnaryReactor* WorkflowApi::DescribeWorkflow(grpc::CallbackServerContext* context,
                                                        const v1::DescribeWorkflowRequest* request,
                                                        v1::DescribeWorkflowResponse* response) {
  return guard_.Blocking(context, request, response,
                         [](const Call&, const v1::DescribeWorkflowRequest& request,
                            v1::DescribeWorkflowResponse& response) {
                           const workflows::Workflow* found = FindWorkflow(request.kind());
                           if (found == nullptr) {
                             throw platform::NotFound("workflow", request.kind());
                           }
                           ToProto(*found, *response.mutable_workflow());
                         });
}

grpc::ServerUnaryReactor* WorkflowApi::ListDeadlineRules(
    grpc::CallbackServerContext* context, const v1::ListDeadlineRulesRequest* request,
    v1::ListDeadlineRulesResponse* response) {
  return guard_.Blocking(
      context, request, response,
      [this](const Call& call, const v1::ListDeadlineRulesRequest& request,
             v1::ListDeadlineRulesResponse& response) {
        const platform::PageQuery page("ListDeadlineRules", call.caller.shop);
        const auto token = page.Decode(request.page_token(), 1);
        const std::size_t begin = token ? token->at(0) : 0;
        const std::size_t size = platform::PageSize(request.page_size(), 200, 1000);
        const std::vector<DeadlineRuleRow> rules =
            DeadlineRules(deadlines_.OwnRules(call.caller.shop)).All();
        for (std::size_t i = begin; i < rules.size() && i < begin + size; ++i) {
          ToProto(rules[i], *response.add_rules());
        }
        if (begin + size < rules.size()) {
          response.set_next_page_token(page.Encode({std::uint64_t{begin + size}}));
        }
      });
}

grpc::ServerUnaryReactor* WorkflowApi::SetDeadlineRule(grpc::CallbackServerContext* context,
                                                       const v1::SetDeadlineRuleRequest* request,
                                                       v1::SetDeadlineRuleResponse* response) {
  return guard_.Blocking(
      context, request, response,
      [this](const Call& call, const v1::SetDeadlineRuleRequest& request,
             v1::SetDeadlineRuleResponse& response) { Set(call, request, response); });
}

void WorkflowApi::Set(const Call& call, const v1::SetDeadlineRuleRequest& request,
                      v1::SetDeadlineRuleResponse& response) {
  const std::int64_t now_us = call.clock.NowUs();
  if (!DeadlineRules::IsKnown(request.rule(), request.condition())) {
    throw platform::InvalidField(
        "rule", "names, with its condition, no deadline rule; list the rules to see them");
  }
  DeadlineRuleRow rule;
  rule.rule = request.rule();
  rule.condition = request.condition();
  rule.duration_s = request.duration_seconds();
  rule.repeat_s = request.repeat_seconds() == 0 ? kDayS : request.repeat_seconds();
  rule.warn_s = rule.duration_s / 2;
  rule.effective_at = now_us;
  if (request.has_effective_time()) {
    const std::int64_t asked = TimeOf(request.effective_time());
    if (asked < now_us - kPastTolerated) {
      throw platform::InvalidField("effective_time",
                                   "lies in the past; leave it out for now, or name a later time");
    }
    rule.effective_at = asked;
  }
  const auto write = commands_.MakeWrite(call, request.request_id(), request);
  ToProto(deadlines_.SetRule(call.caller.shop, write, rule, call.caller.account, now_us),
          *response.mutable_rule());
  policies_.Forget(call.caller.shop);
}

}  // namespace redress::aftersales
