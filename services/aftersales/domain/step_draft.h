#pragma once

// One step being taken: the rows as they will be, and the effects carried out on them.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "services/aftersales/domain/case_kind.h"
#include "services/aftersales/domain/stepper.h"

namespace redress::aftersales {

// Lives while one command is decided. The rows are copies; the batch's own are untouched until the
// step is kept.
class StepDraft {
 public:
  StepDraft(const Command& command, Case before, LedgerRow line, LoadedBatch& rows,
            const StepperPolicy& policy, std::int64_t now_us);

  Case after;
  LedgerRow line;
  bool line_changed = false;
  std::vector<WarehouseTask> tasks;  // changed or created
  std::optional<Settlement> settlement;
  bool settlement_changed = false;
  Step step;
  std::string members;                       // of the step's JSON
  std::string raise;                         // why a person has to look besides; empty for nothing
  bool contact_refused = false;              // the customer asked not to be contacted
  TaskId late_report;                        // on a case that had ended: of this task
  std::string late_reason;                   // why else a person has to look at one that had ended
  std::optional<CaseAsk> ask;                // of a linked case
  std::vector<CaseLink> links;               // that the step makes
  std::optional<Compensation> compensation;  // offered or moved
  std::optional<CompensationBudget> budget;  // that it is taken from, or given back to

  // The step's time: never earlier than the case's last step + 1 µs.
  std::int64_t now_us() const { return now_us_; }

  // Carries out the effects in order; the state must be set before.
  void CarryOut(const CaseEffects& effects);
  void QueueFor(workflows::PersonQueue queue, std::string_view reason);
  void RaisePriority();
  // The rest of the state lasts until then, whatever a rule says; under a number of its own, so
  // that a timer that is under way with the old one comes too late.
  void ArmByPlatform(std::int64_t due_at);
  void Link(LinkRelation relation, CaseId to);
  // The task as the draft sees it; nullptr when it is not loaded.
  WarehouseTask* FindTask(TaskId id);
  // What a case says of its open work: that it is done, or no longer wanted.
  using CaseWord = void (*)(WarehouseTask& task, std::int64_t now_us);
  void CloseTask(TaskId& slot, CaseWord word);
  // The work of a task that failed is queued again while the case waits for it: nobody else could
  // report what becomes of the goods. What had arrived stays received.
  void QueueAgain(TaskId failed);
  // Finishes the step: tasks that nobody waits for any more, version, JSON, snapshot and hash.
  // `reported` is the task that the answer shows.
  Answer Finish(std::string_view event, TaskId reported);

 private:
  struct Carrier;

  // By the case as the step leaves it.
  void JudgeUrgency();
  void Settle(const workflows::refund::RefundEffects& effects);
  void Arm(const workflows::ArmDeadline& effect);
  void Promise(const workflows::dispute::PromiseResolution& effect);
  void CreateTask(const workflows::refund::CreateWarehouseTask& effect);
  void SendPayment(const workflows::refund::CommandSettlement& effect);
  void SetSettlement(SettlementState state, SettlementCommand command);
  void Ask(CaseAsk of_linked, std::string_view name);
  void NoteSettled(const workflows::refund::MarkSettled& effect);

  const Command& command_;
  LoadedBatch& rows_;
  const StepperPolicy& policy_;
  const std::string before_state_;
  const Hash previous_hash_;
  std::int64_t now_us_;
  std::optional<DeadlineBasis> armed_by_;
  std::vector<std::string_view> asks_;  // what the step asks of others: notices, the platform
};

}  // namespace redress::aftersales
