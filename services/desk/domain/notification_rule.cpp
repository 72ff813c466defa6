#include "services/desk/domain/notification_rule.h"

#include "services/desk/domain/phrase_text.h"
#include "services/platform/base/errors.h"

namespace redress::desk {
namespace {

bool Is(const std::string& wanted, const std::string& found) {
  return wanted.empty() || wanted == found;
}

}  // namespace

void CheckInvitation(const std::string& text, const std::string& field) {
  const std::string money = MoneyIn(ParsePhrase(text, field));
  if (money.empty()) return;
  throw platform::InvalidField(field, "invites to review and says \"" + money +
                                          "\"; an invitation never hangs on money or a gift, "
                                          "since buying reviews breaks the platform's rules");
}

void CheckRule(const NotificationRule& rule, const Phrase& phrase) {
  if (rule.event.empty() && rule.state.empty() && rule.outcome.empty()) {
    throw platform::InvalidField("event",
                                 "is empty, and so are state and outcome; name at least "
                                 "one of them");
  }
  if (phrase.archived && rule.enabled) {
    throw platform::InvalidField("phrase_id", "is archived; restore it or name another phrase");
  }
  if (!rule.invites_review) return;
  if (rule.minimum_score < kGoodScore) {
    throw platform::InvalidField("minimum_score",
                                 "is below 4; buyers are invited to review after "
                                 "a good end only");
  }
  CheckInvitation(phrase.text, "phrase_id");
}

bool Matches(const NotificationRule& rule, const CaseStep& step) {
  const bool reached =
      rule.state.empty() || (rule.state == step.to_state && step.from_state != step.to_state);
  return rule.enabled && step.occurred_at >= rule.enabled_at && Is(rule.case_kind, step.kind) &&
         Is(rule.event, step.event) && reached && Is(rule.outcome, step.outcome);
}

bool RefusesContact(const CaseStep& step) {
  return step.kind == "review" && step.event == "refuse_contact";
}

std::vector<Message> MessagesFor(const CaseStep& step, std::span<const NotificationRule> rules,
                                 std::int64_t now_us) {
  std::vector<Message> messages;
  if (step.imported) return messages;
  for (const NotificationRule& rule : rules) {
    if (!Matches(rule, step)) continue;
    Message message;
    message.shop = step.shop;
    message.case_id = step.case_id;
    message.case_number = step.case_number;
    message.order = step.order;
    message.customer = step.customer;
    message.rule_code = rule.code;
    message.occasion = step.sequence;
    message.phrase = rule.phrase;
    message.channel = rule.channel;
    message.created_at = message.updated_at = now_us;
    message.asked_at = message.due_at = step.occurred_at + rule.delay_us;
    messages.push_back(std::move(message));
  }
  return messages;
}

}  // namespace redress::desk
