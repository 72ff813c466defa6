// Walks all that can happen to a warehouse task by itself: every kind of work, two accounts that
// want it, leases that run out, and a case that takes the work back.

#include <gtest/gtest.h>

#include "tests/model/walker.h"
#include "tests/support/figure.h"
#include "workflows/task/task.h"

namespace redress::workflows::task {
namespace {

constexpr std::int32_t kUnits = 2;
constexpr std::int64_t kBefore = 50;
constexpr std::int64_t kUntil = 100;  // of every lease
constexpr std::int64_t kAfter = 150;

template <WarehouseTaskKind kKind>
struct Tasks {
  using Event = TaskEvent;
  using Effect = TaskEffect;
  using Facts = TaskFacts;
  using Progress = TaskProgress;
  using Node = model::Node<TaskProgress>;
  using Move = model::Move<Tasks>;

  static TaskProgress Opened() {
    TaskProgress opened;
    opened.kind = kKind;
    opened.quantity = kUnits;
    return opened;
  }

  static auto KeyOf(const Node& n) {
    const TaskProgress& p = n.progress;
    return std::make_tuple(n.state, p.claimed_by, p.lease_until, p.quantity_received,
                           p.quantity_good, p.intercepted);
  }

  // What the case says.
  static bool IsFact(const Move& move) {
    return std::holds_alternative<Finish>(move.event) || std::holds_alternative<Cancel>(move.event);
  }

  static std::optional<std::string> WrongIn(const Node& n) {
    const TaskProgress& p = n.progress;
    const bool is_open = !Describe().FindState(n.state)->final;
    if ((p.claimed_by != 0) != (p.lease_until != 0)) return "a holder without a lease";
    if (n.state == "Claimed" && p.claimed_by == 0) return "claimed by nobody";
    if ((n.state == "Queued" || !is_open) && p.claimed_by != 0) return "held in " + n.state;
    if (n.state == "Received" && p.quantity_received == 0) return "received nothing";
    if (p.quantity_good > p.quantity_received) return "more good than received";
    const bool is_return = kKind == WarehouseTaskKind::kInboundReturn;
    if (p.quantity_received > 0 && !is_return) return "received by other work than a return";
    if (n.state == "Packed" && kKind != WarehouseTaskKind::kOutboundReplacement) {
      return "packed for other work than a replacement";
    }
    const bool is_known = p.intercepted != InterceptOutcome::kUnknown;
    if (is_known && (kKind != WarehouseTaskKind::kIntercept || is_open)) return "half intercepted";
    return std::nullopt;
  }

  static std::optional<std::string> WrongAbout(const Node& before, const Move& move,
                                               const Node& after, const TaskEffects& effects) {
    TaskFacts facts = move.facts;
    facts.progress = before.progress;
    int told = 0;
    bool calls = false;
    for (const TaskEffect& effect : effects) {
      told += std::holds_alternative<TellCase>(effect);
      calls = calls || std::holds_alternative<CallPerson>(effect);
    }
    if (told > 0 && !facts.IsHeldByActor()) return "a report by somebody without the lease";
    if (told > 1) return "two reports in one step";
    if (after.state == "Done" && told == 0 && !std::holds_alternative<Finish>(move.event)) {
      return "done, and the case was not told";
    }
    if (after.state == "Failed" && !calls) return "failed, and nobody is called";
    const bool is_taken = after.progress.claimed_by != before.progress.claimed_by;
    if (is_taken && facts.IsHeld() && !facts.IsHeldByActor() && !IsFact(move)) {
      return "a lease in force was lost";
    }
    return std::nullopt;
  }
};

template <WarehouseTaskKind kKind>
std::vector<model::Move<Tasks<kKind>>> AllMoves() {
  std::vector<model::Move<Tasks<kKind>>> moves;
  std::vector<TaskEvent> events{
      Claim{kUntil}, RenewLease{kUntil}, Release{},          ExpireLease{}, Packed{}, Shipped{},
      Failed{},      Intercepted{true},  Intercepted{false}, Finish{},      Cancel{}};
  for (std::int32_t units = 0; units <= kUnits + 1; ++units) {
    events.emplace_back(Received{units});
    events.emplace_back(Inspected{units});
  }
  for (const TaskEvent& event : events) {
    for (const std::uint64_t account : {1, 2}) {
      for (const std::int64_t now : {kBefore, kAfter}) {
        TaskFacts facts;
        facts.actor.account_id = account;
        facts.now_us = now;
        moves.push_back({event, facts});
      }
    }
  }
  return moves;
}

struct Walked {
  std::size_t nodes = 0;
  std::size_t steps = 0;
  std::set<model::Edge> edges;
};

template <WarehouseTaskKind kKind>
void WalkAll(Walked& all) {
  model::Walker<Tasks<kKind>> walker(Describe(), AllMoves<kKind>());
  walker.Run();
  for (const std::string& violation : walker.violations()) ADD_FAILURE() << violation;
  all.nodes += walker.nodes();
  all.steps += walker.steps();
  all.edges.insert(walker.edges().begin(), walker.edges().end());
}

TEST(TaskAlone, WhatMustAlwaysBeTrueIs) {
  Walked all;
  WalkAll<WarehouseTaskKind::kInboundReturn>(all);
  WalkAll<WarehouseTaskKind::kSendBack>(all);
  WalkAll<WarehouseTaskKind::kOutboundReplacement>(all);
  WalkAll<WarehouseTaskKind::kIntercept>(all);
  for (const std::string& row : model::NeverTaken(Describe(), all.edges)) {
    ADD_FAILURE() << "never taken: " << row;
  }
  test::Figure("task_alone_nodes", static_cast<double>(all.nodes));
  test::Figure("task_alone_steps", static_cast<double>(all.steps));
}

}  // namespace
}  // namespace redress::workflows::task
