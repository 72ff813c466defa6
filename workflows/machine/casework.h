#pragma once

// What the machines of all kinds of case share: who acts, whom a case can be handed to, the armed
// deadline, and the effects that mean the same whatever the case is about. Free of Boost.MSM.

#include <cstdint>
#include <string>
#include <string_view>

namespace redress::workflows {

enum class ActorKind : std::uint8_t {
  kPerson = 1,
  kTimeout = 2,
  kWarehouse = 3,
  kPlatform = 4,
  kLink = 5,
  kService = 6,
  kImport = 7,  // it was done elsewhere, and recorded here afterwards
};

struct Actor {
  ActorKind kind = ActorKind::kPerson;
  std::uint64_t account_id = 0;  // 0 unless a person
  bool is_supervisor = false;
  bool unlimited = false;
  std::int64_t amount_limit = 0;  // minor units; binds persons only
};

inline bool IsBoundByLimit(const Actor& actor) {
  return actor.kind != ActorKind::kTimeout && actor.kind != ActorKind::kPlatform &&
         actor.kind != ActorKind::kLink;
}
inline bool IsAboveLimit(std::int64_t amount, const Actor& actor) {
  return IsBoundByLimit(actor) && !actor.unlimited && amount > actor.amount_limit;
}
inline bool IsPersonSupervising(const Actor& actor) {
  return actor.kind == ActorKind::kPerson && actor.is_supervisor;
}

// Part of every kind's progress. The number counts every arming of the case, from 1.
struct ArmedDeadline {
  std::string deadline_rule;  // empty in a final state
  std::string deadline_condition;
  std::int64_t deadline_number = 0;
  bool deadline_repeated = false;

  bool IsArmed(std::int64_t number) const {
    return number == deadline_number && !deadline_rule.empty();
  }
};

// ---- effects ------------------------------------------------------------------------------------

// Exactly one of the next three is in every applied step.
struct ArmDeadline {
  std::string_view rule;
  std::string_view condition;  // row of the rule, see the kind's deadlines.h
  bool repeat = false;         // by its own deadline: due after the rule's repeat_s
};
struct KeepDeadline {};    // number and due_at stay
struct DisarmDeadline {};  // the case is final

inline void Apply(const ArmDeadline& effect, ArmedDeadline& armed) {
  armed.deadline_rule = effect.rule;
  armed.deadline_condition = effect.condition;
  armed.deadline_repeated = effect.repeat;
  ++armed.deadline_number;
}
inline void Apply(const DisarmDeadline&, ArmedDeadline& armed) {
  armed.deadline_rule.clear();
  armed.deadline_condition.clear();
  armed.deadline_repeated = false;
}

struct RaisePriority {};
enum class PersonQueue : std::uint8_t { kAgents = 1, kSupervisors = 2, kFinance = 3 };
struct QueueForPerson {
  PersonQueue queue = PersonQueue::kAgents;
  std::string_view reason;  // stable code, e.g. "DEADLINE_PASSED"
};
struct AskPlatform {};  // let the adapter fetch the platform's view of the case
enum class Notice : std::uint8_t { kGoodsReceived = 1, kRefundSent = 2, kReplacementSent = 3 };
struct NotifyBuyer {
  Notice notice = Notice::kGoodsReceived;
};

}  // namespace redress::workflows
