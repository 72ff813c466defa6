#pragma once

#include "redress/aftersales/v1/webhook_service.pb.h"
#include "services/aftersales/domain/webhook.h"

namespace redress::aftersales {

void ToProto(const Webhook& from, v1::Webhook& to);
void ToProto(const WebhookDelivery& from, v1::WebhookDelivery& to);

}  // namespace redress::aftersales
