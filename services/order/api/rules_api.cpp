#include "services/order/api/rules_api.h"

#include <algorithm>

#include "services/order/api/write.h"
#include "services/platform/base/errors.h"

namespace redress::order {
namespace {

void ToProto(const OrderRules& rules, v1::OrderRules& out) {
  out.set_stuck_after_hours(rules.stuck_after_hours);
  out.set_reminder_window_hours(rules.reminder_window_hours);
  out.set_most_reminders(rules.most_reminders);
  for (const std::string& step : rules.next_steps) out.add_next_steps(step);
  out.set_has_carrier_salt(rules.has_carrier_salt);
  out.set_etag(std::to_string(rules.version));
}

void CheckSteps(const v1::OrderRules& rules) {
  for (int i = 0; i < rules.next_steps_size(); ++i) {
    const std::string& step = rules.next_steps(i);
    const bool holds_separator =
        step.find('|') != std::string::npos || step.find("｜") != std::string::npos ||
        std::any_of(step.begin(), step.end(), [](char c) { return c >= 0 && c < ' '; });
    if (step.empty() || holds_separator) {
      throw platform::InvalidField("rules.next_steps[" + std::to_string(i) + "]",
                                   "is empty, or holds a bar or a line break, which memos part "
                                   "their fields by; leave them out");
    }
  }
}

}  // namespace

grpc::ServerUnaryReactor* RulesApi::GetOrderRules(grpc::CallbackServerContext* context,
                                                  const v1::GetOrderRulesRequest* request,
                                                  v1::GetOrderRulesResponse* response) {
  return uses_.guard.Blocking(context, request, response,
                              [this](const Call& call, const auto& request, auto& response) {
                                Answer(call, request, response);
                              });
}

grpc::ServerUnaryReactor* RulesApi::SetOrderRules(grpc::CallbackServerContext* context,
                                                  const v1::SetOrderRulesRequest* request,
                                                  v1::SetOrderRulesResponse* response) {
  return uses_.guard.Blocking(context, request, response,
                              [this](const Call& call, const auto& request, auto& response) {
                                Answer(call, request, response);
                              });
}

grpc::ServerUnaryReactor* RulesApi::SetCarrierSalt(grpc::CallbackServerContext* context,
                                                   const v1::SetCarrierSaltRequest* request,
                                                   v1::SetCarrierSaltResponse* response) {
  return uses_.guard.Blocking(context, request, response,
                              [this](const Call& call, const auto& request, auto& response) {
                                Answer(call, request, response);
                              });
}

void RulesApi::Answer(const Call& call, const v1::GetOrderRulesRequest& /*request*/,
                      v1::GetOrderRulesResponse& response) {
  ToProto(uses_.rules.Find(call.caller.shop), *response.mutable_rules());
}

void RulesApi::Answer(const Call& call, const v1::SetOrderRulesRequest& request,
                      v1::SetOrderRulesResponse& response) {
  CheckSteps(request.rules());
  OrderRules rules;
  rules.stuck_after_hours = request.rules().stuck_after_hours();
  rules.reminder_window_hours = request.rules().reminder_window_hours();
  rules.most_reminders = request.rules().most_reminders();
  rules.next_steps.assign(request.rules().next_steps().begin(), request.rules().next_steps().end());
  rules.version = ParseEtag(request.etag());
  ToProto(uses_.rules.Set(MakeWrite(call, request.request_id(), request), rules),
          *response.mutable_rules());
}

void RulesApi::Answer(const Call& call, const v1::SetCarrierSaltRequest& request,
                      v1::SetCarrierSaltResponse& /*response*/) {
  v1::SetCarrierSaltRequest asked = request;
  asked.clear_salt();
  uses_.rules.SetCarrierSalt(MakeWrite(call, request.request_id(), asked), request.salt());
}

}  // namespace redress::order
