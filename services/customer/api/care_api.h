#pragma once

#include "redress/customer/v1/care_service.grpc.pb.h"
#include "services/customer/domain/care.h"
#include "services/customer/domain/rule_questions.h"
#include "services/platform/server/guard.h"

namespace redress::customer {

// CareService: what a shop does for customers unasked.
class CareApi final : public v1::CareService::CallbackService {
 public:
  struct Uses {
    platform::Guard& guard;
    CareRepository& care;
    RuleQuestions& questions;
  };
  explicit CareApi(Uses uses) : uses_(uses) {}

  grpc::ServerUnaryReactor* SetCareRule(grpc::CallbackServerContext* context,
                                        const v1::SetCareRuleRequest* request,
                                        v1::SetCareRuleResponse* response) override;
  grpc::ServerUnaryReactor* ListCareRules(grpc::CallbackServerContext* context,
                                          const v1::ListCareRulesRequest* request,
                                          v1::ListCareRulesResponse* response) override;
  grpc::ServerWriteReactor<v1::TryCareRuleResponse>* TryCareRule(
      grpc::CallbackServerContext* context, const v1::TryCareRuleRequest* request) override;
  grpc::ServerUnaryReactor* AdoptShippedCareRules(
      grpc::CallbackServerContext* context, const v1::AdoptShippedCareRulesRequest* request,
      v1::AdoptShippedCareRulesResponse* response) override;
  grpc::ServerUnaryReactor* ReserveContact(grpc::CallbackServerContext* context,
                                           const v1::ReserveContactRequest* request,
                                           v1::ReserveContactResponse* response) override;
  grpc::ServerUnaryReactor* SetCareWishes(grpc::CallbackServerContext* context,
                                          const v1::SetCareWishesRequest* request,
                                          v1::SetCareWishesResponse* response) override;
  grpc::ServerUnaryReactor* GetCareWishes(grpc::CallbackServerContext* context,
                                          const v1::GetCareWishesRequest* request,
                                          v1::GetCareWishesResponse* response) override;
  grpc::ServerUnaryReactor* ListCareTasks(grpc::CallbackServerContext* context,
                                          const v1::ListCareTasksRequest* request,
                                          v1::ListCareTasksResponse* response) override;
  grpc::ServerUnaryReactor* ClaimCareTask(grpc::CallbackServerContext* context,
                                          const v1::ClaimCareTaskRequest* request,
                                          v1::ClaimCareTaskResponse* response) override;
  grpc::ServerUnaryReactor* ReleaseCareTask(grpc::CallbackServerContext* context,
                                            const v1::ReleaseCareTaskRequest* request,
                                            v1::ReleaseCareTaskResponse* response) override;
  grpc::ServerUnaryReactor* FinishCareTask(grpc::CallbackServerContext* context,
                                           const v1::FinishCareTaskRequest* request,
                                           v1::FinishCareTaskResponse* response) override;
  grpc::ServerUnaryReactor* SkipCareTask(grpc::CallbackServerContext* context,
                                         const v1::SkipCareTaskRequest* request,
                                         v1::SkipCareTaskResponse* response) override;

 private:
  const Uses uses_;
};

}  // namespace redress::customer
