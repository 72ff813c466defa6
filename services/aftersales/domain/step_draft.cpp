#include "services/aftersales/domain/step_draft.h"

#include <algorithm>
#include <stdexcept>
#include <variant>

#include "services/aftersales/domain/case_asks.h"
#include "services/aftersales/domain/event_json.h"
#include "services/aftersales/domain/snapshot.h"
#include "workflows/refund/events.h"

namespace redress::aftersales {

namespace dispute = workflows::dispute;
namespace refund = workflows::refund;
namespace review = workflows::review;

namespace {

// What the case waits to be told about this work.
std::string_view NextReportOf(const WarehouseTask& task) {
  if (task.kind == TaskKind::kSendBack) return refund::SendGoodsBack::kName;
  if (task.kind == TaskKind::kOutboundReplacement) return refund::ShipReplacement::kName;
  if (task.kind == TaskKind::kIntercept) return refund::RecordInterception::kName;
  return task.quantity_received > 0 ? refund::PassInspection::kName : refund::ReceiveGoods::kName;
}

std::string_view NoticeOf(workflows::Notice notice) {
  switch (notice) {
    case workflows::Notice::kGoodsReceived:
      return "notify_buyer_goods_received";
    case workflows::Notice::kRefundSent:
      return "notify_buyer_refund_sent";
    case workflows::Notice::kReplacementSent:
      return "notify_buyer_replacement_sent";
  }
  return "";
}

}  // namespace

// One overload per effect that asks for more than Apply does on the progress and the line.
struct StepDraft::Carrier {
  StepDraft& draft;

  void operator()(const workflows::ArmDeadline& effect) const { draft.Arm(effect); }
  void operator()(const workflows::DisarmDeadline&) const {
    draft.after.due_at = 0;
    draft.after.warn_at = 0;
  }
  void operator()(const dispute::PromiseResolution& effect) const { draft.Promise(effect); }
  void operator()(const refund::SetReturnTracking& effect) const {
    draft.after.return_carrier = effect.carrier;
    draft.after.return_tracking = effect.tracking;
  }
  void operator()(const refund::SetSendBackTracking& effect) const {
    draft.after.back_carrier = effect.carrier;
    draft.after.back_tracking = effect.tracking;
    // The goods have left, whoever says so: nobody needs to send them again.
    draft.CloseTask(draft.after.send_back_task, aftersales::Finish);
  }
  void operator()(const refund::SetReplacement& effect) const {
    if (effect.progress == refund::Replacement::kSigned) draft.step.outcome = "replaced";
  }
  void operator()(const refund::SetReplacementTracking& effect) const {
    draft.after.replacement_carrier = effect.carrier;
    draft.after.replacement_tracking = effect.tracking;
    // It has left, whoever says so.
    draft.CloseTask(draft.after.outbound_task, aftersales::Finish);
  }
  void operator()(const refund::SetInterception& effect) const {
    const bool is_over = effect.progress == refund::Interception::kCaught ||
                         effect.progress == refund::Interception::kMissed;
    if (is_over) draft.CloseTask(draft.after.intercept_task, aftersales::Finish);
  }
  void operator()(const refund::MarkSettled& effect) const { draft.NoteSettled(effect); }
  void operator()(const refund::CountFailedSettlement&) const {
    draft.SetSettlement(SettlementState::kFailed, SettlementCommand::kNone);
  }
  void operator()(const refund::SetSettlementUnknown& effect) const {
    if (effect.unknown) draft.SetSettlement(SettlementState::kUnknown, SettlementCommand::kNone);
  }
  void operator()(const refund::CommandSettlement& effect) const { draft.SendPayment(effect); }
  void operator()(const refund::QuerySettlement&) const {
    draft.SetSettlement(SettlementState::kUnknown, SettlementCommand::kQuery);
  }
  void operator()(const refund::CancelSettlement&) const {
    draft.SetSettlement(SettlementState::kCancelled, SettlementCommand::kCancel);
  }
  void operator()(const refund::CreateWarehouseTask& effect) const { draft.CreateTask(effect); }
  void operator()(const refund::CancelWarehouseTask& effect) const {
    draft.CloseTask(draft.after.SlotOf(effect.kind), Cancel);
  }
  void operator()(const review::ForbidContact&) const { draft.contact_refused = true; }
  void operator()(const review::TagReviewer&) const {
    draft.asks_.emplace_back("tag_malicious_reviewer");
  }
  void operator()(const refund::OpenDispute& effect) const {
    draft.Ask(AskOf(effect, draft.after), "open_dispute");
    draft.Link(LinkRelation::kEscalatedTo, CaseId{effect.dispute});
  }
  void operator()(const refund::TellDispute& effect) const {
    draft.Ask(AskOf(effect, draft.after), "tell_dispute");
  }
  void operator()(const dispute::AskRefund& effect) const {
    const CaseId refund{effect.refund};
    if (effect.joins) AddCase(draft.members, kJoinsMember, refund);
    draft.Ask(AskOf(effect, draft.after), effect.joins ? "join_refund" : "open_refund");
    draft.Link(LinkRelation::kRemedy, refund);
  }
  void operator()(const review::AskDispute& effect) const {
    const CaseId dispute{effect.dispute};
    if (effect.joins) AddCase(draft.members, kJoinsMember, dispute);
    draft.Ask(AskOf(effect, draft.after), effect.joins ? "join_dispute" : "open_dispute");
    draft.Link(LinkRelation::kDisputedIn, dispute);
  }
  void operator()(const dispute::TellReview& effect) const {
    draft.Ask(AskOf(effect, draft.after), "tell_review");
  }
  void operator()(const dispute::TellRefund& effect) const {
    draft.Ask(AskOf(effect, draft.after), "tell_refund");
  }
  void operator()(const workflows::RaisePriority&) const { draft.RaisePriority(); }
  void operator()(const workflows::QueueForPerson& effect) const {
    draft.QueueFor(effect.queue, effect.reason);
  }
  void operator()(const workflows::AskPlatform&) const { draft.asks_.emplace_back("ask_platform"); }
  void operator()(const workflows::NotifyBuyer& effect) const {
    draft.asks_.push_back(NoticeOf(effect.notice));
  }
  template <class Other>
  void operator()(const Other&) const {}
};

StepDraft::StepDraft(const Command& command, Case before, LedgerRow ledger, LoadedBatch& rows,
                     const StepperPolicy& policy, std::int64_t now_us)
    : after(std::move(before)),
      line(std::move(ledger)),
      command_(command),
      rows_(rows),
      policy_(policy),
      before_state_(after.version == 0 ? std::string() : after.state),
      previous_hash_(after.last_hash),
      now_us_(std::max(now_us, after.updated_at + 1)) {
  const auto found = rows.settlements.find({after.shop, after.id});
  if (found != rows.settlements.end()) settlement = found->second;
  // A person has looked: what called for one is answered, unless this step calls again.
  if (command.sender.kind == workflows::ActorKind::kPerson) after.needs_person.clear();
  step.previous_at = after.updated_at;
}

void StepDraft::CarryOut(const CaseEffects& effects) {
  if (const auto* own = std::get_if<refund::RefundEffects>(&effects)) {
    refund::Apply(*own, after.Refund());
    Settle(*own);
  } else if (const auto* disputes = std::get_if<dispute::DisputeEffects>(&effects)) {
    dispute::Apply(*disputes, after.Dispute());
  } else {
    review::Apply(std::get<review::ReviewEffects>(effects), after.Review());
  }
  const auto carry_out_all = [this](const auto& all) {
    for (const auto& effect : all) std::visit(Carrier{*this}, effect);
  };
  std::visit(carry_out_all, effects);
}

void StepDraft::Settle(const refund::RefundEffects& effects) {
  refund::Line facts = line.Facts();
  refund::Apply(effects, facts);
  if (facts.reserved == line.reserved && facts.settled == line.settled) return;
  line.SpeakFor(facts.reserved, facts.settled);
  line.updated_at = now_us_;
  line_changed = true;
}

void StepDraft::Arm(const workflows::ArmDeadline& effect) {
  DeadlineNeed need{effect.rule, effect.condition, effect.repeat, ScopeOf(after)};
  if (DeadlineRules::CountsFromSubject(effect.rule, effect.condition)) {
    need.since = SubjectTimeOf(after);
  }
  armed_by_ = policy_.RulesOf(after.shop).Arm(need, now_us_);
  after.due_at = armed_by_->due_at;
  after.warn_at = armed_by_->warn_at;
}

void StepDraft::ArmByPlatform(std::int64_t due_at) {
  ++after.Armed().deadline_number;
  after.Armed().deadline_repeated = false;
  after.due_at = due_at;
  after.warn_at = due_at > now_us_ ? now_us_ + (due_at - now_us_) / 2 : 0;
  DeadlineBasis& basis = armed_by_.emplace();
  basis.source = DeadlineBasis::Source::kPlatform;
  basis.rule = after.Armed().deadline_rule;
  basis.condition = after.Armed().deadline_condition;
  basis.start_at = now_us_;
  basis.due_at = after.due_at;
  basis.warn_at = after.warn_at;
}

void StepDraft::Promise(const dispute::PromiseResolution& effect) {
  const DeadlineNeed need{effect.rule, "", false, ScopeOf(after)};
  after.resolve_by_at = policy_.RulesOf(after.shop).Arm(need, now_us_).due_at;
}

void StepDraft::QueueFor(workflows::PersonQueue queue, std::string_view reason) {
  after.queue = queue;
  after.needs_person = reason;
}

void StepDraft::RaisePriority() {
  // As many as lead to P0 without any other reason.
  if (after.triage.platform + after.triage.raised < kLowestPriority) ++after.triage.raised;
}

void StepDraft::JudgeUrgency() {
  TriageFacts facts;
  facts.kind = KindOf(after);
  facts.has_platform_id = !after.platform_refund_id.empty();
  if (after.IsRefund()) {
    const workflows::refund::RefundProgress& progress = after.Refund();
    facts.amount = progress.approved_amount > 0 ? progress.approved_amount : progress.amount_asked;
  }
  facts.due_at = after.due_at;
  facts.now_us = now_us_;
  const std::uint8_t raised = after.triage.raised;
  after.triage = policy_.Triage(after.shop, facts);
  after.triage.raised = raised;
  after.priority = PriorityOf(after.triage);
}

WarehouseTask* StepDraft::FindTask(TaskId id) {
  const auto drafted = std::find_if(tasks.begin(), tasks.end(),
                                    [&](const WarehouseTask& task) { return task.id == id; });
  if (drafted != tasks.end()) return &*drafted;
  const auto loaded = rows_.tasks.find({after.shop, id});
  if (loaded == rows_.tasks.end()) return nullptr;
  return &tasks.emplace_back(loaded->second);
}

void StepDraft::CloseTask(TaskId& slot, CaseWord word) {
  if (!slot) return;
  WarehouseTask* task = FindTask(slot);
  if (task == nullptr) throw std::logic_error("an open task of a case was not loaded");
  slot = {};
  if (!task->IsOpen()) return;  // closed by the report that made this step
  word(*task, now_us_);
}

void StepDraft::CreateTask(const refund::CreateWarehouseTask& effect) {
  TaskId& slot = after.SlotOf(effect.kind);
  if (slot) return;  // a case has one open task of a kind at most
  WarehouseTask task;
  task.shop = after.shop;
  task.id = TaskId{policy_.NextId()};
  task.case_id = after.id;
  task.kind = effect.kind;
  task.version = 1;
  task.order = after.order;
  task.line = after.line;
  task.sku = line.sku;
  task.title = line.title;
  task.quantity = after.Refund().quantity;
  task.carrier = effect.carrier;
  task.tracking = effect.tracking;
  if (effect.kind == TaskKind::kIntercept &&
      after.Refund().replacement == refund::Replacement::kCalledBack) {
    task.carrier = after.replacement_carrier;
    task.tracking = after.replacement_tracking;
  }
  task.created_at = now_us_;
  task.updated_at = now_us_;
  slot = task.id;
  tasks.push_back(std::move(task));
}

void StepDraft::QueueAgain(TaskId failed) {
  const WarehouseTask* given_up = FindTask(failed);
  if (given_up == nullptr || !StateTakes(kRefundKind, after.state, NextReportOf(*given_up))) return;
  WarehouseTask again = Again(*given_up, TaskId{policy_.NextId()}, now_us_);
  after.SlotOf(again.kind) = again.id;
  tasks.push_back(std::move(again));
}

void StepDraft::SendPayment(const refund::CommandSettlement& effect) {
  if (!settlement) {
    Settlement& first = settlement.emplace();
    first.shop = after.shop;
    first.case_id = after.id;
    first.case_number = after.number;
    first.order = after.order;
    first.customer = after.customer;
    first.currency = after.currency;
    first.created_at = now_us_;
  }
  settlement->amount = effect.amount;
  settlement->attempts = static_cast<std::uint32_t>(effect.attempt);
  settlement->payment_reference.clear();
  SetSettlement(SettlementState::kPending, SettlementCommand::kPay);
}

void StepDraft::SetSettlement(SettlementState state, SettlementCommand command) {
  if (!settlement) return;
  settlement->state = state;
  settlement->command = policy_.Sends(command) ? command : SettlementCommand::kNone;
  settlement->send_at = settlement->command == SettlementCommand::kNone ? 0 : now_us_;
  settlement->updated_at = now_us_;
  settlement_changed = true;
}

void StepDraft::Ask(CaseAsk of_linked, std::string_view name) {
  if (ask) throw std::logic_error("a step asks two things of linked cases");
  asks_.push_back(name);
  ask = std::move(of_linked);
  ask->asked_at = now_us_;
}

void StepDraft::Link(LinkRelation relation, CaseId to) {
  links.push_back({after.shop, after.id, to, relation, now_us_});
}

void StepDraft::NoteSettled(const refund::MarkSettled& effect) {
  step.outcome = "settled";
  step.settled_minor = effect.amount + effect.shortfall;
  // What the platform paid is not our payment: ours, if there is one, is cancelled beside this.
  if (effect.by == refund::SettledBy::kUs) {
    SetSettlement(SettlementState::kSettled, SettlementCommand::kNone);
  }
}

Answer StepDraft::Finish(std::string_view event, TaskId reported) {
  // Goods that have arrived wait for an inspection only while the case does.
  if (after.inbound_task) {
    WarehouseTask* inbound = FindTask(after.inbound_task);
    const bool is_over = inbound != nullptr && inbound->state == TaskState::kReceived &&
                         !StateTakes(kRefundKind, after.state, refund::PassInspection::kName);
    if (is_over || (inbound != nullptr && !inbound->IsOpen())) {
      CloseTask(after.inbound_task, aftersales::Finish);
    }
  }
  for (const TaskKind kind :
       {TaskKind::kSendBack, TaskKind::kOutboundReplacement, TaskKind::kIntercept}) {
    TaskId& slot = after.SlotOf(kind);
    if (!slot) continue;
    const WarehouseTask* task = FindTask(slot);
    if (task != nullptr && !task->IsOpen()) slot = {};
  }
  for (WarehouseTask& task : tasks) task.case_state = after.state;
  std::erase_if(tasks, [&](const WarehouseTask& task) {
    const auto loaded = rows_.tasks.find({task.shop, task.id});
    return loaded != rows_.tasks.end() && loaded->second.version == task.version;
  });

  if (before_state_ != after.state && step.outcome.empty()) step.outcome = OutcomeOf(after);

  if (!after.final) JudgeUrgency();
  ++after.version;
  after.workflow_version = static_cast<std::uint32_t>(WorkflowOf(after).version);
  after.updated_at = now_us_;
  AddMember(members, "asks", asks_);

  if (ask) ask->sequence = after.version;
  step.shop = after.shop;
  step.case_id = after.id;
  step.sequence = after.version;
  step.event = event;
  step.from_state = before_state_;
  step.to_state = after.state;
  step.applied_at = now_us_;
  step.actor_kind = command_.sender.kind;
  step.actor = command_.sender.account;
  step.client = command_.sender.client.substr(0, 64);
  step.workflow_version = after.workflow_version;
  step.origin = command_.origin;
  step.request_id = command_.request_id;
  step.digest = command_.digest;
  step.event_json = "{" + members + "}";
  if (command_.text) {
    step.text_digest.assign(command_.text->digest.begin(), command_.text->digest.end());
  }
  step.assignee = after.assignee;

  Answer answer;
  answer.after = after;
  if (reported) {
    const auto task = std::find_if(tasks.begin(), tasks.end(), [&](const WarehouseTask& changed) {
      return changed.id == reported;
    });
    if (task != tasks.end()) answer.task = *task;
  }
  if (std::holds_alternative<RecordPayment>(command_.body)) answer.settlement = settlement;
  answer.armed_by = armed_by_;
  answer.compensation = compensation;
  step.snapshot = EncodeSnapshot(answer);
  step.hash = ChainHash(previous_hash_, step);
  after.last_hash = step.hash;
  answer.after.last_hash = step.hash;
  return answer;
}

}  // namespace redress::aftersales
