#include "services/aftersales/domain/stepper.h"

#include <set>

#include "services/aftersales/domain/assignment_rules.h"
#include "services/aftersales/domain/case_kind.h"
#include "services/aftersales/domain/event_json.h"
#include "services/aftersales/domain/machine_refusal.h"
#include "services/aftersales/domain/not_returnable.h"
#include "services/aftersales/domain/opening.h"
#include "services/aftersales/domain/past_case.h"
#include "services/aftersales/domain/payment_rules.h"
#include "services/aftersales/domain/step_draft.h"
#include "services/aftersales/domain/task_report.h"

namespace redress::aftersales {
namespace {

using platform::Code;
using platform::Refusal;
namespace refund = workflows::refund;

void AppendMembers(std::string& members, const std::string& more) {
  if (!members.empty() && !more.empty()) members.push_back(',');
  members += more;
}

// The batch while it is being decided: later commands see what earlier ones did.
class Batch {
 public:
  Batch(LoadedBatch rows, const StepperPolicy& policy, std::int64_t now_us)
      : rows_(std::move(rows)), policy_(policy), now_us_(now_us) {}

  Verdict DecideOne(const Command& command) {
    try {
      if (std::optional<Answer> first = Repeat(command)) return std::move(*first);
      if (const auto* open = std::get_if<OpenCase>(&command.body)) return Open(command, *open);
      if (const auto* open = std::get_if<OpenDispute>(&command.body)) return Open(command, *open);
      if (const auto* open = std::get_if<OpenReview>(&command.body)) return Open(command, *open);
      const Case& current = Current(command);
      if (current.IsImported()) throw ImportedAlready(current);
      CheckVersion(command, current);
      return std::visit([&](const auto& body) { return Take(command, current, body); },
                        command.body);
    } catch (const Refusal& refusal) {
      return refusal;
    }
  }

  Changes Take() && {
    for (const CaseKey& key : changed_cases_) {
      changes_.cases.push_back(rows_.cases.at(key));
    }
    for (const TaskKey& key : changed_tasks_) changes_.tasks.push_back(rows_.tasks.at(key));
    for (const LineKey& key : changed_lines_) changes_.ledger.push_back(rows_.ledger.at(key));
    for (const CaseKey& key : changed_settlements_) {
      changes_.settlements.push_back(rows_.settlements.at(key));
    }
    for (const CompensationKey& key : changed_compensations_) {
      changes_.compensations.push_back(rows_.compensations.at(key));
    }
    for (const BudgetKey& key : changed_budgets_) {
      changes_.budgets.push_back(rows_.budgets.at(key));
    }
    return std::move(changes_);
  }

 private:
  std::optional<Answer> Repeat(const Command& command) const {
    const auto earlier =
        rows_.earlier.find(RequestKey{command.shop, command.origin, command.request_id});
    if (earlier == rows_.earlier.end()) return std::nullopt;
    if (earlier->second.digest != command.digest) {
      throw Refusal(Code::kInvalidArgument, "REQUEST_ID_REUSED",
                    "This request_id was used for another request; take a new one.")
          .With("request_id", command.request_id);
    }
    Answer answer = earlier->second.answer;
    answer.repeated = true;
    return answer;
  }

  const Case& Current(const Command& command) const {
    const auto found = rows_.cases.find({command.shop, command.case_id});
    if (found == rows_.cases.end()) {
      throw platform::NotFound("case", platform::ToString(command.case_id));
    }
    return found->second;
  }

  static void CheckVersion(const Command& command, const Case& current) {
    if (!command.needs_version || command.version == current.version) return;
    throw platform::VersionConflict(command.version, current.version);
  }

  // Refunds are opened on their line only, so the row is there; a dispute pays nothing itself.
  const LedgerRow& LineOf(const Case& current) const {
    static const LedgerRow none;
    return current.IsRefund() ? rows_.ledger.at({current.shop, current.line}) : none;
  }

  Surroundings Around(const Command& command, const Case& current, const LedgerRow& line) const {
    const bool refused =
        current.customer && rows_.contact_refusals.contains({current.shop, current.customer});
    const auto* fire = std::get_if<FireEvent>(&command.body);
    const Beside beside = fire == nullptr ? Beside{} : fire->beside;
    return {line, command.sender, policy_, refused, now_us_, beside};
  }

  static Answer Unchanged(const Case& current) {
    Answer unchanged;
    unchanged.after = current;
    unchanged.ignored = true;
    return unchanged;
  }

  StepDraft Draft(const Command& command, const Case& current) {
    return StepDraft(command, current, LineOf(current), rows_, policy_, now_us_);
  }

  Verdict Open(const Command& command, const OpenCase& open) {
    LedgerRow row;
    const auto known = rows_.ledger.find({command.shop, open.line.line});
    if (known != rows_.ledger.end()) row = known->second;
    row.shop = command.shop;
    const bool news = BringUpToDate(row, open.line, now_us_);
    CheckOpening(open, row);
    StepDraft draft(command, CaseToOpen(command, open, row), row, rows_, policy_, now_us_);
    draft.line_changed = news;
    draft.members = MembersOf(open, draft.after);
    if (open.repeats) draft.Link(LinkRelation::kRepeats, open.repeats);
    return FirstStep(command, draft);
  }

  // Of a kind that pays nothing itself.
  template <class Opening>
  Verdict Open(const Command& command, const Opening& open) {
    StepDraft draft(command, CaseToOpen(command, open), {}, rows_, policy_, now_us_);
    draft.members = MembersOf(open, draft.after);
    if constexpr (requires { open.repeats; }) {
      if (open.repeats) draft.Link(LinkRelation::kRepeats, open.repeats);
    }
    return FirstStep(command, draft);
  }

  Verdict FirstStep(const Command& command, StepDraft& draft) {
    draft.after.opened_at = draft.now_us();
    draft.CarryOut(aftersales::Open(draft.after, Around(command, draft.after, draft.line)));
    return Keep(command, draft, kOpenEvent, {});
  }

  Verdict Take(const Command&, const Case&, const OpenCase&) { return std::monostate(); }
  Verdict Take(const Command&, const Case&, const OpenDispute&) { return std::monostate(); }
  Verdict Take(const Command&, const Case&, const OpenReview&) { return std::monostate(); }

  Verdict Take(const Command& command, const Case& current, const FireEvent& fire) {
    StepDraft draft = Draft(command, current);
    draft.members = MembersOf(fire.event);
    AppendMembers(draft.members, fire.details);
    return FireInto(draft, command, current, fire.event, {});
  }

  Verdict Take(const Command& command, const Case& current, const ReachDeadline& reached) {
    return Take(command, current, FireEvent{DeadlineEventOf(current, reached.number), {}});
  }

  Verdict Take(const Command& command, const Case& current, const AssignTo& assign) {
    CheckAssignment(command, current, assign);
    StepDraft draft = Draft(command, current);
    draft.after.needs_person = current.needs_person;
    draft.after.assignee = assign.assignee;
    AddMember(draft.members, "assignee_id", platform::ToString(assign.assignee));
    return Keep(command, draft, kAssignEvent, {});
  }

  Verdict Take(const Command& command, const Case& current, const ReportOnTask& body) {
    StepDraft draft = Draft(command, current);
    WarehouseTask* task = draft.FindTask(body.task);
    if (task == nullptr || task->case_id != current.id) {
      throw platform::NotFound("task", platform::ToString(body.task));
    }
    const ReportMeaning meaning = ApplyReport(*task, body.report, command.sender.account,
                                              current.Refund().approved_amount, draft.now_us());
    draft.members = MembersOf(body);
    if (std::holds_alternative<WorkFailed>(body.report)) draft.QueueAgain(body.task);
    Verdict result = FireReport(draft, command, current, body, meaning);
    if (const auto* answer = std::get_if<Answer>(&result)) {
      changes_.reports.push_back({command.shop, body.wms_reference, body.task, current.id,
                                  answer->after.version, body.report, command.sender.account,
                                  draft.now_us()});
    }
    return result;
  }

  // What happened to the goods is a fact. Where the case no longer waits for it, it is kept as a
  // step that leaves the state alone and calls a person.
  Verdict FireReport(StepDraft& draft, const Command& command, const Case& current,
                     const ReportOnTask& body, const ReportMeaning& meaning) {
    if (meaning.event && StateTakes(kRefundKind, current.state, refund::NameOf(*meaning.event))) {
      draft.raise = meaning.needs_person;
      return FireInto(draft, command, current, *meaning.event, body.task);
    }
    if (meaning.is_note) return Keep(command, draft, kGoodsReportedEvent, body.task);
    // Nobody looks for an ended case in a queue.
    if (current.final) draft.late_report = body.task;
    draft.RaisePriority();
    draft.QueueFor(workflows::PersonQueue::kAgents, meaning.needs_person.empty()
                                                        ? std::string_view("REPORT_NOT_EXPECTED")
                                                        : meaning.needs_person);
    return Keep(command, draft, kGoodsReportedEvent, body.task);
  }

  Verdict Take(const Command& command, const Case& current, const RecordPayment& payment) {
    StepDraft draft = Draft(command, current);
    if (!draft.settlement) {
      throw Refusal(Code::kFailedPrecondition, "NO_SETTLEMENT",
                    "Nothing has to be paid for this case.")
          .With("expected", "a case that was settling")
          .With("found", "state " + current.state);
    }
    CheckAttempts(payment, *draft.settlement);
    CheckNotOut(payment, *draft.settlement, current);
    const PaymentAnswer& answer = payment.answer;
    draft.settlement->payment_reference = answer.payment_reference;
    draft.settlement->reason = answer.reason;
    draft.settlement_changed = true;
    const refund::RefundEvent event =
        PaymentEventOf(answer.result, current.Refund().settlement_unknown);
    draft.members = MembersOf(event);
    if (!answer.payment_reference.empty()) {
      AddMember(draft.members, "payment_reference", answer.payment_reference);
    }
    if (!answer.reason.empty()) AddMember(draft.members, "reason", answer.reason);
    return FireInto(draft, command, current, event, {});
  }

  Verdict Take(const Command& command, const Case& current, const WarnSupervisor& warn) {
    if (current.warn_at == 0 || current.Armed().deadline_number != warn.number) {
      return Unchanged(current);
    }
    StepDraft draft = Draft(command, current);
    draft.after.warn_at = 0;
    draft.RaisePriority();
    if (draft.after.needs_person.empty()) {
      draft.QueueFor(workflows::PersonQueue::kSupervisors, "DEADLINE_NEAR");
    }
    AddMember(draft.members, "rule", current.Armed().deadline_rule);
    AddMember(draft.members, "number", warn.number);
    return Keep(command, draft, kWarningEvent, {});
  }

  // The platform repeats itself: what it said before changes nothing.
  Verdict Take(const Command& command, const Case& current, const PlatformDeadline& deadline) {
    if (current.platform_refund_id.empty()) {
      throw Refusal(Code::kFailedPrecondition, "NOT_ON_PLATFORM",
                    "The case is not known to a platform; the shop's own rules set its deadline.")
          .With("expected", "a case with a platform's id")
          .With("found", "a direct shop's case");
    }
    if (current.final || current.due_at == deadline.due_at) return Unchanged(current);
    if (deadline.number && !current.Armed().IsArmed(*deadline.number)) return Unchanged(current);
    StepDraft draft = Draft(command, current);
    draft.after.needs_person = current.needs_person;
    draft.ArmByPlatform(deadline.due_at);
    AddMember(draft.members, "due_at_us", deadline.due_at);
    return Keep(command, draft, kPlatformDeadlineEvent, {});
  }

  Verdict Take(const Command& command, const Case& current, const CallPerson& call) {
    if (current.final && call.reason == kReminded) throw EndedAlready(current);
    // It ended before its turn came: there is nothing left to decide in it.
    if (current.final) return Unchanged(current);
    StepDraft draft = Draft(command, current);
    draft.RaisePriority();
    if (call.reason == kReminded && !current.needs_person.empty()) {
      draft.after.needs_person = current.needs_person;
    } else {
      draft.QueueFor(call.queue, call.reason);
    }
    AddMember(draft.members, "reason", call.reason);
    AppendMembers(draft.members, call.details);
    return Keep(command, draft, kCallPersonEvent, {});
  }

  Verdict Take(const Command& command, const Case& current, const OfferCompensation& offer) {
    StepDraft draft = Draft(command, current);
    aftersales::Offer(draft, command, offer, policy_.Compensations(command.shop), rows_);
    return Keep(command, draft, kOfferCompensationEvent, {});
  }

  Verdict Take(const Command& command, const Case& current, const MoveCompensation& move) {
    StepDraft draft = Draft(command, current);
    aftersales::Move(draft, command, move, rows_);
    return Keep(command, draft, EventOf(move.act), {});
  }

  Verdict Take(const Command& command, const Case& current, const MarkNotReturnable& mark) {
    CheckMark(command, current, mark);
    if (mark.reason == current.not_returnable) return Unchanged(current);
    StepDraft draft = Draft(command, current);
    draft.after.needs_person = current.needs_person;
    draft.after.not_returnable = mark.reason;
    AddMember(draft.members, "reason", mark.reason);
    return Keep(command, draft, kMarkNotReturnableEvent, {});
  }

  Verdict FireInto(StepDraft& draft, const Command& command, const Case& current,
                   const CaseEvent& event, TaskId reported) {
    const FiredStep fired = Fire(current, event, Around(command, current, LineOf(current)));
    if (fired.outcome == workflows::Outcome::kIgnored) return Unchanged(current);
    const std::string_view name = NameOf(event);
    if (!fired.Applied()) throw RefusalOf(fired.refusal, command, draft.line, current, name);
    if (name == refund::DeadlineReached::kName) {
      draft.step.deadline_rule = current.Armed().deadline_rule;
    }
    draft.after.state = fired.state;
    draft.after.final = WorkflowOf(current).FindState(fired.state)->final;
    if (IsIntervention(event)) draft.after.platform_intervened = true;
    draft.CarryOut(fired.effects);
    if (!draft.raise.empty()) draft.QueueFor(workflows::PersonQueue::kAgents, draft.raise);
    return Keep(command, draft, name, reported);
  }

  Verdict Keep(const Command& command, StepDraft& draft, std::string_view event, TaskId reported) {
    Answer answer = draft.Finish(event, reported);
    const CaseKey key{command.shop, command.case_id};
    const LineKey line{draft.line.shop, draft.line.line};
    if (draft.line_changed) {
      rows_.ledger[line] = draft.line;
      changed_lines_.insert(line);
    }
    rows_.cases[key] = draft.after;
    changed_cases_.insert(key);
    for (WarehouseTask& task : draft.tasks) {
      const TaskKey task_key{task.shop, task.id};
      changed_tasks_.insert(task_key);
      rows_.tasks[task_key] = std::move(task);
    }
    if (draft.settlement && draft.settlement_changed) {
      rows_.settlements[key] = *draft.settlement;
      changed_settlements_.insert(key);
    }
    KeepCompensation(draft);
    if (command.text) {
      changes_.texts.push_back({command.shop, command.case_id, draft.step.sequence,
                                draft.after.customer, draft.after.order, *command.text});
    }
    if (draft.contact_refused && draft.after.customer) {
      rows_.contact_refusals.emplace(command.shop, draft.after.customer);
      changes_.contact_refusals.push_back({command.shop, draft.after.customer, command.case_id,
                                           draft.step.sequence, draft.now_us()});
    }
    if (draft.late_report || !draft.late_reason.empty()) {
      const std::string& why = draft.late_report ? draft.after.needs_person : draft.late_reason;
      changes_.late_reports.push_back({command.shop, command.case_id, draft.step.sequence,
                                       draft.late_report, why, draft.now_us()});
    }
    if (draft.ask) changes_.asks.push_back(*std::move(draft.ask));
    changes_.links.insert(changes_.links.end(), draft.links.begin(), draft.links.end());
    rows_.earlier[RequestKey{command.shop, command.origin, command.request_id}] = {command.digest,
                                                                                   answer};
    changes_.steps.push_back(std::move(draft.step));
    return answer;
  }

  void KeepCompensation(const StepDraft& draft) {
    if (draft.compensation) {
      const Compensation& one = *draft.compensation;
      const CompensationKey key{one.shop, one.case_id, one.number};
      rows_.compensations[key] = one;
      changed_compensations_.insert(key);
    }
    if (draft.budget) {
      const BudgetKey key{draft.budget->shop, draft.budget->month, draft.budget->account};
      rows_.budgets[key] = *draft.budget;
      changed_budgets_.insert(key);
    }
  }

  LoadedBatch rows_;
  const StepperPolicy& policy_;
  const std::int64_t now_us_;
  Changes changes_;
  std::set<CaseKey> changed_cases_;
  std::set<TaskKey> changed_tasks_;
  std::set<LineKey> changed_lines_;
  std::set<CaseKey> changed_settlements_;
  std::set<CompensationKey> changed_compensations_;
  std::set<BudgetKey> changed_budgets_;
};

}  // namespace

Decision Decide(std::span<Command* const> commands, LoadedBatch rows, const StepperPolicy& policy,
                std::int64_t now_us) {
  Batch batch(std::move(rows), policy, now_us);
  Decision decision;
  decision.results.reserve(commands.size());
  for (const Command* command : commands) decision.results.push_back(batch.DecideOne(*command));
  decision.changes = std::move(batch).Take();
  return decision;
}

}  // namespace redress::aftersales
