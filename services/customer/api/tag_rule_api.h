#pragma once

#include <functional>
#include <string>
#include <utility>

#include "redress/customer/v1/tag_rule_service.grpc.pb.h"
#include "services/customer/domain/rule_questions.h"
#include "services/customer/domain/tag_rule.h"
#include "services/platform/server/guard.h"

namespace redress::customer {

// TagRuleService: the rules of tags.
class TagRuleApi final : public v1::TagRuleService::CallbackService {
 public:
  struct Uses {
    platform::Guard& guard;
    TagRuleRepository& rules;
    RuleQuestions& questions;
    std::function<std::string(ShopId)> currency_of;
  };
  explicit TagRuleApi(Uses uses) : uses_(std::move(uses)) {}

  grpc::ServerUnaryReactor* ListFacts(grpc::CallbackServerContext* context,
                                      const v1::ListFactsRequest* request,
                                      v1::ListFactsResponse* response) override;
  grpc::ServerUnaryReactor* SetTagRule(grpc::CallbackServerContext* context,
                                       const v1::SetTagRuleRequest* request,
                                       v1::SetTagRuleResponse* response) override;
  grpc::ServerWriteReactor<v1::TryTagRuleResponse>* TryTagRule(
      grpc::CallbackServerContext* context, const v1::TryTagRuleRequest* request) override;
  grpc::ServerUnaryReactor* SwitchTagRule(grpc::CallbackServerContext* context,
                                          const v1::SwitchTagRuleRequest* request,
                                          v1::SwitchTagRuleResponse* response) override;
  grpc::ServerUnaryReactor* GetTagRule(grpc::CallbackServerContext* context,
                                       const v1::GetTagRuleRequest* request,
                                       v1::GetTagRuleResponse* response) override;
  grpc::ServerUnaryReactor* ListTagRules(grpc::CallbackServerContext* context,
                                         const v1::ListTagRulesRequest* request,
                                         v1::ListTagRulesResponse* response) override;
  grpc::ServerUnaryReactor* ListTagRuleVersions(grpc::CallbackServerContext* context,
                                                const v1::ListTagRuleVersionsRequest* request,
                                                v1::ListTagRuleVersionsResponse* response) override;
  grpc::ServerUnaryReactor* AdoptShippedRules(grpc::CallbackServerContext* context,
                                              const v1::AdoptShippedRulesRequest* request,
                                              v1::AdoptShippedRulesResponse* response) override;

 private:
  const Uses uses_;
};

}  // namespace redress::customer
