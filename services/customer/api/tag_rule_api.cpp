#include "services/customer/api/tag_rule_api.h"

#include "services/customer/api/person_mapping.h"
#include "services/customer/api/tag_mapping.h"
#include "services/customer/domain/rules/fact_catalogue.h"
#include "services/platform/base/errors.h"
#include "services/platform/paging/paging.h"

namespace redress::customer {

using platform::Call;
using platform::ParseId;

namespace {

void ToProto(const RuleTrial& from, v1::TryTagRuleResponse& to) {
  to.Clear();
  to.set_scanned(from.scanned);
  to.set_gains(from.gains);
  to.set_losses(from.losses);
  to.set_matches(from.matches);
  for (const CustomerId id : from.gaining) to.add_gaining_customer_ids(platform::ToString(id));
  for (const CustomerId id : from.losing) to.add_losing_customer_ids(platform::ToString(id));
  to.set_done(from.done);
}

}  // namespace

grpc::ServerUnaryReactor* TagRuleApi::ListFacts(grpc::CallbackServerContext* context,
                                                const v1::ListFactsRequest* request,
                                                v1::ListFactsResponse* response) {
  return uses_.guard.Blocking(
      context, request, response,
      [](const Call&, const v1::ListFactsRequest&, v1::ListFactsResponse& response) {
        for (const rules::Fact& fact : rules::Facts()) {
          v1::FactDefinition& added = *response.add_facts();
          added.set_name(std::string(fact.name));
          added.set_type(std::string(rules::TypeName(fact.type)));
          added.set_takes_text(fact.takes_text);
          added.set_meaning_zh(std::string(fact.says_zh));
          added.set_meaning_en(std::string(fact.says_en));
        }
      });
}

grpc::ServerUnaryReactor* TagRuleApi::SetTagRule(grpc::CallbackServerContext* context,
                                                 const v1::SetTagRuleRequest* request,
                                                 v1::SetTagRuleResponse* response) {
  return uses_.guard.Blocking(
      context, request, response,
      [this](const Call& call, const v1::SetTagRuleRequest& request,
             v1::SetTagRuleResponse& response) {
        ToProto(uses_.rules.Set(MakeWrite(call, request.request_id(), request), request.tag_code(),
                                request.version(), request.expression()),
                *response.mutable_rule());
      });
}

grpc::ServerWriteReactor<v1::TryTagRuleResponse>* TagRuleApi::TryTagRule(
    grpc::CallbackServerContext* context, const v1::TryTagRuleRequest* request) {
  return uses_.guard.Streaming<v1::TryTagRuleResponse>(
      context, request,
      [this](const Call& call, const v1::TryTagRuleRequest& request,
             platform::StreamWriter<v1::TryTagRuleResponse>& writer) {
        const ShopId shop = call.caller.shop;
        const TagRule rule = uses_.rules.Get(shop, request.tag_code());
        if (rule.version != request.version()) {
          throw platform::VersionConflict(request.version(), rule.version);
        }
        v1::TryTagRuleResponse progress;
        const RuleTrial trial =
            uses_.questions.Try(shop, rule.tag, rule.expression, [&](const RuleTrial& so_far) {
              if (so_far.done) return true;
              ToProto(so_far, progress);
              return writer.Write(progress);
            });
        if (!trial.done) return;
        uses_.rules.MarkTried(MakeWrite(call, request.request_id(), request), rule.tag,
                              rule.version);
        ToProto(trial, progress);
        writer.Write(progress);
      });
}

grpc::ServerUnaryReactor* TagRuleApi::SwitchTagRule(grpc::CallbackServerContext* context,
                                                    const v1::SwitchTagRuleRequest* request,
                                                    v1::SwitchTagRuleResponse* response) {
  return uses_.guard.Blocking(
      context, request, response,
      [this](const Call& call, const v1::SwitchTagRuleRequest& request,
             v1::SwitchTagRuleResponse& response) {
        ToProto(uses_.rules.Switch(MakeWrite(call, request.request_id(), request),
                                   request.tag_code(), request.version(), request.on()),
                *response.mutable_rule());
      });
}

grpc::ServerUnaryReactor* TagRuleApi::GetTagRule(grpc::CallbackServerContext* context,
                                                 const v1::GetTagRuleRequest* request,
                                                 v1::GetTagRuleResponse* response) {
  return uses_.guard.Blocking(context, request, response,
                              [this](const Call& call, const v1::GetTagRuleRequest& request,
                                     v1::GetTagRuleResponse& response) {
                                ToProto(uses_.rules.Get(call.caller.shop, request.tag_code()),
                                        *response.mutable_rule());
                              });
}

grpc::ServerUnaryReactor* TagRuleApi::ListTagRules(grpc::CallbackServerContext* context,
                                                   const v1::ListTagRulesRequest* request,
                                                   v1::ListTagRulesResponse* response) {
  return uses_.guard.Blocking(
      context, request, response,
      [this](const Call& call, const v1::ListTagRulesRequest&, v1::ListTagRulesResponse& response) {
        for (const TagRule& rule : uses_.rules.List(call.caller.shop)) {
          ToProto(rule, *response.add_rules());
        }
      });
}

grpc::ServerUnaryReactor* TagRuleApi::ListTagRuleVersions(
    grpc::CallbackServerContext* context, const v1::ListTagRuleVersionsRequest* request,
    v1::ListTagRuleVersionsResponse* response) {
  return uses_.guard.Blocking(
      context, request, response,
      [this](const Call& call, const v1::ListTagRuleVersionsRequest& request,
             v1::ListTagRuleVersionsResponse& response) {
        const platform::PageQuery page("ListTagRuleVersions", call.caller.shop,
                                       {request.tag_code()});
        const auto before = page.Decode(request.page_token(), 1);
        const std::size_t size = platform::PageSize(request.page_size());
        auto versions =
            uses_.rules.Versions(call.caller.shop, request.tag_code(),
                                 before ? static_cast<std::uint32_t>(before->at(0)) : 0, size + 1);
        if (versions.size() > size) {
          versions.pop_back();
          response.set_next_page_token(page.Encode({versions.back().version}));
        }
        for (const TagRule& version : versions) ToProto(version, *response.add_versions());
      });
}

grpc::ServerUnaryReactor* TagRuleApi::AdoptShippedRules(grpc::CallbackServerContext* context,
                                                        const v1::AdoptShippedRulesRequest* request,
                                                        v1::AdoptShippedRulesResponse* response) {
  return uses_.guard.Blocking(context, request, response,
                              [this](const Call& call, const v1::AdoptShippedRulesRequest& request,
                                     v1::AdoptShippedRulesResponse& response) {
                                const std::vector<std::string> codes(request.tag_codes().begin(),
                                                                     request.tag_codes().end());
                                const auto adopted = uses_.rules.Adopt(
                                    MakeWrite(call, request.request_id(), request), codes,
                                    uses_.currency_of(call.caller.shop));
                                for (const TagRule& rule : adopted)
                                  ToProto(rule, *response.add_rules());
                              });
}

}  // namespace redress::customer
