#pragma once

// The rules and phrases that ship.

#include <span>
#include <string_view>

#include "services/desk/domain/notification_rule.h"

namespace redress::desk {

struct DefaultNotification {
  std::string_view code = {};
  std::string_view event = {};
  std::string_view state = {};
  std::string_view outcome = {};
  std::int64_t delay_us = 0;
  std::uint32_t quiet_days = 0;
  std::uint32_t minimum_score = 0;
  bool invites_review = false;
  std::string_view name_zh = {};
  std::string_view text_zh = {};
  std::string_view name_en = {};
  std::string_view text_en = {};
};

// All of refund cases, by hand in the platform's chat.
std::span<const DefaultNotification> DefaultNotifications();

// The rule and the phrase in one of the two languages; without ids and times.
NotificationRule RuleOf(const DefaultNotification& from);
Phrase PhraseOf(const DefaultNotification& from, std::string_view language);

}  // namespace redress::desk
