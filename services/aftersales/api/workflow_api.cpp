#include "services/aftersales/api/workflow_api.h"

#include "services/aftersales/api/deadline_api.h"
#include "services/aftersales/api/deadline_mapping.h"
#include "services/aftersales/api/mapping.h"
#include "services/aftersales/domain/case_kind.h"
#include "services/platform/paging/paging.h"
#include "workflows/task/task.h"

namespace redress::aftersales {
namespace {

using platform::Call;

constexpr std::int64_t kDayS = 86'400;
constexpr std::int64_t kShortestS = 60;

DeadlineRuleRow RuleOf(const v1::SetDeadlineRuleRequest& request, std::int64_t now_us) {
  if (!DeadlineRules::IsKnown(request.rule(), request.condition())) {
    throw platform::InvalidField(
        "rule", "names, with its condition, no deadline rule; list the rules to see them");
  }
  if (!request.variant().empty() && !IsVariant(request.variant())) {
    throw platform::InvalidField("variant",
                                 "is no variant of a case; say one such as return_and_refund, "
                                 "exchange or platform_complaint, or leave it out");
  }
  if (!request.ended() && request.duration_seconds() < kShortestS) {
    throw platform::InvalidField("duration_seconds", "is less than 60; allow a minute or more");
  }
  DeadlineRuleRow rule;
  rule.rule = request.rule();
  rule.condition = request.condition();
  rule.scope = {request.platform(), request.variant()};
  rule.ended = request.ended();
  rule.effective_at = EffectiveAt(request.has_effective_time(), request.effective_time(), now_us);
  if (rule.ended) return rule;
  rule.duration_s = request.duration_seconds();
  rule.repeat_s = request.repeat_seconds() == 0 ? kDayS : request.repeat_seconds();
  rule.warn_s = rule.duration_s / 2;
  rule.calendar = request.calendar();
  return rule;
}

// A kind of case, or the warehouse task.
const workflows::Workflow* FindDescribed(const std::string& kind) {
  const workflows::Workflow& task = workflows::task::Describe();
  return kind == task.kind ? &task : FindWorkflow(kind);
}

}  // namespace

grpc::ServerUnaryReactor* WorkflowApi::DescribeWorkflow(grpc::CallbackServerContext* context,
                                                        const v1::DescribeWorkflowRequest* request,
                                                        v1::DescribeWorkflowResponse* response) {
  return guard_.Blocking(context, request, response,
                         [](const Call&, const v1::DescribeWorkflowRequest& request,
                            v1::DescribeWorkflowResponse& response) {
                           const workflows::Workflow* found = FindDescribed(request.kind());
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
            DeadlineRules(deadlines_.Settings(call.caller.shop)).All();
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
  const ShopId shop = call.caller.shop;
  const std::int64_t now_us = call.clock.NowUs();
  const DeadlineRuleRow rule = RuleOf(request, now_us);
  DeadlineSettings settings = deadlines_.Settings(shop);
  settings.zone = directory_.TimeZoneAt(shop, now_us);
  const DeadlineRules rules(std::move(settings));
  DatedChange change;
  change.request = commands_.MakeWrite(call, request.request_id(), request);
  change.request.check = [&] {
    CheckEffective(rule.effective_at, now_us);
    CheckWorkingTime(rules, rule);
  };
  if (request.has_version()) change.seen_version = request.version();
  change.set_by = call.caller.account;
  change.now_us = now_us;
  ToProto(deadlines_.SetRule(shop, change, rule), *response.mutable_rule());
  policies_.Forget(shop);
}

}  // namespace redress::aftersales
