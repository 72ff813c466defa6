#pragma once

#include <vector>

#include "services/aftersales/api/commands.h"
#include "services/platform/config/config.h"
#include "services/platform/events/nats_connection.h"
#include "services/platform/server/parts.h"

namespace redress::aftersales {

std::vector<platform::ConfigKey> WebhookConfigKeys();

// What becomes of cases goes out to other people's systems. Adds its service, starts and stops.
void AddWebhooks(platform::Parts& parts, Commands& commands, platform::NatsConnection& nats);

}  // namespace redress::aftersales
