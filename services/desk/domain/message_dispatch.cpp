#include "services/desk/domain/message_dispatch.h"

#include <chrono>

#include "services/desk/domain/filling.h"
#include "services/platform/base/crash_point.h"
#include "services/platform/base/errors.h"

namespace redress::desk {

using platform::Code;
using platform::Refusal;
using std::chrono::steady_clock;

namespace {

constexpr std::size_t kMostDueShops = 1000;

// The same for each attempt of one sending.
std::string ContactOf(const Message& message) {
  return "message-" + platform::ToString(message.id) + "-" + std::to_string(message.sending);
}

// A shop's turn, which ends whatever happens.
struct Turn {
  Turn(ShopTurns& of, ShopId taken, bool slow) : is_slow(slow), turns(of), shop(taken) {}
  ~Turn() { turns.Return(shop, is_slow); }
  Turn(const Turn&) = delete;
  Turn& operator=(const Turn&) = delete;

  bool is_slow;
  ShopTurns& turns;
  const ShopId shop;
};

}  // namespace

std::string IdempotencyKey(const Message& message) {
  return platform::ToString(message.shop) + "-" + platform::ToString(message.id) + "-" +
         std::to_string(message.sending);
}

bool MessageDispatch::Round(SendingLane lane) {
  const auto shop = turns_.Take(lane, uses_.messages.DueShops(uses_.clock.NowUs(), kMostDueShops));
  if (!shop) return false;
  // A slow shop is given one message at a time, and stays slow until one goes quickly.
  const bool was_slow = lane == SendingLane::kSlow;
  Turn turn{turns_, *shop, was_slow};
  bool worked = false;
  for (std::size_t i = 0; i < (was_slow ? 1 : options_.batch); ++i) {
    const auto message = uses_.messages.ClaimDue(*shop, uses_.clock.NowUs(), options_.lease_us);
    if (!message) break;
    worked = true;
    turn.is_slow = WorkOrSetBack(*message) == Pace::kSlow;
    if (turn.is_slow) break;
  }
  return worked;
}

MessageDispatch::Pace MessageDispatch::WorkOrSetBack(const Message& message) {
  try {
    return Work(message);
  } catch (const std::exception& error) {
    SetBack(message, error);
    return Pace::kQuick;
  }
}

void MessageDispatch::SetBack(const Message& message, const std::exception& error) {
  if (options_.on_failure) options_.on_failure(message, error);
  try {
    TryAgain(message, reasons::kSendingBroke);
  } catch (const std::exception& also) {
    // It stays claimed, and comes again when the lease has run out.
    if (options_.on_failure) options_.on_failure(message, also);
  }
}

MessageDispatch::Pace MessageDispatch::Work(Message message) {
  if (message.attempts > options_.most_attempts) {
    Finish(message, MessageState::kFailed, reasons::kSendingBroke);
    return Pace::kQuick;
  }
  if (message.damaged) {
    Finish(message, MessageState::kFailed, reasons::kContentDamaged);
    return Pace::kQuick;
  }
  if (message.filled && !message.content) {
    Finish(message, MessageState::kSuppressed, reasons::kCustomerErased);
    return Pace::kQuick;
  }
  // Also of one that was filled before: the buyer may have asked not to be contacted since.
  const auto grounds = Look(message);
  if (!grounds) return Pace::kQuick;
  if (!message.filled) {
    auto filled = Filled(std::move(message), *grounds);
    if (!filled) return Pace::kQuick;
    message = *std::move(filled);
  }
  const auto allowed = WithLeave(std::move(message), *grounds);
  return allowed ? Send(*allowed) : Pace::kQuick;
}

std::optional<MessageDispatch::Grounds> MessageDispatch::Look(const Message& message) {
  Grounds grounds;
  try {
    grounds.facts = uses_.facts.Read(message.shop, message.case_id);
  } catch (const Refusal& refusal) {
    if (refusal.code() == Code::kNotFound) {
      Finish(message, MessageState::kFailed, reasons::kCaseUnknown);
    } else {
      TryAgain(message, reasons::kFactsUnavailable);
    }
    return std::nullopt;
  }
  // An invitation stays one when it is made by hand.
  grounds.rule = message.rule_code.empty() ? uses_.rules.FindInviting(message.shop, message.phrase)
                                           : uses_.rules.Find(message.shop, message.rule_code);
  const NotificationRule* rule = grounds.rule ? &*grounds.rule : nullptr;
  auto why = WhySuppressed(message, rule, grounds.facts, uses_.clock.NowUs());
  if (why.empty()) return grounds;
  Finish(message, MessageState::kSuppressed, why);
  return std::nullopt;
}

std::optional<Message> MessageDispatch::Filled(Message message, const Grounds& grounds) {
  const std::int64_t now_us = uses_.clock.NowUs();
  const auto& [facts, rule] = grounds;
  const auto suppress = [&](const std::string& reason) {
    Finish(message, MessageState::kSuppressed, reason);
    return std::nullopt;
  };
  const auto phrase = uses_.phrases.Find(message.shop, message.phrase);
  if (!phrase) throw std::logic_error("a message's phrase is gone");
  if (phrase->archived) return suppress(reasons::kPhraseArchived);
  const PhraseText text = ParsePhrase(phrase->text, "text");
  const bool invites = rule && rule->invites_review;
  if (invites && !MoneyIn(text).empty()) return suppress(reasons::kPromisesMoney);
  FilledPhrase filled =
      Fill(text, ValuesOf(facts, phrase->language, *options_.zone_of(message.shop)));
  if (!filled.missing.empty()) {
    Finish(message, MessageState::kFailed,
           std::string(reasons::kValueMissing) + ":" + filled.missing.front());
    return std::nullopt;
  }
  Filling filling{
      .phrase_version = phrase->version,
      .content = {std::move(filled.text), facts.customer_nick, facts.platform, facts.order_number},
      .once_for_order = invites};
  if (rule && rule->quiet_days > 0) {
    filling.quiet_since = now_us - rule->quiet_days * platform::kDayUs;
    filling.quiet_rule = rule->code;
    if (invites) filling.quiet_phrase = message.phrase;
  }
  try {
    if (auto why = uses_.messages.StoreContent(message, filling, now_us); !why.empty()) {
      return suppress(why);
    }
  } catch (const Refusal& refusal) {
    if (refusal.reason() != "SUBJECT_ERASED") throw;
    return suppress(reasons::kCustomerErased);
  }
  message.filled = true;
  message.content = std::move(filling.content);
  return message;
}

std::optional<Message> MessageDispatch::WithLeave(Message message, const Grounds& grounds) {
  if (!grounds.rule || !IsUnasked(*grounds.rule) || !message.customer) return message;
  const std::int64_t now_us = uses_.clock.NowUs();
  const std::uint32_t quiet_days = QuietDaysToAsk(
      message, *grounds.rule, uses_.messages.LastContact(message.shop, message.case_id), now_us);
  ContactLeave leave = ContactLeave::kQuiet;
  try {
    leave = uses_.contacts.Ask(message.shop, message.customer, ContactOf(message), quiet_days);
  } catch (const Refusal&) {
    TryAgain(message, reasons::kFactsUnavailable);
    return std::nullopt;
  }
  if (leave != ContactLeave::kGiven) {
    Finish(message, MessageState::kSuppressed,
           leave == ContactLeave::kRefused ? reasons::kContactRefused : reasons::kQuietPeriod);
    return std::nullopt;
  }
  if (quiet_days > 0) message.contact_at = now_us;
  return message;
}

MessageDispatch::Pace MessageDispatch::Send(const Message& message) {
  ChannelAdapter& channel = message.channel == ChannelKind::kManual ? uses_.manual : uses_.http;
  const auto begun = steady_clock::now();
  const Sending sending = channel.Send(message);
  const bool is_slow = steady_clock::now() - begun > std::chrono::milliseconds(options_.slow_ms);
  platform::CrashPoint(platform::kAfterMessageBeforeMark);
  switch (sending.result) {
    case Sending::Result::kTaken:
      Finish(message, MessageState::kSent, "");
      break;
    case Sending::Result::kWaitsForPerson:
      Finish(message, MessageState::kWaitingForPerson, "");
      break;
    case Sending::Result::kRefused:
      Finish(message, MessageState::kFailed, sending.reason);
      break;
    case Sending::Result::kUnknown:
      TryAgain(message, sending.reason);
      return Pace::kSlow;
  }
  return is_slow ? Pace::kSlow : Pace::kQuick;
}

void MessageDispatch::Finish(const Message& message, MessageState state,
                             const std::string& reason) {
  uses_.messages.Finish(message, {.state = state, .reason = reason}, uses_.clock.NowUs());
}

void MessageDispatch::TryAgain(const Message& message, const std::string& reason) {
  const std::int64_t now_us = uses_.clock.NowUs();
  const auto next = options_.next_attempt_at(message.attempts, message.asked_at, now_us);
  const MessageState state = next ? MessageState::kQueued : MessageState::kFailed;
  uses_.messages.Finish(message, {.state = state, .reason = reason, .due_at = next.value_or(0)},
                        now_us);
}

}  // namespace redress::desk
