#include "tests/unit/aftersales/desk.h"

#include <gtest/gtest.h>

#include "services/aftersales/domain/case_asks.h"
#include "services/platform/base/text.h"

namespace redress::aftersales {

namespace refund = workflows::refund;

Desk::Desk() {
  line_facts = {
      kOrder,  kLine, 1, "GBP", 3000, 3, CustomerId{5}, now_us - 1, refund::OrderShipping::kShipped,
      "SKU-1", "Lamp"};
}

std::unique_ptr<Command> Desk::Make(CommandBody body, CaseId of) {
  auto command = std::make_unique<Command>();
  command->shop = kShop;
  command->case_id = of;
  command->request_id = "r" + std::to_string(++requests_);
  command->digest.fill(static_cast<std::uint8_t>(requests_));
  command->sender.account = kAgent;
  command->sender.is_agent = true;
  command->sender.unlimited = true;
  command->sender.client = "test";
  command->body = std::move(body);
  return command;
}

std::unique_ptr<Command> Desk::Open(std::int64_t amount, CaseId of, refund::Variant variant) {
  OpenCase open;
  open.number = of.value;
  open.line = line_facts;
  open.quantity = 1;
  open.currency = "GBP";
  open.amount_asked = amount;
  open.variant = variant;
  open.reason = "damaged";
  return Make(open, of);
}

std::unique_ptr<Command> Desk::OpenDispute(CaseId of) {
  aftersales::OpenDispute open;
  open.number = of.value;
  open.line = line_facts;
  open.channel = workflows::dispute::Channel::kDeliveryFault;
  open.reason = "not_delivered";
  return Make(open, of);
}

std::unique_ptr<Command> Desk::OpenReview(CaseId of) {
  aftersales::OpenReview open;
  open.number = of.value;
  open.line = line_facts;
  open.stars = 2;
  open.rating = workflows::review::Rating::kBad;
  open.reviewed_at = now_us - 24 * 3600 * 1'000'000LL;
  open.reason = "quality";
  return Make(open, of);
}

std::unique_ptr<Command> Desk::Fire(CaseEvent event, CaseId of) {
  return Make(FireEvent{std::move(event), {}}, of);
}

std::unique_ptr<Command> Desk::Report(TaskReport report, std::string reference) {
  auto command = Make(ReportOnTask{Now().inbound_task, reference, std::move(report)});
  command->request_id = reference;
  command->origin = Origin::kWarehouse;
  command->sender.kind = refund::ActorKind::kWarehouse;
  command->sender.account = kWarehouse;
  return command;
}

std::vector<Verdict> Desk::Decide(std::vector<Command*> commands) {
  Decision decision = aftersales::Decide(commands, rows, policy, now_us);
  for (Case& changed : decision.changes.cases) rows.cases[{kShop, changed.id}] = changed;
  for (WarehouseTask& task : decision.changes.tasks) rows.tasks[{kShop, task.id}] = task;
  for (LedgerRow& line : decision.changes.ledger) rows.ledger[{kShop, line.line}] = line;
  for (Settlement& one : decision.changes.settlements) {
    rows.settlements[{kShop, one.case_id}] = one;
  }
  for (Compensation& one : decision.changes.compensations) {
    rows.compensations[{kShop, one.case_id, one.number}] = one;
  }
  for (CompensationBudget& one : decision.changes.budgets) {
    rows.budgets[{kShop, one.month, one.account}] = one;
  }
  for (const ContactRefusal& one : decision.changes.contact_refusals) {
    rows.contact_refusals.emplace(one.shop, one.customer);
  }
  for (LateReport& report : decision.changes.late_reports) late_reports.push_back(report);
  for (Step& step : decision.changes.steps) steps.push_back(step);
  for (CaseAsk& ask : decision.changes.asks) asks.push_back(ask);
  for (CaseLink& link : decision.changes.links) links.push_back(link);
  for (std::size_t i = 0; i < commands.size(); ++i) {
    const auto* answer = std::get_if<Answer>(&decision.results[i]);
    if (answer == nullptr || answer->repeated || answer->ignored) continue;
    const Command& command = *commands[i];
    rows.earlier[{command.shop, command.origin, command.request_id}] = {command.digest, *answer};
  }
  now_us += 1000;
  return decision.results;
}

std::unique_ptr<Command> Desk::Carry(const CaseAsk& ask) {
  CommandBody body = BodyOf(ask, Now(ask.source));
  if (auto* open = std::get_if<OpenCase>(&body)) open->line = line_facts;
  if (auto* open = std::get_if<aftersales::OpenDispute>(&body)) open->number = ask.target.value;
  auto command = Make(std::move(body), ask.target);
  command->origin = Origin::kLink;
  command->request_id = RequestIdOf(ask);
  command->digest = {};
  command->sender = {};
  command->sender.kind = workflows::ActorKind::kLink;
  return command;
}

Answer Desk::Apply(std::unique_ptr<Command> command) {
  const Verdict verdict = Decide(*command);
  if (const auto* refusal = std::get_if<platform::Refusal>(&verdict)) {
    ADD_FAILURE() << refusal->reason() << ": " << refusal->message();
    return {};
  }
  return std::get<Answer>(verdict);
}

std::string Desk::Reason(std::unique_ptr<Command> command) {
  const Verdict verdict = Decide(*command);
  const auto* refusal = std::get_if<platform::Refusal>(&verdict);
  return refusal == nullptr ? "" : refusal->reason();
}

TaskId Desk::ReturnUnderWay(std::int32_t quantity) {
  auto open = Open(2000, kCase, refund::Variant::kReturnAndRefund);
  std::get<OpenCase>(open->body).quantity = quantity;
  Apply(std::move(open));
  Apply(Fire(refund::Approve{2000}));
  Apply(Fire(refund::ShipReturn{"SF", "SF1", refund::Shipping::kExpress}));
  const TaskId task = Now().inbound_task;
  Claim(Task(task), kWarehouse, now_us + 1'000'000'000, now_us);
  return task;
}

}  // namespace redress::aftersales
