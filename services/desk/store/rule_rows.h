#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "services/desk/domain/notification_rule.h"
#include "services/platform/database/connection.h"

namespace redress::desk {

// Rules beyond it are not looked at; SetNotificationRule refuses to make one more.
inline constexpr std::size_t kMostRules = 100;

std::optional<NotificationRule> FindRule(platform::Connection& db, ShopId shop,
                                         const std::string& code);
// Locked until the transaction ends.
std::optional<NotificationRule> LockRule(platform::Connection& db, ShopId shop,
                                         const std::string& code);
std::vector<NotificationRule> RulesThatAreOn(platform::Connection& db, ShopId shop);
std::vector<NotificationRule> ReadRules(platform::Result rows);
void WriteRule(platform::Connection& db, const NotificationRule& rule);

}  // namespace redress::desk
