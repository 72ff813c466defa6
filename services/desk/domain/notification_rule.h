#pragma once

// When something happens to a case, its buyer is told: which event, which phrase, which channel.

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "services/desk/domain/message.h"
#include "services/desk/domain/phrase.h"

namespace redress::desk {

// One step of a case, as aftersales tells of it.
struct CaseStep {
  ShopId shop = {};
  CaseId case_id = {};
  std::uint32_t sequence = 0;
  std::uint64_t case_number = 0;
  std::string kind = {};
  std::string event = {};
  std::string from_state = {};
  std::string to_state = {};
  std::string outcome = {};
  OrderId order = {};
  CustomerId customer = {};
  std::int64_t occurred_at = 0;
  bool imported = false;  // it was taken before Redress: the buyer was told then, or never
};

struct NotificationRule {
  ShopId shop;
  std::string code;
  // What is empty matches everything; the state is the one that was reached.
  std::string case_kind;
  std::string event;
  std::string state;
  std::string outcome;
  PhraseId phrase;
  ChannelKind channel = ChannelKind::kManual;
  std::int64_t delay_us = 0;
  std::uint32_t quiet_days = 0;
  std::uint32_t minimum_score = 0;
  bool invites_review = false;
  bool enabled = false;
  std::uint32_t version = 0;
  std::int64_t enabled_at = 0;  // 0 while it is off
};

// The least score after which a buyer is invited to review.
inline constexpr std::uint32_t kGoodScore = 4;

// Throws InvalidField for a rule that says too little, or one that invites to review with a word
// about money or after any score.
void CheckRule(const NotificationRule& rule, const Phrase& phrase);
// What CheckRule asks of the text of a phrase that invites to review.
void CheckInvitation(const std::string& text, const std::string& field);

// Whether the rule is on, was on when it happened, and speaks of such a step.
bool Matches(const NotificationRule& rule, const CaseStep& step);

// Whether the buyer asked, by this step, not to be contacted any more; it is never taken back.
bool RefusesContact(const CaseStep& step);

// The messages that a step asks for, without their ids: one per rule that matches.
std::vector<Message> MessagesFor(const CaseStep& step, std::span<const NotificationRule> rules,
                                 std::int64_t now_us);

class RuleRepository {
 public:
  virtual ~RuleRepository() = default;

  // Version 0 makes a new one; ALREADY_EXISTS where there is one. Switching on sets enabled_at.
  virtual NotificationRule Set(const Write& write, const NotificationRule& rule) = 0;
  virtual std::vector<NotificationRule> UseDefaults(const Write& write,
                                                    const std::string& language) = 0;
  virtual std::optional<NotificationRule> Find(ShopId shop, const std::string& code) = 0;
  // The rule that invites to review with the phrase, also when it is off.
  virtual std::optional<NotificationRule> FindInviting(ShopId shop, PhraseId phrase) = 0;
  // By code, behind `after`.
  virtual std::vector<NotificationRule> List(ShopId shop, const std::string& after,
                                             std::size_t limit) = 0;
};

}  // namespace redress::desk
