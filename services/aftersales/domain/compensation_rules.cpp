#include "services/aftersales/domain/compensation_rules.h"

#include <array>
#include <tuple>

#include "services/aftersales/domain/event_json.h"
#include "services/aftersales/domain/shop_policies.h"
#include "services/aftersales/domain/step_draft.h"
#include "services/aftersales/domain/triage.h"
#include "services/platform/base/money.h"

namespace redress::aftersales {

using platform::Code;
using platform::Refusal;

namespace {

constexpr std::string_view kReasons =
    "quality,damaged_in_transit,late_delivery,wrong_goods,missing_goods,wrong_description,service,"
    "price,other";

struct NamedAct {
  CompensationAct act;
  std::string_view event;
};
constexpr std::array<NamedAct, 5> kActs{{
    {CompensationAct::kApprove, "approve_compensation"},
    {CompensationAct::kDecline, "decline_compensation"},
    {CompensationAct::kCancel, "cancel_compensation"},
    {CompensationAct::kBegin, "begin_compensation"},
    {CompensationAct::kRecord, "record_compensation"},
}};

std::string InWords(const std::string& currency, std::int64_t amount) {
  return platform::ToString(platform::Money{currency, amount});
}

// Those of one case, in order.
template <class Each>
void ForEachOf(const LoadedBatch& rows, const Case& of, const Each& each) {
  for (auto at = rows.compensations.lower_bound({of.shop, of.id, 0});
       at != rows.compensations.end() && at->second.shop == of.shop && at->second.case_id == of.id;
       ++at) {
    each(at->second);
  }
}

void CheckOthers(const LoadedBatch& rows, const Case& current) {
  std::size_t count = 0;
  ForEachOf(rows, current, [&](const Compensation& one) {
    ++count;
    if (one.state != CompensationState::kUnknown) return;
    throw Refusal(Code::kFailedPrecondition, "RECONCILE_FIRST",
                  "Nobody knows whether the case's compensation " + std::to_string(one.number) +
                      " was given; record what became of it before another is offered.")
        .With("expected", "no compensation of unknown result")
        .With("found", "compensation " + std::to_string(one.number));
  });
  if (count < kMostCompensations) return;
  throw Refusal(Code::kFailedPrecondition, "TOO_MANY_COMPENSATIONS",
                "A case has at most " + std::to_string(kMostCompensations) +
                    " compensations; open another case that repeats this one.")
      .With("expected", "fewer than " + std::to_string(kMostCompensations))
      .With("found", std::to_string(count));
}

void CheckReview(const LoadedBatch& rows, const Case& current, const Command& command) {
  if (!current.IsReview()) return;
  if (current.Review().contact_refused ||
      rows.contact_refusals.contains({current.shop, current.customer})) {
    throw Refusal(Code::kFailedPrecondition, "CONTACT_REFUSED",
                  "The buyer asked not to be contacted; nothing is offered to them.")
        .With("expected", "a buyer who may be contacted")
        .With("found", "one who asked not to be");
  }
  if (command.text) return;
  throw platform::InvalidField("text",
                               "is missing; give the words to the buyer, which say that it is for "
                               "the fault: nothing may hang on a revised review");
}

void CheckOffer(const OfferCompensation& offer, const CompensationRules& rules,
                const Case& current) {
  if (current.final) {
    throw Refusal(Code::kFailedPrecondition, "CASE_FINAL",
                  "The case has ended; open another that repeats it, and offer it there.")
        .With("expected", "an open case")
        .With("found", "state " + current.state);
  }
  if (!current.currency.empty() && offer.currency != current.currency) {
    throw Refusal(Code::kFailedPrecondition, "CURRENCY_MISMATCH",
                  "The order was paid in " + current.currency + "; offer in that currency.")
        .With("expected", current.currency)
        .With("found", offer.currency);
  }
  if (!IsListed(rules.reasons, offer.reason)) {
    throw Refusal(Code::kFailedPrecondition, "COMPENSATION_REASON_NOT_LISTED",
                  "The shop's list does not name this reason; choose one of " + rules.reasons + ".")
        .With("expected", "one of " + rules.reasons)
        .With("found", offer.reason);
  }
}

// 500.00 of one currency is not 500 of another.
void CheckCurrency(const OfferCompensation& offer, const CompensationRules& rules) {
  if (rules.currency.empty() || rules.currency == offer.currency) return;
  throw Refusal(Code::kFailedPrecondition, "LIMIT_IN_OTHER_CURRENCY",
                "The shop's limits are in " + rules.currency + ", and nothing in " +
                    offer.currency + " can be held against them; refund the order instead.")
      .With("expected", rules.currency)
      .With("found", offer.currency);
}

void CheckMonth(const CompensationBudget& budget, const OfferCompensation& offer,
                const CompensationLimits& limits, bool is_supervisor) {
  // A month of which nothing is held any more is nobody's currency.
  if (budget.spent > 0 && budget.currency != offer.currency) {
    throw Refusal(Code::kFailedPrecondition, "CURRENCY_MISMATCH",
                  "The month's limit is held in " + budget.currency + "; offer in that currency.")
        .With("expected", budget.currency)
        .With("found", offer.currency);
  }
  const std::int64_t left = budget.Leaves(limits.month);
  if (offer.amount <= left) return;
  throw Refusal(Code::kFailedPrecondition, "ABOVE_MONTH_LIMIT",
                "Only " + InWords(offer.currency, left) + " of your " +
                    InWords(offer.currency, limits.month) + " for " + MonthText(offer.month) +
                    " is left; " +
                    (is_supervisor ? "" : "a supervisor can offer it from their own month, or ") +
                    "an administrator can raise the limit.")
      .With("expected", "at most " + InWords(offer.currency, left))
      .With("found", InWords(offer.currency, offer.amount))
      .With("left", std::to_string(left))
      .With("limit", std::to_string(limits.month));
}

Refusal WrongState(const Compensation& one, std::string_view expected) {
  return Refusal(Code::kFailedPrecondition, "COMPENSATION_STATE",
                 "The compensation is " + std::string(NameOf(one.state)) + "; this needs one that" +
                     " is " + std::string(expected) + ".")
      .With("expected", std::string(expected))
      .With("found", std::string(NameOf(one.state)));
}

void ExpectState(const Compensation& one, CompensationState state) {
  if (one.state != state) throw WrongState(one, NameOf(state));
}

// Money is finance's to pay, coupons are issued by who works cases.
void CheckGiver(const Compensation& one, const Sender& sender) {
  const bool is_money = one.kind == CompensationKind::kMoney;
  if (is_money ? sender.is_finance : sender.is_agent || sender.is_supervisor) return;
  throw Refusal(Code::kPermissionDenied, is_money ? "FINANCE_REQUIRED" : "AGENT_REQUIRED",
                is_money ? "Money is paid by finance; leave it to them."
                         : "Coupons are issued by agents and supervisors; leave it to them.");
}

void Decide(Compensation& one, const Sender& sender, CompensationState state) {
  ExpectState(one, CompensationState::kWaiting);
  if (!sender.is_supervisor) {
    throw Refusal(Code::kPermissionDenied, "SUPERVISOR_REQUIRED",
                  "It is above the single limit: a supervisor decides.");
  }
  if (state == CompensationState::kGranted && sender.account == one.offered_by) {
    throw Refusal(Code::kFailedPrecondition, "FOUR_EYES",
                  "Whoever offered it does not approve it; ask another supervisor.")
        .With("expected", "another supervisor than who offered it")
        .With("found", "the same account");
  }
  one.state = state;
  one.decided_by = sender.account;
}

void Cancel(Compensation& one, const Sender& sender) {
  if (one.state == CompensationState::kUnderWay || one.state == CompensationState::kUnknown) {
    throw Refusal(Code::kFailedPrecondition, "RECONCILE_FIRST",
                  "It is being given, or may have been; record what became of it.")
        .With("expected", "one that nobody has in hand")
        .With("found", std::string(NameOf(one.state)));
  }
  if (one.state != CompensationState::kWaiting) ExpectState(one, CompensationState::kGranted);
  if (!sender.is_supervisor && sender.account != one.offered_by) {
    throw Refusal(Code::kPermissionDenied, "SUPERVISOR_REQUIRED",
                  "Agents take back their own offers; ask a supervisor to take back this one.");
  }
  one.state = CompensationState::kCancelled;
}

void Begin(Compensation& one, const Sender& sender) {
  CheckGiver(one, sender);
  ExpectState(one, CompensationState::kGranted);
  one.state = CompensationState::kUnderWay;
  one.taken_by = sender.account;
}

void Record(Compensation& one, const MoveCompensation& move, const Command& command,
            std::uint32_t sequence) {
  CheckGiver(one, command.sender);
  const bool reconciles =
      one.state == CompensationState::kUnknown && move.result != CompensationState::kUnknown;
  if (!reconciles) ExpectState(one, CompensationState::kUnderWay);
  if (move.result != CompensationState::kGiven && move.why.empty()) {
    throw platform::InvalidField("why", "is missing; say why it failed, or why nobody knows");
  }
  if (move.result == CompensationState::kGiven && one.kind == CompensationKind::kMoney &&
      move.payment_reference.empty()) {
    throw platform::InvalidField(
        "payment_reference", "is missing; give the payment's reference at the bank or platform");
  }
  if (move.result == CompensationState::kGiven && one.kind == CompensationKind::kCoupon &&
      !command.text) {
    throw platform::InvalidField("coupon_code",
                                 "is missing; give the code under which the platform issued it");
  }
  one.state = move.result;
  one.why = move.why;
  if (move.result != CompensationState::kGiven) return;
  one.payment_reference = move.payment_reference;
  one.given_at_step = sequence;
}

// Who has to look at the case after the step. What others were called for stays. Of the case's own
// compensations all count, not only the one that moved: one that failed calls until another is
// offered, one of unknown result until it is known, and what waits until nothing does.
void CallPeople(StepDraft& draft, const Compensation& one, const Case& before,
                const LoadedBatch& rows) {
  Case& after = draft.after;
  after.needs_person = before.needs_person;
  after.queue = before.queue;
  if (after.final) {
    // Nobody looks for an ended case in a queue, and what failed is open no longer.
    if (one.state == CompensationState::kFailed) draft.late_reason = kCompensationFailed;
    return;
  }
  const auto any = [&](CompensationState state) {
    bool found = one.state == state;
    ForEachOf(rows, before, [&](const Compensation& other) {
      found |= other.number != one.number && other.state == state;
    });
    return found;
  };
  const bool is_offered_now = one.version == one.number;
  const bool failed = one.state == CompensationState::kFailed ||
                      (before.needs_person == kCompensationFailed && !is_offered_now);
  const bool called = after.needs_person == kCompensationWaits ||
                      after.needs_person == kCompensationFailed ||
                      after.needs_person == kCompensationUnknown;
  if (called) after.needs_person.clear();
  if (!after.needs_person.empty()) return;
  if (failed) {
    draft.QueueFor(workflows::PersonQueue::kAgents, kCompensationFailed);
  } else if (any(CompensationState::kUnknown)) {
    draft.QueueFor(workflows::PersonQueue::kFinance, kCompensationUnknown);
  } else if (any(CompensationState::kWaiting)) {
    draft.QueueFor(workflows::PersonQueue::kSupervisors, kCompensationWaits);
  }
}

CompensationBudget BudgetOf(const LoadedBatch& rows, const BudgetKey& key) {
  const auto found = rows.budgets.find(key);
  if (found != rows.budgets.end()) return found->second;
  CompensationBudget fresh;
  std::tie(fresh.shop, fresh.month, fresh.account) = key;
  return fresh;
}

}  // namespace

CompensationRules ReadCompensationRules(
    const std::function<std::string(std::string_view name)>& setting) {
  CompensationRules rules;
  const auto limit = [&](std::string_view name, std::int64_t& of) {
    of = WholeNumberOr(setting(name), of);
  };
  limit("compensation_agent_single", rules.agent.single);
  limit("compensation_agent_month", rules.agent.month);
  limit("compensation_supervisor_single", rules.supervisor.single);
  limit("compensation_supervisor_month", rules.supervisor.month);
  rules.reasons = setting("compensation_reasons");
  if (rules.reasons.empty()) rules.reasons = kReasons;
  return rules;
}

std::string_view EventOf(CompensationAct act) {
  for (const NamedAct& one : kActs) {
    if (one.act == act) return one.event;
  }
  return "";
}

const CompensationAct* FindAct(std::string_view event) {
  for (const NamedAct& one : kActs) {
    if (one.event == event) return &one.act;
  }
  return nullptr;
}

void Offer(StepDraft& draft, const Command& command, const OfferCompensation& offer,
           const CompensationRules& rules, const LoadedBatch& rows) {
  const Case before = rows.cases.at({command.shop, command.case_id});
  CheckOffer(offer, rules, before);
  CheckCurrency(offer, rules);
  CheckReview(rows, before, command);
  CheckOthers(rows, before);
  const AccountId person = command.sender.account;
  const CompensationLimits& limits = rules.Of(command.sender.is_supervisor);
  CompensationBudget budget = BudgetOf(rows, {command.shop, offer.month, person});
  CheckMonth(budget, offer, limits, command.sender.is_supervisor);
  budget.currency = offer.currency;
  budget.Take(offer.amount, limits.month, draft.now_us());

  const bool needs_supervisor = offer.amount > limits.single;
  Compensation& one = draft.compensation.emplace();
  one.shop = command.shop;
  one.case_id = command.case_id;
  one.number = before.version + 1;
  one.version = one.number;
  one.case_number = before.number;
  one.order = before.order;
  one.customer = before.customer;
  one.kind = offer.kind;
  one.state = needs_supervisor ? CompensationState::kWaiting : CompensationState::kGranted;
  one.currency = offer.currency;
  one.amount = offer.amount;
  one.reason = offer.reason;
  one.month = offer.month;
  one.offered_by = person;
  one.created_at = draft.now_us();
  one.updated_at = draft.now_us();
  draft.budget = std::move(budget);
  CallPeople(draft, one, before, rows);

  AddMember(draft.members, "compensation_kind", NameOf(offer.kind));
  AddMember(draft.members, "amount_minor", offer.amount);
  AddMember(draft.members, "currency_code", offer.currency);
  AddMember(draft.members, "reason", offer.reason);
  AddMember(draft.members, "month", std::int64_t{offer.month});
  AddMember(draft.members, kNeedsSupervisorMember, needs_supervisor);
}

void Move(StepDraft& draft, const Command& command, const MoveCompensation& move,
          const LoadedBatch& rows) {
  const Case before = rows.cases.at({command.shop, command.case_id});
  const auto found = rows.compensations.find({command.shop, command.case_id, move.number});
  if (found == rows.compensations.end()) {
    throw platform::NotFound("compensation", std::to_string(move.number));
  }
  Compensation& one = draft.compensation.emplace(found->second);
  if (move.version != 0 && move.version != one.version) {
    throw platform::VersionConflict(move.version, one.version);
  }
  const std::uint32_t sequence = before.version + 1;
  AddMember(draft.members, "compensation", std::int64_t{one.number});
  switch (move.act) {
    case CompensationAct::kApprove:
      Decide(one, command.sender, CompensationState::kGranted);
      break;
    case CompensationAct::kDecline:
      Decide(one, command.sender, CompensationState::kDeclined);
      break;
    case CompensationAct::kCancel:
      Cancel(one, command.sender);
      break;
    case CompensationAct::kBegin:
      Begin(one, command.sender);
      break;
    case CompensationAct::kRecord:
      Record(one, move, command, sequence);
      AddMember(draft.members, "result", NameOf(move.result));
      if (!move.payment_reference.empty()) {
        AddMember(draft.members, "payment_reference", move.payment_reference);
      }
      if (!move.why.empty()) AddMember(draft.members, "why", move.why);
      break;
  }
  one.version = sequence;
  one.updated_at = draft.now_us();
  if (!IsOpen(one.state) && one.state != CompensationState::kGiven) {
    draft.budget = BudgetOf(rows, {one.shop, one.month, one.offered_by});
    draft.budget->GiveBack(one.amount, draft.now_us());
  }
  CallPeople(draft, one, before, rows);
}

}  // namespace redress::aftersales
