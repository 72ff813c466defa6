#pragma once

#include <grpcpp/channel.h>

#include <memory>

#include "redress/aftersales/v1/workflow_service.grpc.pb.h"
#include "services/desk/domain/notification_rule.h"
#include "services/platform/server/call.h"

namespace redress::desk {

// Asks aftersales, for the caller, which events and states a kind of case has: a rule that names
// another would never see anything.
class WorkflowNames {
 public:
  explicit WorkflowNames(const std::shared_ptr<grpc::Channel>& aftersales);

  // Throws InvalidField for a kind, event or state that there is not.
  void Check(const platform::Call& call, const NotificationRule& rule) const;

 private:
  const std::unique_ptr<aftersales::v1::WorkflowService::Stub> stub_;
};

}  // namespace redress::desk
