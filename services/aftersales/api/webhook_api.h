#pragma once

#include <functional>

#include "redress/aftersales/v1/webhook_service.grpc.pb.h"
#include "services/aftersales/api/commands.h"
#include "services/aftersales/domain/webhooks.h"
#include "services/platform/server/guard.h"

namespace redress::aftersales {

// WebhookService: other people's systems are told what becomes of cases.
class WebhookApi final : public v1::WebhookService::CallbackService {
 public:
  struct Uses {
    platform::Guard& guard;
    Webhooks& webhooks;
    WebhookRepository& rows;
    WebhookDeliveryRepository& deliveries;
    Commands& commands;
    // Something is due that was not before.
    std::function<void()> on_due;
    // There is something to forget.
    std::function<void()> on_deleted;
  };
  explicit WebhookApi(Uses uses) : uses_(std::move(uses)) {}

  grpc::ServerUnaryReactor* ListWebhookEventTypes(
      grpc::CallbackServerContext* context, const v1::ListWebhookEventTypesRequest* request,
      v1::ListWebhookEventTypesResponse* response) override;
  grpc::ServerUnaryReactor* CreateWebhook(grpc::CallbackServerContext* context,
                                          const v1::CreateWebhookRequest* request,
                                          v1::CreateWebhookResponse* response) override;
  grpc::ServerUnaryReactor* ListWebhooks(grpc::CallbackServerContext* context,
                                         const v1::ListWebhooksRequest* request,
                                         v1::ListWebhooksResponse* response) override;
  grpc::ServerUnaryReactor* GetWebhook(grpc::CallbackServerContext* context,
                                       const v1::GetWebhookRequest* request,
                                       v1::GetWebhookResponse* response) override;
  grpc::ServerUnaryReactor* UpdateWebhook(grpc::CallbackServerContext* context,
                                          const v1::UpdateWebhookRequest* request,
                                          v1::UpdateWebhookResponse* response) override;
  grpc::ServerUnaryReactor* DeleteWebhook(grpc::CallbackServerContext* context,
                                          const v1::DeleteWebhookRequest* request,
                                          v1::DeleteWebhookResponse* response) override;
  grpc::ServerUnaryReactor* PauseWebhook(grpc::CallbackServerContext* context,
                                         const v1::PauseWebhookRequest* request,
                                         v1::PauseWebhookResponse* response) override;
  grpc::ServerUnaryReactor* ResumeWebhook(grpc::CallbackServerContext* context,
                                          const v1::ResumeWebhookRequest* request,
                                          v1::ResumeWebhookResponse* response) override;
  grpc::ServerUnaryReactor* RotateWebhookSecret(grpc::CallbackServerContext* context,
                                                const v1::RotateWebhookSecretRequest* request,
                                                v1::RotateWebhookSecretResponse* response) override;
  grpc::ServerUnaryReactor* SendTestEvent(grpc::CallbackServerContext* context,
                                          const v1::SendTestEventRequest* request,
                                          v1::SendTestEventResponse* response) override;
  grpc::ServerUnaryReactor* ListWebhookDeliveries(
      grpc::CallbackServerContext* context, const v1::ListWebhookDeliveriesRequest* request,
      v1::ListWebhookDeliveriesResponse* response) override;
  grpc::ServerUnaryReactor* ReplayWebhookDelivery(
      grpc::CallbackServerContext* context, const v1::ReplayWebhookDeliveryRequest* request,
      v1::ReplayWebhookDeliveryResponse* response) override;
  grpc::ServerUnaryReactor* ReplayDeadLetters(grpc::CallbackServerContext* context,
                                              const v1::ReplayDeadLettersRequest* request,
                                              v1::ReplayDeadLettersResponse* response) override;

 private:
  const Uses uses_;
};

}  // namespace redress::aftersales
