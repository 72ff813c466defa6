#include "services/aftersales/domain/compensation_history.h"

#include <limits>
#include <stdexcept>

namespace redress::aftersales {
namespace {

// Beyond any amount that the service writes, and small enough that sums of a few do not overflow.
constexpr std::int64_t kLargest = 1'000'000'000'000'000'000;

std::int64_t Within(const RecordedMembers& members, std::string_view name, std::int64_t largest) {
  const std::int64_t number = members.Number(name);
  if (number < 0 || number > largest) {
    throw std::runtime_error("the recorded event cannot be read: " + std::string(name));
  }
  return number;
}

}  // namespace

OfferCompensation RecordedOffer(const RecordedMembers& members) {
  OfferCompensation offer;
  offer.kind = CompensationKindOf(members.Text("compensation_kind"));
  offer.amount = Within(members, "amount_minor", kLargest);
  offer.currency = members.Text("currency_code");
  offer.reason = members.Text("reason");
  offer.month =
      static_cast<std::int32_t>(Within(members, "month", std::numeric_limits<std::int32_t>::max()));
  return offer;
}

MoveCompensation RecordedMove(CompensationAct act, const RecordedMembers& members) {
  MoveCompensation move;
  move.act = act;
  move.number = static_cast<std::uint32_t>(
      Within(members, "compensation", std::numeric_limits<std::uint32_t>::max()));
  if (act != CompensationAct::kRecord) return move;
  move.result = CompensationStateOf(members.Text("result"));
  move.payment_reference = members.OptionalText("payment_reference");
  move.why = members.OptionalText("why");
  return move;
}

CompensationRules SupposedRules(const Step& step) {
  CompensationRules rules;
  if (step.event != kOfferCompensationEvent) return rules;
  const RecordedMembers members(step.event_json);
  const bool needs_supervisor = members.Flag(kNeedsSupervisorMember);
  rules.agent = {needs_supervisor ? 0 : kLargest, 4 * kLargest};
  rules.supervisor = rules.agent;
  rules.reasons = members.Text("reason");
  return rules;
}

void SupposeBudgets(LoadedBatch& rows) {
  for (const auto& [key, one] : rows.compensations) {
    CompensationBudget& budget = rows.budgets[{one.shop, one.month, one.offered_by}];
    budget.currency = one.currency;
    budget.spent = kLargest;
    budget.cap = 2 * kLargest;
  }
}

}  // namespace redress::aftersales
