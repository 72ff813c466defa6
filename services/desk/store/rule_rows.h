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
std::optional<NotificationRule> FindInvitingRule(platform::Connection& db, ShopId shop,
                                                 PhraseId phrase);
// Locked until the transaction ends.
std::optional<NotificationRule> LockRule(platform::Connection& db, ShopId shop,
                                         const std::string& code);
std::vector<NotificationRule> RulesThatAreOn(platform::Connection& db, ShopId shop);
std::vector<NotificationRule> ReadRules(platform::Result rows);
// DatabaseError kDuplicateKey where there is one of that code.
void InsertRule(platform::Connection& db, const NotificationRule& rule);
void UpdateRule(platform::Connection& db, const NotificationRule& rule);

}  // namespace redress::desk
