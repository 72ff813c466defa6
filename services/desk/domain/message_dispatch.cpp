#include "services/desk/domain/message_dispatch.h"

#include "services/desk/domain/filling.h"
#include "services/platform/base/crash_point.h"
#include "services/platform/base/errors.h"

namespace redress::desk {

using platform::Code;
using platform::Refusal;

std::string IdempotencyKey(const Message& message) {
  return platform::ToString(message.shop) + "-" + platform::ToString(message.id) + "-" +
         std::to_string(message.sending);
}

bool MessageDispatch::Round() {
  const std::vector<Message> claimed =
      uses_.messages.ClaimDue(uses_.clock.NowUs(), options_.lease_us, options_.batch);
  Silent silent;
  for (const Message& message : claimed) {
    try {
      Work(message, silent);
    } catch (const std::exception& error) {
      // It stays claimed, and comes again when the lease has run out.
      if (options_.on_failure) options_.on_failure(message, error);
    }
  }
  return claimed.size() == options_.batch;
}

void MessageDispatch::Work(Message message, Silent& silent) {
  if (!message.filled) {
    auto filled = Filled(std::move(message));
    if (!filled) return;
    message = *std::move(filled);
  }
  if (!message.content) {
    Finish(message, MessageState::kSuppressed, reasons::kCustomerErased);
    return;
  }
  Send(message, silent);
}

std::optional<Message> MessageDispatch::Filled(Message message) {
  const std::int64_t now_us = uses_.clock.NowUs();
  CaseFacts facts;
  try {
    facts = uses_.facts.Read(message.shop, message.case_id);
  } catch (const Refusal& refusal) {
    if (refusal.code() == Code::kNotFound) {
      Finish(message, MessageState::kFailed, reasons::kCaseUnknown);
    } else {
      TryAgain(message, reasons::kFactsUnavailable);
    }
    return std::nullopt;
  }
  const auto rule =
      message.rule_code.empty() ? std::nullopt : uses_.rules.Find(message.shop, message.rule_code);
  const auto suppress = [&](const std::string& reason) {
    Finish(message, MessageState::kSuppressed, reason);
    return std::nullopt;
  };
  if (auto why = WhySuppressed(message, rule ? &*rule : nullptr, facts, now_us); !why.empty()) {
    return suppress(why);
  }
  const auto phrase = uses_.phrases.Find(message.shop, message.phrase);
  if (!phrase) throw std::logic_error("a message's phrase is gone");
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

void MessageDispatch::Send(const Message& message, Silent& silent) {
  if (message.channel == ChannelKind::kHttp && silent.contains(message.shop)) {
    TryAgain(message, reasons::kSenderUnreachable);
    return;
  }
  ChannelAdapter& channel = message.channel == ChannelKind::kManual ? uses_.manual : uses_.http;
  const Sending sending = channel.Send(message);
  platform::CrashPoint(platform::kAfterMessageBeforeMark);
  switch (sending.result) {
    case Sending::Result::kTaken:
      Finish(message, MessageState::kSent, "");
      return;
    case Sending::Result::kWaitsForPerson:
      Finish(message, MessageState::kWaitingForPerson, "");
      return;
    case Sending::Result::kRefused:
      Finish(message, MessageState::kFailed, sending.reason);
      return;
    case Sending::Result::kUnknown:
      silent.insert(message.shop);
      TryAgain(message, sending.reason);
      return;
  }
}

void MessageDispatch::Finish(const Message& message, MessageState state,
                             const std::string& reason) {
  uses_.messages.Finish(message, {.state = state, .reason = reason}, uses_.clock.NowUs());
}

void MessageDispatch::TryAgain(const Message& message, const std::string& reason) {
  const std::int64_t now_us = uses_.clock.NowUs();
  const auto next = options_.next_attempt_at(message.attempts + 1, message.asked_at, now_us);
  const MessageState state = next ? MessageState::kQueued : MessageState::kFailed;
  uses_.messages.Finish(message, {.state = state, .reason = reason, .due_at = next.value_or(0)},
                        now_us);
}

}  // namespace redress::desk
