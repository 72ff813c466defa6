#pragma once

#include <span>
#include <vector>

#include "services/desk/domain/message.h"
#include "services/platform/database/connection.h"
#include "services/platform/sealing/sealer.h"

namespace redress::desk {

// Rows selected by REDRESS_MESSAGE_COLUMNS behind shop_id, their contents opened. One whose content
// does not open is marked as damaged.
std::vector<Message> ReadMessages(platform::Connection& db, platform::Sealer& sealer,
                                  platform::Result rows);
// Those that are there already, by case, rule and occasion, stay as they are.
void InsertMessages(platform::Connection& db, std::span<const Message> messages);
// None of what waits goes to a customer who asked not to be contacted.
void SuppressWaiting(platform::Connection& db, ShopId shop, CustomerId customer,
                     std::int64_t now_us);
std::string SealContent(platform::Connection& db, platform::Sealer& sealer, const Message& of,
                        const MessageContent& content);

}  // namespace redress::desk
