#pragma once

#include "redress/aftersales/v1/workflow_service.grpc.pb.h"
#include "services/aftersales/api/commands.h"
#include "services/aftersales/domain/deadline_repository.h"
#include "services/aftersales/domain/shop_policies.h"
#include "services/platform/access/directory.h"
#include "services/platform/server/guard.h"

namespace redress::aftersales {

// WorkflowService: the machines as compiled, and the shop's deadline rules.
class WorkflowApi final : public v1::WorkflowService::CallbackService {
 public:
  WorkflowApi(platform::Guard& guard, platform::Directory& directory, DeadlineRepository& deadlines,
              ShopPolicies& policies, Commands& commands)
      : guard_(guard),
        directory_(directory),
        deadlines_(deadlines),
        policies_(policies),
        commands_(commands) {}

  grpc::ServerUnaryReactor* DescribeWorkflow(grpc::CallbackServerContext* context,
                                             const v1::DescribeWorkflowRequest* request,
                                             v1::DescribeWorkflowResponse* response) override;
  grpc::ServerUnaryReactor* ListDeadlineRules(grpc::CallbackServerContext* context,
                                              const v1::ListDeadlineRulesRequest* request,
                                              v1::ListDeadlineRulesResponse* response) override;
  grpc::ServerUnaryReactor* SetDeadlineRule(grpc::CallbackServerContext* context,
                                            const v1::SetDeadlineRuleRequest* request,
                                            v1::SetDeadlineRuleResponse* response) override;

 private:
  void Set(const platform::Call& call, const v1::SetDeadlineRuleRequest& request,
           v1::SetDeadlineRuleResponse& response);

  platform::Guard& guard_;
  platform::Directory& directory_;
  DeadlineRepository& deadlines_;
  ShopPolicies& policies_;
  Commands& commands_;
};

}  // namespace redress::aftersales
