#pragma once

#include <span>
#include <vector>

#include "services/desk/domain/message.h"
#include "services/platform/database/connection.h"
#include "services/platform/sealing/sealer.h"

namespace redress::desk {

// Rows selected by REDRESS_MESSAGE_COLUMNS behind shop_id, their contents opened.
std::vector<Message> ReadMessages(platform::Connection& db, platform::Sealer& sealer,
                                  platform::Result rows);
// Those that are there already, by case, rule and occasion, stay as they are.
void InsertMessages(platform::Connection& db, std::span<const Message> messages);
std::string SealContent(platform::Connection& db, platform::Sealer& sealer, const Message& of,
                        const MessageContent& content);

}  // namespace redress::desk
