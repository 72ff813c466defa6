#pragma once

#include <functional>

#include "redress/aftersales/v1/agent_service.grpc.pb.h"
#include "services/aftersales/api/commands.h"
#include "services/aftersales/domain/agent_repository.h"
#include "services/platform/access/directory.h"
#include "services/platform/server/guard.h"

namespace redress::aftersales {

// AgentService: how agents work, and who is on shift.
class AgentApi final : public v1::AgentService::CallbackService {
 public:
  struct Uses {
    platform::Guard& guard;
    platform::Directory& directory;
    AgentRepository& agents;
    Commands& commands;
    // Somebody can be given cases who could not, or takes other ones.
    std::function<void(ShopId)> on_change;
  };
  explicit AgentApi(Uses uses) : uses_(std::move(uses)) {}

  grpc::ServerUnaryReactor* ListAgents(grpc::CallbackServerContext* context,
                                       const v1::ListAgentsRequest* request,
                                       v1::ListAgentsResponse* response) override;
  grpc::ServerUnaryReactor* UpdateAgent(grpc::CallbackServerContext* context,
                                        const v1::UpdateAgentRequest* request,
                                        v1::UpdateAgentResponse* response) override;
  grpc::ServerUnaryReactor* SetShift(grpc::CallbackServerContext* context,
                                     const v1::SetShiftRequest* request,
                                     v1::SetShiftResponse* response) override;

 private:
  void List(const platform::Call& call, const v1::ListAgentsRequest& request,
            v1::ListAgentsResponse& response);
  void Update(const platform::Call& call, const v1::UpdateAgentRequest& request,
              v1::UpdateAgentResponse& response);
  void Set(const platform::Call& call, const v1::SetShiftRequest& request,
           v1::SetShiftResponse& response);

  const Uses uses_;
};

}  // namespace redress::aftersales
