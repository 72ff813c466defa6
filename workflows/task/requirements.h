#pragma once

// Requirements of the warehouse task's machine: each carries the stable code that a refused caller
// is told, and says what it expected and what it found (see machine/rows.h).

#include <string>
#include <string_view>

#include "workflows/machine/explain.h"
#include "workflows/machine/machine.h"
#include "workflows/task/facts.h"
#include "workflows/task/task.h"

namespace redress::workflows::task {

inline std::string HolderOf(const TaskFacts& facts) {
  return facts.IsHeld() ? "account " + std::to_string(facts.progress.claimed_by) : "no lease";
}

// A claim made again by the same account is its own.
struct NobodyElseHolds {
  static constexpr std::string_view kName = "nobody_else_holds";
  static constexpr std::string_view kCode = "TASK_CLAIMED";
  static bool Holds(const Claim&, const TaskFacts& facts) {
    return !facts.IsHeld() || facts.IsHeldByActor();
  }
  static Refusal Explain(const Claim&, const TaskFacts& facts) {
    return Wanted("a task that nobody holds", HolderOf(facts));
  }
};

struct LeaseIsHeld {
  static constexpr std::string_view kName = "lease_is_held";
  static constexpr std::string_view kCode = "LEASE_NOT_HELD";
  template <class Event>
  static bool Holds(const Event&, const TaskFacts& facts) {
    return facts.IsHeldByActor();
  }
  template <class Event>
  static Refusal Explain(const Event&, const TaskFacts& facts) {
    return Wanted("a lease held by account " + std::to_string(facts.actor.account_id),
                  HolderOf(facts));
  }
};

struct LeaseIsOver {
  static constexpr std::string_view kName = "lease_is_over";
  static constexpr std::string_view kCode = "LEASE_IN_FORCE";
  static bool Holds(const ExpireLease&, const TaskFacts& facts) {
    return facts.progress.claimed_by != 0 && !facts.IsHeld();
  }
  static Refusal Explain(const ExpireLease&, const TaskFacts& facts) {
    return Wanted("a lease that has run out", HolderOf(facts));
  }
};

// Each report belongs to one kind of work; leaving, to two.
struct ReportFitsKind {
  static constexpr std::string_view kName = "report_fits_kind";
  static constexpr std::string_view kCode = "TASK_KIND";

  template <class Event>
  static bool Holds(const Event& event, const TaskFacts& facts) {
    const WarehouseTaskKind kind = facts.progress.kind;
    return kind == KindOf(event) || kind == OtherKindOf(event);
  }
  template <class Event>
  static Refusal Explain(const Event& event, const TaskFacts& facts) {
    std::string expected(task::NameOf(KindOf(event)));
    if (OtherKindOf(event) != KindOf(event)) {
      expected += " or " + std::string(task::NameOf(OtherKindOf(event)));
    }
    return Wanted(expected, std::string(task::NameOf(facts.progress.kind)));
  }

 private:
  static WarehouseTaskKind KindOf(const Received&) { return WarehouseTaskKind::kInboundReturn; }
  static WarehouseTaskKind KindOf(const Inspected&) { return WarehouseTaskKind::kInboundReturn; }
  static WarehouseTaskKind KindOf(const Packed&) { return WarehouseTaskKind::kOutboundReplacement; }
  static WarehouseTaskKind KindOf(const Shipped&) { return WarehouseTaskKind::kSendBack; }
  static WarehouseTaskKind KindOf(const Intercepted&) { return WarehouseTaskKind::kIntercept; }
  static WarehouseTaskKind OtherKindOf(const Shipped&) {
    return WarehouseTaskKind::kOutboundReplacement;
  }
  template <class Event>
  static WarehouseTaskKind OtherKindOf(const Event& event) {
    return KindOf(event);
  }
};

struct GoodWereReceived {
  static constexpr std::string_view kName = "good_were_received";
  static constexpr std::string_view kCode = "MORE_GOOD_THAN_RECEIVED";
  static bool Holds(const Inspected& event, const TaskFacts& facts) {
    return event.quantity_good <= facts.progress.quantity_received;
  }
  static Refusal Explain(const Inspected& event, const TaskFacts& facts) {
    return Wanted("at most the " + std::to_string(facts.progress.quantity_received) + " received",
                  std::to_string(event.quantity_good));
  }
};

}  // namespace redress::workflows::task
