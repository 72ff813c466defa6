#include "services/aftersales/domain/replay.h"

#include <algorithm>
#include <array>
#include <limits>
#include <stdexcept>

#include "services/aftersales/domain/case_kind.h"
#include "services/aftersales/domain/compensation_history.h"
#include "services/aftersales/domain/event_reading.h"
#include "services/platform/base/clock.h"
#include "workflows/dispute/deadlines.h"

namespace redress::aftersales {
namespace {

namespace dispute = workflows::dispute;
namespace refund = workflows::refund;
namespace review = workflows::review;

// Beyond any amount, count or time (the year 33658) that the service writes: rows that hold more
// were made by somebody else, and counting on with them could overflow.
constexpr std::int64_t kLargest = 1'000'000'000'000'000'000;
constexpr std::int32_t kMostAttempts = 1'000'000;

constexpr std::int64_t kPlenty = 1'000'000'000'000'000;

// What a replay supposes of the world around the case.
struct Facts {
  bool supervisor = true;
  bool unlimited = true;
  std::int64_t line_left = kPlenty;
  bool non_returnable = false;
  std::int32_t settlement_attempts = std::numeric_limits<std::int32_t>::max();
  bool contact_refused = false;
  review::PartOfDay part_of_day = review::PartOfDay::kMorning;
};

struct Rights {
  bool supervisor;
  bool unlimited;
};
constexpr std::array<Rights, 3> kRights{{{true, true}, {false, false}, {false, true}}};

// The order in which facts are tried: what is usual first.
std::vector<Facts> Suppositions(const refund::RefundProgress& before,
                                const refund::RefundProgress& recorded) {
  const std::int64_t taken =
      recorded.settled_amount - before.settled_amount - before.reserved_amount;
  std::vector<std::int64_t> left{kPlenty, 0};
  if (taken > 0) left.push_back(taken);  // a platform's payment took what the line had
  // A parcel is stopped when the payment left nothing of the line's money.
  const std::int64_t reserved = recorded.reserved_amount - before.reserved_amount;
  if (reserved > 0) left.push_back(reserved);
  std::vector<Facts> all;
  for (const std::int32_t attempts : {std::numeric_limits<std::int32_t>::max(), 0}) {
    for (const bool non_returnable : {false, true}) {
      for (const std::int64_t amount : left) {
        for (const Rights& rights : kRights) {
          all.push_back({rights.supervisor, rights.unlimited, amount, non_returnable, attempts});
        }
      }
    }
  }
  return all;
}

// A dispute's guards look at the actor alone.
std::vector<Facts> Suppositions(const dispute::DisputeProgress&, const dispute::DisputeProgress&) {
  std::vector<Facts> all;
  all.reserve(kRights.size());
  for (const Rights& rights : kRights) all.push_back({rights.supervisor, rights.unlimited});
  return all;
}

// An attempt leaves behind in which part of the day it was.
std::vector<Facts> Suppositions(const review::ReviewProgress& before,
                                const review::ReviewProgress& recorded) {
  Facts facts;
  for (const auto part : {review::PartOfDay::kAfternoon, review::PartOfDay::kEvening}) {
    if ((recorded.parts_of_day & ~before.parts_of_day & Bit(part)) != 0) facts.part_of_day = part;
  }
  std::vector<Facts> all;
  for (const bool refused : {false, true}) {
    for (const Rights& rights : kRights) {
      facts.supervisor = rights.supervisor;
      facts.unlimited = rights.unlimited;
      facts.contact_refused = refused;
      all.push_back(facts);
    }
  }
  return all;
}

std::vector<Facts> Suppositions(const Case& before, const Case& recorded) {
  // The first step of a case says of what kind it is.
  if (before.version == 0 && recorded.IsRefund()) return Suppositions({}, recorded.Refund());
  if (before.progress.index() != recorded.progress.index()) return {Facts{}};
  return std::visit(
      [&](const auto& own) {
        return Suppositions(std::get<std::decay_t<decltype(own)>>(before.progress), own);
      },
      recorded.progress);
}

// The deadline that the step armed, with the times that it recorded.
DeadlineRules RulesOf(const Step& step, const Case& recorded) {
  std::vector<DeadlineBasis> bases(1);
  bases[0].rule = recorded.Armed().deadline_rule;
  bases[0].condition = recorded.Armed().deadline_condition;
  bases[0].due_at = recorded.due_at;
  bases[0].warn_at = recorded.warn_at;
  if (step.sequence == 1 && recorded.resolve_by_at != 0) {
    DeadlineBasis& promise = bases.emplace_back();
    promise.rule = dispute::kResolveBy;
    promise.due_at = recorded.resolve_by_at;
  }
  return DeadlineRules::Recorded(std::move(bases));
}

// The order's shipping, as the condition of the armed rule tells it.
refund::OrderShipping ShippingOf(const Case& recorded) {
  const std::string& condition = recorded.Armed().deadline_condition;
  if (condition == "unshipped") return refund::OrderShipping::kUnshipped;
  if (condition == "received_refund_only") return refund::OrderShipping::kReceived;
  return refund::OrderShipping::kShipped;
}

// The case that a step opened is the one that it left as linked.
CaseId LinkedOf(const Case& recorded) {
  if (recorded.IsReview()) return CaseId{recorded.Review().dispute};
  return CaseId{recorded.IsRefund() ? recorded.Refund().dispute : recorded.Dispute().refund};
}

class SupposedPolicy final : public StepperPolicy {
 public:
  SupposedPolicy(const DeadlineRules& rules, const Facts& facts, const Case& recorded,
                 std::vector<std::uint64_t> ids, CompensationRules compensations)
      : rules_(rules),
        facts_(facts),
        compensations_(std::move(compensations)),
        triage_(recorded.triage),
        linked_(LinkedOf(recorded)),
        ids_(std::move(ids)) {}

  const DeadlineRules& RulesOf(ShopId) const override { return rules_; }
  bool IsNonReturnable(const LedgerRow&) const override { return facts_.non_returnable; }
  std::int32_t SettlementAttempts(ShopId) const override { return facts_.settlement_attempts; }
  bool IsRootCause(ShopId, std::string_view) const override { return true; }
  bool Sends(SettlementCommand) const override { return false; }
  // By rules that gave the recorded points: what they add up to is proved, and every raise.
  TriagePoints Triage(ShopId, const TriageFacts&) const override { return triage_; }
  // As many attempts as there may be at all.
  ReviewRules Reviews(ShopId, std::int64_t) const override {
    return {facts_.part_of_day,
            {review::kMostAttempts, review::kMostAttempts, review::kMostAttempts},
            ""};
  }
  const CompensationRules& Compensations(ShopId) const override { return compensations_; }
  std::uint64_t NextId() const override { return next_ < ids_.size() ? ids_[next_++] : 0; }
  CaseId NextCaseId() const override { return linked_; }

 private:
  const DeadlineRules& rules_;
  const Facts& facts_;
  const CompensationRules compensations_;
  const TriagePoints triage_;
  const CaseId linked_;
  const std::vector<std::uint64_t> ids_;
  mutable std::size_t next_ = 0;
};

std::vector<std::uint64_t> NewTaskIds(const Case& before, const Case& recorded) {
  std::vector<std::uint64_t> ids;
  const auto note = [&](TaskId was, TaskId is) {
    if (is && is != was) ids.push_back(is.value);
  };
  note(before.inbound_task, recorded.inbound_task);
  note(before.send_back_task, recorded.send_back_task);
  note(before.outbound_task, recorded.outbound_task);
  note(before.intercept_task, recorded.intercept_task);
  return ids;
}

bool AreWithin(std::initializer_list<std::int64_t> numbers, std::int64_t largest) {
  return std::all_of(numbers.begin(), numbers.end(),
                     [&](std::int64_t number) { return number >= 0 && number <= largest; });
}

bool IsPlausible(const refund::RefundProgress& p) {
  return AreWithin({p.amount_asked, p.proposed_amount, p.approved_amount, p.offered_amount,
                    p.reserved_amount, p.settled_amount, p.shortfall},
                   kLargest) &&
         AreWithin({p.settlement_attempt, p.failed_attempts}, kMostAttempts);
}

bool IsPlausible(const review::ReviewProgress& p) {
  return AreWithin({p.offer.amount, p.reviewed_at}, kLargest) &&
         AreWithin({p.stars, p.attempts.chat, p.attempts.phone, p.attempts.sms, p.evidence},
                   kMostAttempts);
}

bool IsPlausible(const dispute::DisputeProgress& p) {
  return AreWithin({p.options.refund, p.options.compensation, p.remedy.amount, p.worth},
                   kLargest) &&
         AreWithin({p.evidence, p.rounds_declined}, kMostAttempts);
}

bool IsPlausible(const Case& c) {
  return std::visit([](const auto& own) { return IsPlausible(own); }, c.progress) &&
         AreWithin({c.updated_at, c.due_at, c.warn_at, c.resolve_by_at, c.Armed().deadline_number},
                   kLargest) &&
         AreWithin({c.version}, std::numeric_limits<std::int32_t>::max());
}

// The rows that the stepper needs, under the supposed facts.
LoadedBatch RowsOf(const RebuiltCase& before, const Command& command, const Facts& facts,
                   refund::OrderShipping shipping) {
  LoadedBatch rows;
  rows.tasks = before.tasks;
  rows.settlements = before.settlements;
  rows.compensations = before.compensations;
  SupposeBudgets(rows);
  const Case& current = before.current;
  if (current.version == 0) return rows;
  rows.cases[{command.shop, command.case_id}] = current;
  if (facts.contact_refused) rows.contact_refusals.emplace(command.shop, current.customer);
  if (!current.IsRefund()) return rows;
  const refund::RefundProgress& progress = current.Refund();
  LedgerRow& line = rows.ledger[{command.shop, current.line}];
  line.shop = command.shop;
  line.line = current.line;
  line.reserved = progress.reserved_amount;
  line.settled = progress.settled_amount;
  line.ceiling = line.reserved + line.settled + facts.line_left;
  line.quantity = std::numeric_limits<std::int32_t>::max();
  line.shipping = shipping;
  line.postage = progress.variant == refund::Variant::kPostage;
  // Tasks that were made by steps which could not be replayed.
  Case slots = current;
  for (const TaskKind kind : {TaskKind::kInboundReturn, TaskKind::kSendBack,
                              TaskKind::kOutboundReplacement, TaskKind::kIntercept}) {
    const TaskId id = slots.SlotOf(kind);
    if (!id || rows.tasks.contains({command.shop, id})) continue;
    WarehouseTask& task = rows.tasks[{command.shop, id}];
    task.shop = command.shop;
    task.id = id;
    task.case_id = current.id;
    task.kind = kind;
    task.quantity = progress.quantity;
    if (progress.goods == refund::GoodsPlace::kWithUs && kind == TaskKind::kInboundReturn) {
      task.state = TaskState::kReceived;
      task.quantity_received = task.quantity;
    }
  }
  return rows;
}

// Claims are no steps: whoever reported had the task.
void ClaimFor(const Command& command, LoadedBatch& rows, std::int64_t now_us) {
  const auto* body = std::get_if<ReportOnTask>(&command.body);
  if (body == nullptr) return;
  const auto found = rows.tasks.find({command.shop, body->task});
  if (found == rows.tasks.end()) return;
  WarehouseTask& task = found->second;
  task.claimed_by = {};  // whoever held it before has let it go meanwhile
  if (task.IsOpen()) Claim(task, command.sender.account, now_us + platform::kSecondUs, now_us);
}

Command CommandOf(const Step& step, const Case& recorded) {
  Command command;
  command.shop = step.shop;
  command.case_id = step.case_id;
  command.origin = step.origin;
  command.request_id = step.request_id;
  command.digest = step.digest;
  command.sender.kind = step.actor_kind;
  command.sender.account = step.actor;
  command.sender.client = step.client;
  // What it said is not read here; that something was said counts.
  if (!step.text_digest.empty()) command.text.emplace();
  command.body = BodyOf(step, recorded);
  if (auto* open = std::get_if<OpenCase>(&command.body)) {
    open->line.order_version = 1;
    open->line.ceiling = kPlenty;
    open->line.quantity = std::numeric_limits<std::int32_t>::max();
    open->line.shipping = ShippingOf(recorded);
    open->line.postage = open->variant == refund::Variant::kPostage;
    // Older histories do not record it; an unpaid order has no cases.
    if (open->line.paid_at == 0) open->line.paid_at = 1;
  }
  return command;
}

template <class Value>
void CompareColumn(std::vector<Difference>& differences, const char* name, const Value& expected,
                   const Value& found) {
  if (expected == found) return;
  if constexpr (std::is_same_v<Value, std::string>) {
    differences.push_back({name, expected, found});
  } else {
    differences.push_back({name, std::to_string(expected), std::to_string(found)});
  }
}

std::vector<Difference> Compare(const Step& replayed, const Case& after, const Step& recorded,
                                Case recorded_after) {
  std::vector<Difference> differences;
  CompareColumn(differences, "event", replayed.event, recorded.event);
  CompareColumn(differences, "to_state", replayed.to_state, recorded.to_state);
  CompareColumn(differences, "applied_at", replayed.applied_at, recorded.applied_at);
  CompareColumn(differences, "event_json", replayed.event_json, recorded.event_json);
  CompareColumn(differences, "deadline_rule", replayed.deadline_rule, recorded.deadline_rule);
  CompareColumn(differences, "assignee_id", replayed.assignee.value, recorded.assignee.value);
  CompareColumn(differences, "outcome", replayed.outcome, recorded.outcome);
  CompareColumn(differences, "settled_minor", replayed.settled_minor, recorded.settled_minor);
  // A snapshot holds what steps change; the rest comes from the opening step.
  CopyOpeningFields(after, recorded_after);
  recorded_after.reason = after.reason;
  recorded_after.platform_refund_id = after.platform_refund_id;
  recorded_after.opened_at = after.opened_at;
  recorded_after.last_hash = after.last_hash;
  for (Difference& one : DifferencesOf(after, recorded_after)) {
    one.field = "snapshot." + one.field;
    differences.push_back(std::move(one));
  }
  return differences;
}

ReplayedStep Try(const RebuiltCase& before, const Command& command, const Step& step,
                 const Case& recorded, const DeadlineRules& rules, const Facts& facts) {
  Command supposed = command;
  supposed.sender.is_agent = true;
  supposed.sender.is_finance = true;
  supposed.sender.is_supervisor = facts.supervisor;
  supposed.sender.unlimited = facts.unlimited;
  LoadedBatch rows = RowsOf(before, supposed, facts, ShippingOf(recorded));
  ClaimFor(supposed, rows, step.applied_at);
  const SupposedPolicy policy(rules, facts, recorded, NewTaskIds(before.current, recorded),
                              SupposedRules(step));
  Command* const one[] = {&supposed};
  Decision decision = Decide(one, std::move(rows), policy, step.applied_at);
  ReplayedStep replayed;
  if (const auto* refusal = std::get_if<platform::Refusal>(&decision.results.front())) {
    replayed.refusal = std::string(refusal->reason()) + ": " + std::string(refusal->message());
    return replayed;
  }
  if (decision.changes.steps.empty()) {
    replayed.refusal = "the event changes nothing in this case";
    return replayed;
  }
  replayed.after = before;
  replayed.after.current = decision.changes.cases.front();
  for (WarehouseTask& task : decision.changes.tasks) {
    replayed.after.tasks.insert_or_assign(TaskKey{task.shop, task.id}, std::move(task));
  }
  for (Settlement& settlement : decision.changes.settlements) {
    replayed.after.settlements.insert_or_assign(CaseKey{settlement.shop, settlement.case_id},
                                                std::move(settlement));
  }
  for (Compensation& one : decision.changes.compensations) {
    replayed.after.compensations.insert_or_assign(
        CompensationKey{one.shop, one.case_id, one.number}, std::move(one));
  }
  replayed.differences =
      Compare(decision.changes.steps.front(), replayed.after.current, step, recorded);
  return replayed;
}

}  // namespace

bool IsReplayable(const Step& step, const Case& recorded) {
  return step.workflow_version == static_cast<std::uint32_t>(WorkflowOf(recorded).version);
}

ReplayedStep Replay(const RebuiltCase& before, const Step& step, const Case& recorded) {
  std::optional<ReplayedStep> nearest;
  std::string refusal;
  try {
    if (!IsPlausible(before.current) || !IsPlausible(recorded) ||
        !AreWithin({step.applied_at}, kLargest)) {
      return {{}, {}, "numbers that the service never writes"};
    }
    if ((step.sequence == 1) != (step.event == kOpenEvent)) {
      return {{}, {}, "a case is opened by its first step and by no other"};
    }
    const Command command = CommandOf(step, recorded);
    const DeadlineRules rules = RulesOf(step, recorded);
    for (const Facts& facts : Suppositions(before.current, recorded)) {
      ReplayedStep tried = Try(before, command, step, recorded, rules, facts);
      if (!tried.refusal.empty()) {
        if (refusal.empty()) refusal = tried.refusal;
        continue;
      }
      if (!nearest || tried.differences.size() < nearest->differences.size()) {
        nearest = std::move(tried);
      }
      if (nearest->differences.empty()) break;
    }
  } catch (const std::exception& error) {
    // What nobody but this program can have written is read without trust.
    if (!nearest) return {{}, {}, error.what()};
  }
  if (nearest) return *std::move(nearest);
  return {{}, {}, refusal};
}

}  // namespace redress::aftersales
