#include "services/aftersales/domain/warehouse_task.h"

#include <algorithm>
#include <array>
#include <stdexcept>

#include "services/platform/base/errors.h"

namespace redress::aftersales {
namespace {

using platform::Code;
using platform::Refusal;
namespace machine = workflows::task;
namespace refund = workflows::refund;

struct StoredState {
  TaskState state;
  std::string_view name;
};
constexpr std::array<StoredState, 7> kStates{{{TaskState::kQueued, "Queued"},
                                              {TaskState::kClaimed, "Claimed"},
                                              {TaskState::kReceived, "Received"},
                                              {TaskState::kDone, "Done"},
                                              {TaskState::kFailed, "Failed"},
                                              {TaskState::kCancelled, "Cancelled"},
                                              {TaskState::kPacked, "Packed"}}};

TaskState StateOf(std::string_view name) {
  const auto found = std::find_if(kStates.begin(), kStates.end(),
                                  [&](const StoredState& stored) { return stored.name == name; });
  if (found == kStates.end()) throw std::logic_error("a task's state cannot be stored");
  return found->state;
}

std::string InCapitals(std::string_view name) {
  std::string text(name);
  std::transform(text.begin(), text.end(), text.begin(), [](char c) {
    return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
  });
  return text;
}

machine::TaskFacts FactsOf(const WarehouseTask& task, AccountId account, std::int64_t now_us) {
  machine::TaskFacts facts;
  facts.progress.kind = task.kind;
  facts.progress.quantity = task.quantity;
  facts.progress.claimed_by = task.claimed_by.value;
  facts.progress.lease_until = task.lease_until;
  facts.progress.quantity_received = task.quantity_received;
  facts.progress.quantity_good = task.quantity_good;
  facts.progress.intercepted = task.intercepted;
  facts.actor.kind = workflows::ActorKind::kWarehouse;
  facts.actor.account_id = account.value;
  facts.now_us = now_us;
  return facts;
}

std::string_view MessageOf(std::string_view code, bool is_held) {
  if (code == "TASK_CLAIMED") return "Another account holds the task until its lease runs out.";
  if (code == "TASK_KIND") return "This report does not belong to this kind of task.";
  if (code != "LEASE_NOT_HELD") return "The task does not take this now.";
  return is_held ? "Another account holds the task; wait until its lease runs out."
                 : "You do not hold the task's lease; claim the task first.";
}

// In the words of the API, which are older than the machine: its states are named in capitals.
Refusal RefusalOf(const WarehouseTask& task, const machine::TaskFacts& facts,
                  const workflows::Refusal& why) {
  if (why.code == "MORE_GOOD_THAN_RECEIVED") {
    return platform::InvalidField("inspected.quantity_good",
                                  "is more than the " + std::to_string(task.quantity_received) +
                                      " received; give at most that");
  }
  if (why.code != workflows::kNotLegalInState) {
    return Refusal(Code::kFailedPrecondition, std::string(why.code),
                   std::string(MessageOf(why.code, facts.IsHeld())))
        .With("expected", why.expected)
        .With("found", why.found);
  }
  const std::string expected = task.IsOpen() ? InCapitals(why.expected) : "open";
  return Refusal(Code::kFailedPrecondition, "TASK_STATE",
                 "The task is " + NameOf(task.state) + "; this needs one that is " + expected + ".")
      .With("expected", expected)
      .With("found", NameOf(task.state));
}

// Applies the event to the row; what it asks for beside the row is the answer's effects.
machine::TaskEffects Take(WarehouseTask& task, const machine::TaskEvent& event, AccountId account,
                          std::int64_t now_us) {
  machine::TaskFacts facts = FactsOf(task, account, now_us);
  auto fired = machine::Fire(StateNameOf(task.state), event, facts);
  if (!fired.Applied()) {
    const workflows::Refusal first =
        task.IsOpen() ? machine::AskedAnywhere(event, facts) : workflows::Refusal{};
    throw RefusalOf(task, facts, first.code.empty() ? fired.refusal : first);
  }
  machine::Apply(fired.effects, facts.progress);
  task.state = StateOf(fired.state);
  task.claimed_by = AccountId{facts.progress.claimed_by};
  task.lease_until = facts.progress.lease_until;
  task.quantity_received = facts.progress.quantity_received;
  task.quantity_good = facts.progress.quantity_good;
  task.intercepted = facts.progress.intercepted;
  ++task.version;
  task.updated_at = std::max(now_us, task.updated_at + 1);
  return std::move(fired.effects);
}

machine::TaskEvent EventOf(const TaskReport& report) {
  struct Event {
    machine::TaskEvent operator()(const GoodsReceived& r) const {
      return machine::Received{r.quantity};
    }
    machine::TaskEvent operator()(const GoodsInspected& r) const {
      return machine::Inspected{r.quantity_good};
    }
    machine::TaskEvent operator()(const GoodsShipped&) const { return machine::Shipped{}; }
    machine::TaskEvent operator()(const GoodsPacked&) const { return machine::Packed{}; }
    machine::TaskEvent operator()(const ParcelIntercepted& r) const {
      return machine::Intercepted{r.caught};
    }
    machine::TaskEvent operator()(const WorkFailed&) const { return machine::Failed{}; }
  };
  return std::visit(Event{}, report);
}

// What a report says that the machine does not decide on.
void KeepDetails(WarehouseTask& task, const TaskReport& report) {
  if (const auto* inspected = std::get_if<GoodsInspected>(&report)) task.reason = inspected->reason;
  if (const auto* failed = std::get_if<WorkFailed>(&report)) task.reason = failed->reason;
  if (const auto* shipped = std::get_if<GoodsShipped>(&report)) {
    task.carrier = shipped->carrier;
    task.tracking = shipped->tracking;
  }
}

// The goods are worth what part of them is good.
refund::RefundEvent InspectionOf(const WarehouseTask& task, std::int64_t approved) {
  if (task.quantity_good >= task.quantity) return refund::PassInspection{};
  const std::int64_t worth = ProRata(approved, task.quantity_good, task.quantity);
  if (worth <= 0) return refund::FailInspection{};
  if (worth >= approved) return refund::PassInspection{};
  return refund::PassInspectionInPart{worth};
}

// Nothing for news that a case does nothing about.
std::optional<refund::RefundEvent> EventOf(machine::CaseNews news, const WarehouseTask& task,
                                           std::int64_t approved) {
  switch (news) {
    case machine::CaseNews::kArrived:
      return refund::ReceiveGoods{};
    case machine::CaseNews::kInspected:
      return InspectionOf(task, approved);
    case machine::CaseNews::kShipped:
      if (task.kind == TaskKind::kSendBack)
        return refund::SendGoodsBack{task.carrier, task.tracking};
      return refund::ShipReplacement{task.carrier, task.tracking};
    case machine::CaseNews::kIntercepted:
      return refund::RecordInterception{task.intercepted == InterceptOutcome::kCaught};
    case machine::CaseNews::kPacked:
      break;
  }
  return std::nullopt;
}

}  // namespace

bool WarehouseTask::IsOpen() const {
  static const auto open = [] {
    std::array<bool, 256> of_state{};
    for (const StoredState& stored : kStates) {
      of_state[static_cast<std::uint8_t>(stored.state)] =
          !machine::Describe().FindState(stored.name)->final;
    }
    return of_state;
  }();
  return open[static_cast<std::uint8_t>(state)];
}

std::string_view StateNameOf(TaskState state) {
  const auto found = std::find_if(kStates.begin(), kStates.end(),
                                  [&](const StoredState& stored) { return stored.state == state; });
  if (found == kStates.end()) throw std::runtime_error("a task is in a state that nobody knows");
  return found->name;
}

std::string NameOf(TaskState state) { return InCapitals(StateNameOf(state)); }

void Claim(WarehouseTask& task, AccountId account, std::int64_t until, std::int64_t now_us) {
  Take(task, machine::Claim{until}, account, now_us);
}

void Renew(WarehouseTask& task, AccountId account, std::int64_t until, std::int64_t now_us) {
  Take(task, machine::RenewLease{until}, account, now_us);
}

void Release(WarehouseTask& task, AccountId account, std::int64_t now_us) {
  Take(task, machine::Release{}, account, now_us);
}

bool Expire(WarehouseTask& task, std::int64_t now_us) {
  const machine::TaskFacts facts = FactsOf(task, {}, now_us);
  if (!machine::Fire(StateNameOf(task.state), machine::ExpireLease{}, facts).Applied()) {
    return false;
  }
  Take(task, machine::ExpireLease{}, {}, now_us);
  return true;
}

void Finish(WarehouseTask& task, std::int64_t now_us) { Take(task, machine::Finish{}, {}, now_us); }

void Cancel(WarehouseTask& task, std::int64_t now_us) { Take(task, machine::Cancel{}, {}, now_us); }

WarehouseTask Again(const WarehouseTask& given_up, TaskId id, std::int64_t now_us) {
  WarehouseTask again = given_up;
  again.id = id;
  again.state = StateOf(machine::StateToBeginIn(FactsOf(given_up, {}, now_us).progress));
  again.version = 1;
  again.reason.clear();
  again.created_at = now_us;
  again.updated_at = now_us;
  return again;
}

ReportMeaning ApplyReport(WarehouseTask& task, const TaskReport& report, AccountId reporter,
                          std::int64_t approved, std::int64_t now_us) {
  const machine::TaskEffects effects = Take(task, EventOf(report), reporter, now_us);
  KeepDetails(task, report);
  ReportMeaning meaning;
  for (const machine::TaskEffect& effect : effects) {
    if (const auto* tell = std::get_if<machine::TellCase>(&effect)) {
      meaning.event = EventOf(tell->news, task, approved);
      meaning.is_note = !meaning.event;
    } else if (const auto* call = std::get_if<machine::CallPerson>(&effect)) {
      meaning.needs_person = call->reason;
    }
  }
  return meaning;
}

std::int64_t ProRata(std::int64_t amount, std::int32_t part, std::int32_t whole) {
  if (whole <= 0) return 0;
  const __int128 product = static_cast<__int128>(amount) * part;
  const __int128 quotient = product / whole;
  const __int128 twice = (product % whole) * 2;
  const bool up = twice > whole || (twice == whole && quotient % 2 != 0);
  return static_cast<std::int64_t>(quotient + (up ? 1 : 0));
}

}  // namespace redress::aftersales
