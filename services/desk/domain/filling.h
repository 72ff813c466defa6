#pragma once

// The decisions about one message before it goes to its channel; pure.

#include <string>

#include "services/desk/domain/case_facts.h"
#include "services/desk/domain/notification_rule.h"
#include "services/desk/domain/phrase_text.h"
#include "services/platform/time_zone/time_zone.h"

namespace redress::desk {

// The values of all variables; empty where the case has none. Amounts are written as the language
// does, dates are days of the shop's zone.
PhraseValues ValuesOf(const CaseFacts& facts, const std::string& language,
                      const platform::TimeZone& zone);

// Why the message is not to be sent; empty where nothing speaks against it. `rule` is the one that
// asked for it, as it is now; of one sent by hand the rule that invites to review with its phrase,
// null where none does.
std::string WhySuppressed(const Message& message, const NotificationRule* rule,
                          const CaseFacts& facts, std::int64_t now_us);

// Whether the rule tells what nobody asked for: it says how long people are left in peace, or it
// invites to review. What answers a buyer needs no leave.
bool IsUnasked(const NotificationRule& rule);

// The quiet days to ask for leave with, of a message that needs it. `last_contact_at` is when a
// message about the same case last had leave: what follows from it, as the invitation does from a
// good answer to the follow-up, is not kept quiet by it, but by what came after. Days are whole:
// what came within one day after it does not count either.
std::uint32_t QuietDaysToAsk(const Message& message, const NotificationRule& rule,
                             std::int64_t last_contact_at, std::int64_t now_us);

// How long after it should have gone out a message still makes sense.
inline constexpr std::int64_t kMostLateUs = std::int64_t{72} * 3600 * 1'000'000;

}  // namespace redress::desk
