#pragma once

// An address that a shop has told of events, and what was sent there. Times are UTC microseconds.

#include <cstdint>
#include <string>
#include <vector>

#include "services/platform/base/clock.h"
#include "services/platform/base/ids.h"

namespace redress::aftersales {

using platform::AccountId;
using platform::CaseId;
using platform::OrderId;
using platform::ShopId;
using WebhookId = platform::StrongId<struct WebhookTag>;
using WebhookDeliveryId = platform::StrongId<struct WebhookDeliveryTag>;

inline constexpr std::size_t kMostWebhooks = 20;                 // of a shop
inline constexpr std::uint32_t kMostCountedDeliveries = 10'000;  // of a webhook, for people
inline constexpr std::uint32_t kMostReplayed = 1000;             // by one call
// What a case has come to is remembered for so long: of what is older nobody is told, since nobody
// would know any more whether they were told already.
inline constexpr std::int64_t kOldestNewsUs = 30 * platform::kDayUs;

// Numbers are stored. A deleted webhook's row stays until its deliveries are gone.
enum class WebhookState : std::uint8_t { kActive = 1, kPaused = 2, kDeleted = 3 };
enum class PauseReason : std::uint8_t { kNone = 0, kByHand = 1, kFailing = 2, kGone = 3 };
enum class DeliveryState : std::uint8_t {
  kWaiting = 1,
  kSending = 2,
  kDelivered = 3,
  kDeadLetter = 4,
  kTestFailed = 5,
};

// What an admin says of it.
struct WebhookSettings {
  std::string title = {};
  std::string url = {};
  std::vector<std::string> event_types = {};  // types and patterns
};

// How its address has answered of late.
struct WebhookHealth {
  std::uint32_t failures = 0;         // in a row
  std::int64_t failing_since_at = 0;  // 0: it does not fail
  std::int64_t held_until_at = 0;     // nothing is sent before; 0: no such time
};

struct Webhook {
  ShopId shop;
  WebhookId id;
  WebhookSettings settings;
  WebhookState state = WebhookState::kActive;
  PauseReason pause_reason = PauseReason::kNone;
  std::string pause_detail;
  std::int64_t paused_at = 0;
  std::uint32_t secret_number = 0;     // counts the secrets that it has had
  std::int64_t previous_until_at = 0;  // 0: there is no previous secret
  WebhookHealth health;
  std::uint32_t version = 0;
  AccountId created_by;
  std::int64_t created_at = 0;
  std::int64_t updated_at = 0;
  std::uint32_t waiting = 0;       // counted up to kMostCountedDeliveries
  std::uint32_t dead_letters = 0;  // the same
};

// Which event is meant: of a case its step, and which of the step's events; of an order which of
// its receivers.
struct WebhookEventKey {
  CaseId case_id = {};
  std::uint32_t sequence = 0;
  std::uint8_t part = 0;
  OrderId order = {};
};

struct WebhookDelivery {
  ShopId shop;
  WebhookDeliveryId id;
  WebhookId webhook;
  WebhookEventKey event;
  std::string event_type;
  DeliveryState state = DeliveryState::kWaiting;
  std::uint32_t attempts = 0;  // since it was queued
  std::uint32_t claims = 0;    // ever
  std::int64_t queued_at = 0;
  std::int64_t first_tried_at = 0;  // since it was queued; 0: it was not tried yet
  std::int64_t next_at = 0;  // 0: it is not sent any more. While it is sent: when the lease ends
  std::int64_t attempted_at = 0;
  std::int64_t ended_at = 0;
  std::uint16_t status = 0;
  std::string error;
  std::uint32_t duration_ms = 0;

  bool IsTest() const { return !event.case_id && !event.order; }
};

}  // namespace redress::aftersales
