#include "services/desk/domain/filling.h"

#include <algorithm>

#include "services/platform/base/clock.h"

namespace redress::desk {
namespace {

std::string AmountText(const platform::Money& amount, const std::string& language) {
  if (amount.currency.empty()) return {};
  std::string text = platform::ToString(amount);
  if (language != "zh" || amount.currency != "CNY") return text;
  return text.substr(0, text.size() - amount.currency.size()) + "元";
}

}  // namespace

PhraseValues ValuesOf(const CaseFacts& facts, const std::string& language,
                      const platform::TimeZone& zone) {
  return {
      {"customer_nick", facts.customer_nick},
      {"order_id", facts.order_number},
      {"case_number", std::to_string(facts.number)},
      {"item", facts.item},
      {"amount", AmountText(facts.amount, language)},
      {"carrier", facts.carrier},
      {"tracking", facts.tracking},
      {"due_date", facts.due_at == 0 ? "" : platform::DayText(zone.DayOf(facts.due_at))},
  };
}

std::string WhySuppressed(const Message& message, const NotificationRule* rule,
                          const CaseFacts& facts, std::int64_t now_us) {
  if (facts.contact_refused) return reasons::kContactRefused;
  const bool by_hand = message.rule_code.empty();
  if (by_hand && rule == nullptr) return {};
  if (!by_hand) {
    if (rule == nullptr || !rule->enabled) return reasons::kRuleOff;
    if (now_us - message.asked_at > kMostLateUs) return reasons::kTooLate;
    // What was to be said later is not said to a case that has left the state meanwhile.
    if (rule->delay_us > 0 && !rule->state.empty() && rule->state != facts.state) {
      return reasons::kCaseMovedOn;
    }
  }
  if (facts.follow_up_score < rule->minimum_score) return reasons::kScoreTooLow;
  if (rule->invites_review && facts.complaint_open) return reasons::kComplaintOpen;
  return {};
}

bool IsUnasked(const NotificationRule& rule) { return rule.quiet_days > 0 || rule.invites_review; }

std::uint32_t QuietDaysToAsk(const Message& message, const NotificationRule& rule,
                             std::int64_t last_contact_at, std::int64_t now_us) {
  const bool had_leave = message.contact_at != 0 && message.contact_at >= message.asked_at;
  if (had_leave) return 0;
  if (last_contact_at == 0) return rule.quiet_days;
  const auto days_since = static_cast<std::uint32_t>(
      std::max<std::int64_t>(0, now_us - last_contact_at) / platform::kDayUs);
  return std::min(rule.quiet_days, days_since);
}

}  // namespace redress::desk
