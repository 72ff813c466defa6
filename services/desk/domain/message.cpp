#include "services/desk/domain/message.h"

#include <algorithm>
#include <array>
#include <span>

#include "services/platform/base/errors.h"

namespace redress::desk {
namespace {

using platform::Code;
using platform::Refusal;

void Expect(const Message& message, std::span<const MessageState> states, std::string_view what) {
  if (std::find(states.begin(), states.end(), message.state) != states.end()) return;
  std::string expected;
  for (const MessageState state : states) {
    expected += (expected.empty() ? "" : " or ") + std::string(NameOf(state));
  }
  throw Refusal(Code::kFailedPrecondition, "MESSAGE_STATE",
                "A message is " + std::string(what) + " while it is " + expected +
                    "; this one is " + std::string(NameOf(message.state)) + ".")
      .With("expected", expected)
      .With("found", std::string(NameOf(message.state)));
}

void ExpectAtRest(const Message& message, std::int64_t now_us) {
  if (!message.IsUnderWay(now_us)) return;
  throw Refusal(Code::kAborted, "MESSAGE_UNDER_WAY",
                "The message is being sent at this moment; look again in a few seconds.")
      .RetryAfter(message.due_at - now_us);
}

void MarkSent(Message& message, AccountId by, std::int64_t now_us) {
  constexpr std::array kFrom{MessageState::kWaitingForPerson};
  Expect(message, kFrom, "marked as sent");
  message.state = MessageState::kSent;
  message.sent_at = now_us;
  message.sender = by;
}

void Resend(Message& message, AccountId by, std::int64_t now_us) {
  constexpr std::array kFrom{MessageState::kFailed, MessageState::kSuppressed, MessageState::kSent,
                             MessageState::kCancelled};
  Expect(message, kFrom, "sent once more");
  if (message.once_for_order && message.state == MessageState::kSent) {
    throw Refusal(Code::kFailedPrecondition, reasons::kAlreadyTold,
                  "A buyer is invited to review once per order, and this one was.");
  }
  message.state = MessageState::kQueued;
  message.reason.clear();
  message.sending += 1;
  message.attempts = 0;
  message.asked_at = message.due_at = now_us;
  message.sent_at = 0;
  message.sender = by;
  message.filled = false;
  message.content.reset();
  message.phrase_version = 0;
}

void Cancel(Message& message) {
  constexpr std::array kFrom{MessageState::kQueued, MessageState::kWaitingForPerson,
                             MessageState::kFailed};
  Expect(message, kFrom, "cancelled");
  message.state = MessageState::kCancelled;
  message.reason.clear();
  message.due_at = 0;
}

// Whether a sender may have the message although no answer of it is recorded: it is asked at this
// moment, or was and the answer is lost.
bool MayBeAtItsSender(const Message& message) {
  return message.state == MessageState::kQueued && message.channel == ChannelKind::kHttp &&
         message.filled && message.attempts > 0;
}

void Report(Message& message, bool delivered, const std::string& reason, std::int64_t now_us) {
  constexpr std::array kFrom{MessageState::kSent, MessageState::kDelivered, MessageState::kFailed};
  if (!MayBeAtItsSender(message)) Expect(message, kFrom, "reported on");
  // A sender that says so has had it; nobody asks it again.
  if (message.sent_at == 0 && delivered) message.sent_at = now_us;
  message.due_at = 0;
  message.state = delivered ? MessageState::kDelivered : MessageState::kFailed;
  message.reason = delivered ? "" : reason.empty() ? reasons::kNotDelivered : reason;
}

}  // namespace

std::string_view NameOf(MessageState state) {
  switch (state) {
    case MessageState::kQueued:
      return "queued";
    case MessageState::kWaitingForPerson:
      return "waiting for a person";
    case MessageState::kSent:
      return "sent";
    case MessageState::kDelivered:
      return "delivered";
    case MessageState::kFailed:
      return "failed";
    case MessageState::kSuppressed:
      return "suppressed";
    case MessageState::kCancelled:
      return "cancelled";
  }
  return "unknown";
}

Message After(Message message, MessageAction action, AccountId by, const std::string& reason,
              std::int64_t now_us) {
  const bool is_report =
      action == MessageAction::kReportDelivered || action == MessageAction::kReportFailed;
  // A sender may report before the answer to its taking the message is recorded.
  if (!is_report) ExpectAtRest(message, now_us);
  switch (action) {
    case MessageAction::kMarkSent:
      MarkSent(message, by, now_us);
      break;
    case MessageAction::kResend:
      Resend(message, by, now_us);
      break;
    case MessageAction::kCancel:
      Cancel(message);
      break;
    case MessageAction::kReportDelivered:
    case MessageAction::kReportFailed:
      Report(message, action == MessageAction::kReportDelivered, reason, now_us);
      break;
  }
  message.version += 1;
  message.updated_at = now_us;
  message.lease = 0;
  return message;
}

}  // namespace redress::desk
