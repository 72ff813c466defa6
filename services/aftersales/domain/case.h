#pragma once

// A case as it stands after its last step, and the small vocabulary around it. Amounts are
// minor units of `currency`; times are UTC microseconds, 0 where there is none.

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <variant>

#include "services/aftersales/domain/triage.h"
#include "services/platform/base/ids.h"
#include "workflows/dispute/facts.h"
#include "workflows/machine/casework.h"
#include "workflows/machine/goods.h"
#include "workflows/refund/effects.h"
#include "workflows/refund/facts.h"
#include "workflows/review/facts.h"

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
inline constexpr std::string_view kDisputeKind = "dispute";
inline constexpr std::string_view kReviewKind = "review";

// What the machine of a case has brought about. Which alternative it is, is the case's kind.
using Progress =
    std::variant<workflows::refund::RefundProgress, workflows::dispute::DisputeProgress,
                 workflows::review::ReviewProgress>;

// Before the id of a platform's complaint or review, which shares the column of its refunds' ids.
inline constexpr std::string_view kComplaintPrefix = "complaint#";
inline constexpr std::string_view kReviewPrefix = "review#";

struct Case {
  // Fixed at opening.
  ShopId shop;
  CaseId id;
  std::uint64_t number = 0;
  OrderId order;
  LineId line;          // 0: about the whole order
  CustomerId customer;  // 0 where the order names none
  std::string currency;
  std::string reason;
  // Empty for a direct shop's case; of other kinds than refunds the platform's id of the thing,
  // behind the kind's prefix.
  std::string platform_refund_id;
  std::int64_t opened_at = 0;
  std::int64_t order_paid_at = 0;
  std::string platform;  // the order's marketplace; empty in cases from before it was kept

  // Changed by steps only.
  std::string state;
  bool final = false;
  std::uint32_t version = 0;  // the sequence of the last step
  std::uint32_t workflow_version = 0;
  std::int64_t updated_at = 0;
  AccountId assignee;                       // 0: visibly nobody's
  std::uint8_t priority = kLowestPriority;  // 0 is the most urgent
  TriagePoints triage;                      // why
  std::string needs_person;                 // reason code; empty when nobody has to look
  workflows::PersonQueue queue = workflows::PersonQueue::kAgents;
  Progress progress;
  std::int64_t due_at = 0;
  std::int64_t warn_at = 0;        // 0 once the supervisor was warned
  std::int64_t resolve_by_at = 0;  // fixed at opening; 0 for kinds that promise nothing
  bool platform_intervened = false;
  std::string return_carrier;
  std::string return_tracking;
  std::string back_carrier;
  std::string back_tracking;
  std::string replacement_carrier;
  std::string replacement_tracking;
  std::string not_returnable;  // why, as an agent marked it; empty: not marked
  TaskId inbound_task;         // open tasks only
  TaskId send_back_task;
  TaskId outbound_task;
  TaskId intercept_task;
  Hash last_hash{};

  // The progress of this kind; throw std::bad_variant_access for a case of another.
  workflows::refund::RefundProgress& Refund() {
    return std::get<workflows::refund::RefundProgress>(progress);
  }
  const workflows::refund::RefundProgress& Refund() const {
    return std::get<workflows::refund::RefundProgress>(progress);
  }
  workflows::dispute::DisputeProgress& Dispute() {
    return std::get<workflows::dispute::DisputeProgress>(progress);
  }
  const workflows::dispute::DisputeProgress& Dispute() const {
    return std::get<workflows::dispute::DisputeProgress>(progress);
  }
  workflows::review::ReviewProgress& Review() {
    return std::get<workflows::review::ReviewProgress>(progress);
  }
  const workflows::review::ReviewProgress& Review() const {
    return std::get<workflows::review::ReviewProgress>(progress);
  }
  bool IsReview() const {
    return std::holds_alternative<workflows::review::ReviewProgress>(progress);
  }
  bool IsRefund() const {
    return std::holds_alternative<workflows::refund::RefundProgress>(progress);
  }
  const workflows::ArmedDeadline& Armed() const {
    return std::visit([](const auto& of) -> const workflows::ArmedDeadline& { return of; },
                      progress);
  }
  workflows::ArmedDeadline& Armed() {
    return std::visit([](auto& of) -> workflows::ArmedDeadline& { return of; }, progress);
  }
  // Where the open task of a kind is kept; at most one of each.
  TaskId& SlotOf(workflows::WarehouseTaskKind kind);

  // It was closed before Redress: no machine ever decided about it, and none will.
  bool IsImported() const { return version > 0 && workflow_version == 0; }

  // When the timer has to look next; 0 for never.
  std::int64_t TimerAt() const { return warn_at != 0 ? warn_at : due_at; }
};

}  // namespace redress::aftersales
