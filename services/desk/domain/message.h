#pragma once

// One message to a buyer, and what may be done with it.
//
//   queued → waiting for a person → sent → delivered
//          → sent | failed | suppressed            cancelled while it was not sent
//
// A queued message is first filled, then given to its channel. A resent one is filled anew.

#include <cstdint>
#include <optional>
#include <string>

#include "services/desk/domain/write.h"

namespace redress::desk {

// Stored numbers: never reused.
enum class MessageState : std::uint8_t {
  kQueued = 1,
  kWaitingForPerson = 2,
  kSent = 3,
  kDelivered = 4,
  kFailed = 5,
  kSuppressed = 6,
  kCancelled = 7,
};

enum class ChannelKind : std::uint8_t { kManual = 1, kHttp = 2 };

// Why a message was not sent, or not yet. Programs read them.
namespace reasons {
inline constexpr char kContactRefused[] = "CONTACT_REFUSED";
inline constexpr char kQuietPeriod[] = "QUIET_PERIOD";
inline constexpr char kAlreadyTold[] = "ALREADY_TOLD";
inline constexpr char kComplaintOpen[] = "COMPLAINT_OPEN";
inline constexpr char kScoreTooLow[] = "SCORE_TOO_LOW";
inline constexpr char kPhraseArchived[] = "PHRASE_ARCHIVED";
inline constexpr char kPromisesMoney[] = "PROMISES_MONEY";
inline constexpr char kRuleOff[] = "RULE_OFF";
inline constexpr char kCaseMovedOn[] = "CASE_MOVED_ON";
inline constexpr char kTooLate[] = "TOO_LATE";
inline constexpr char kCustomerErased[] = "CUSTOMER_ERASED";
inline constexpr char kCaseUnknown[] = "CASE_UNKNOWN";
inline constexpr char kValueMissing[] = "VALUE_MISSING";
inline constexpr char kFactsUnavailable[] = "FACTS_UNAVAILABLE";
inline constexpr char kNoChannel[] = "NO_CHANNEL";
inline constexpr char kSenderUnreachable[] = "SENDER_UNREACHABLE";
inline constexpr char kSenderRefused[] = "SENDER_REFUSED";
inline constexpr char kNotDelivered[] = "NOT_DELIVERED";
// Its sealed content was altered or lost; sending it once more fills it anew.
inline constexpr char kContentDamaged[] = "CONTENT_DAMAGED";
// Every attempt ended in an error of this service; the log says which.
inline constexpr char kSendingBroke[] = "SENDING_BROKE";
}  // namespace reasons

struct MessageContent {
  std::string text = {};
  std::string customer_nick = {};
  std::string platform = {};
  std::string order_number = {};
};

struct Message {
  ShopId shop;
  MessageId id;
  CaseId case_id;
  std::uint64_t case_number = 0;
  OrderId order;
  CustomerId customer;         // 0 where the order names none
  std::string rule_code;       // empty: by hand
  std::uint64_t occasion = 0;  // the step that asked for it; by hand the message's own id
  PhraseId phrase;
  std::uint32_t phrase_version = 0;  // 0 before it is filled
  ChannelKind channel = ChannelKind::kManual;
  MessageState state = MessageState::kQueued;
  std::string reason;
  std::uint32_t sending = 1;   // counts how often a person had it sent
  std::uint32_t attempts = 0;  // of this sending, with one that is under way
  std::uint32_t version = 1;
  std::int64_t created_at = 0;
  std::int64_t asked_at = 0;  // when it should first have gone out, in this sending
  std::int64_t due_at = 0;    // 0 once nothing is left to do
  std::int64_t sent_at = 0;
  AccountId sender;
  std::int64_t updated_at = 0;
  std::uint64_t lease = 0;      // who works at it until due_at; 0: nobody
  std::int64_t contact_at = 0;  // when leave was given to contact the buyer unasked; 0: never
  bool once_for_order = false;  // claimed the one invitation of its order
  bool filled = false;
  std::optional<MessageContent> content;  // absent although filled: the customer was erased
  bool damaged = false;                   // or the sealed content does not open

  // One process works at it at this moment.
  bool IsUnderWay(std::int64_t now_us) const { return lease != 0 && due_at > now_us; }
};

enum class MessageAction : std::uint8_t {
  kMarkSent,
  kResend,
  kCancel,
  kReportDelivered,
  kReportFailed,
};

// The message after what somebody does with it; `reason` is that of a failed delivery. Throws
// FAILED_PRECONDITION (MESSAGE_STATE) that says in which states it may be done and which was found,
// and ABORTED (MESSAGE_UNDER_WAY) while a process is sending it; only a report is taken then.
Message After(Message message, MessageAction action, AccountId by, const std::string& reason,
              std::int64_t now_us);

std::string_view NameOf(MessageState state);

}  // namespace redress::desk
