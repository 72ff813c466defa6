#pragma once

#include <functional>
#include <string>

#include "redress/desk/v1/notification_service.grpc.pb.h"
#include "services/desk/domain/channel.h"
#include "services/desk/domain/notification_rule.h"
#include "services/platform/server/guard.h"

namespace redress::desk {

// NotificationService: when buyers hear of their cases, and through what.
class NotificationApi final : public v1::NotificationService::CallbackService {
 public:
  struct Uses {
    platform::Guard& guard;
    RuleRepository& rules;
    HttpChannelRepository& channels;
    // Throws InvalidField for a kind, event or state that no workflow has.
    std::function<void(const platform::Call&, const NotificationRule&)> check_names;
    bool http_allowed = false;  // to this machine, for tests
  };
  explicit NotificationApi(Uses uses) : uses_(std::move(uses)) {}

  grpc::ServerUnaryReactor* ListNotificationRules(
      grpc::CallbackServerContext* context, const v1::ListNotificationRulesRequest* request,
      v1::ListNotificationRulesResponse* response) override;
  grpc::ServerUnaryReactor* SetNotificationRule(grpc::CallbackServerContext* context,
                                                const v1::SetNotificationRuleRequest* request,
                                                v1::SetNotificationRuleResponse* response) override;
  grpc::ServerUnaryReactor* UseDefaultNotifications(
      grpc::CallbackServerContext* context, const v1::UseDefaultNotificationsRequest* request,
      v1::UseDefaultNotificationsResponse* response) override;
  grpc::ServerUnaryReactor* GetHttpChannel(grpc::CallbackServerContext* context,
                                           const v1::GetHttpChannelRequest* request,
                                           v1::GetHttpChannelResponse* response) override;
  grpc::ServerUnaryReactor* SetHttpChannel(grpc::CallbackServerContext* context,
                                           const v1::SetHttpChannelRequest* request,
                                           v1::SetHttpChannelResponse* response) override;

 private:
  void List(const platform::Call& call, const v1::ListNotificationRulesRequest& request,
            v1::ListNotificationRulesResponse& response);

  const Uses uses_;
};

}  // namespace redress::desk
