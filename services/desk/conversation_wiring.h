#pragma once

#include "services/platform/server/service_main.h"

namespace redress::desk {

// Conversations, and the desk's own events that tell of them.
void AddConversations(platform::Parts& parts);

}  // namespace redress::desk
