#pragma once

// A refund case as it stands after its last step, and the small vocabulary around it. Amounts are
// minor units of `currency`; times are UTC microseconds, 0 where there is none.

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include "services/platform/base/ids.h"
#include "workflows/refund/effects.h"
#include "workflows/refund/facts.h"

namespace redress::aftersales {

using platform::AccountId;
using platform::CaseId;
using platform::CustomerId;
using platform::LineId;
using platform::OrderId;
using platform::ShopId;
using platform::TaskId;

using Hash = std::array<std::uint8_t, 32>;
// Of a request, covering the actor: enough to tell a repeat from another use of its request_id.
using Digest = std::array<std::uint8_t, 16>;

inline constexpr std::string_view kRefundKind = "refund";
inline constexpr std::uint8_t kLowestPriority = 3;

struct Case {
  // Fixed at opening.
  ShopId shop;
  CaseId id;
  std::uint64_t number = 0;
  OrderId order;
  LineId line;
  CustomerId customer;  // 0 where the order names none
  std::string currency;
  std::string reason;
  std::string platform_refund_id;  // empty for a direct shop's case
  std::int64_t opened_at = 0;
  std::int64_t order_paid_at = 0;

  // Changed by steps only.
  std::string state;
  bool final = false;
  std::uint32_t version = 0;  // the sequence of the last step
  std::uint32_t workflow_version = 0;
  std::int64_t updated_at = 0;
  AccountId assignee;  // 0: visibly nobody's
  std::uint8_t priority = kLowestPriority;
  std::string needs_person;  // reason code; empty when nobody has to look
  workflows::refund::PersonQueue queue = workflows::refund::PersonQueue::kAgents;
  workflows::refund::RefundProgress progress;
  std::int64_t due_at = 0;
  std::int64_t warn_at = 0;  // 0 once the supervisor was warned
  bool platform_intervened = false;
  std::string return_carrier;
  std::string return_tracking;
  std::string back_carrier;
  std::string back_tracking;
  std::string replacement_carrier;
  std::string replacement_tracking;
  TaskId inbound_task;  // open tasks only
  TaskId send_back_task;
  TaskId outbound_task;
  TaskId intercept_task;
  Hash last_hash{};

  // Where the open task of a kind is kept; at most one of each.
  TaskId& SlotOf(workflows::refund::WarehouseTaskKind kind);

  // When the timer has to look next; 0 for never.
  std::int64_t TimerAt() const { return warn_at != 0 ? warn_at : due_at; }
};

// P0 is the most urgent. First cut of triage: a case that the platform watches comes before one
// that only we know of.
std::uint8_t InitialPriority(const Case& opened);

}  // namespace redress::aftersales
