// RulesService: what a shop settles about its orders.
#pragma once

#include <utility>

#include "redress/order/v1/rules_service.grpc.pb.h"
#include "services/order/domain/order_rules.h"
#include "services/platform/server/call.h"
#include "services/platform/server/guard.h"

namespace redress::order {

class RulesApi final : public v1::RulesService::CallbackService {
 public:
  // All outlive the api.
  struct Uses {
    platform::Guard& guard;
    RulesRepository& rules;
  };
  explicit RulesApi(Uses uses) : uses_(std::move(uses)) {}

  grpc::ServerUnaryReactor* GetOrderRules(grpc::CallbackServerContext* context,
                                          const v1::GetOrderRulesRequest* request,
                                          v1::GetOrderRulesResponse* response) override;
  grpc::ServerUnaryReactor* SetOrderRules(grpc::CallbackServerContext* context,
                                          const v1::SetOrderRulesRequest* request,
                                          v1::SetOrderRulesResponse* response) override;
  grpc::ServerUnaryReactor* SetCarrierSalt(grpc::CallbackServerContext* context,
                                           const v1::SetCarrierSaltRequest* request,
                                           v1::SetCarrierSaltResponse* response) override;

 private:
  using Call = platform::Call;

  void Answer(const Call& call, const v1::GetOrderRulesRequest& request,
              v1::GetOrderRulesResponse& response);
  void Answer(const Call& call, const v1::SetOrderRulesRequest& request,
              v1::SetOrderRulesResponse& response);
  void Answer(const Call& call, const v1::SetCarrierSaltRequest& request,
              v1::SetCarrierSaltResponse& response);

  Uses uses_;
};

}  // namespace redress::order
