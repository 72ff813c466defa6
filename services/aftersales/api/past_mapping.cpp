#include "services/aftersales/api/past_mapping.h"

#include "services/aftersales/api/mapping.h"
#include "services/platform/base/text.h"

namespace redress::aftersales {
namespace {

static_assert(static_cast<int>(PastOutcome::kNone) == v1::ImportedOutcome_MAX);

AccountId AccountOf(const std::string& name, const AgentAccounts& accounts) {
  const auto found = accounts.find(name);
  return found == accounts.end() ? AccountId{} : found->second;
}

// Of the source's words alone: who has an account here by now makes it no other case.
platform::Digest DigestOf(ShopId shop, const v1::ImportedCase& from, platform::Sealer& sealer) {
  v1::ImportedCase told = from;
  // The digest outlives an erasure; a nick or a text could be guessed from a plain one.
  std::string hashes = sealer.KeyedHash(shop, "imported_nick", from.buyer_nick());
  told.clear_buyer_nick();
  for (v1::ImportedStep& step : *told.mutable_steps()) {
    if (step.text().empty()) continue;
    hashes += sealer.KeyedHash(shop, "imported_text", step.text());
    step.clear_text();
  }
  return platform::Sha256(told.SerializeAsString() + "|" + hashes);
}

PastStep FromProto(const v1::ImportedStep& from, const AgentAccounts& accounts) {
  PastStep step;
  step.activity = from.activity();
  step.applied_at = TimeOf(from.apply_time());
  step.agent = from.agent();
  step.account = AccountOf(from.agent(), accounts);
  step.text = from.text();
  step.completes = from.completes();
  for (const v1::ImportedDetail& detail : from.details()) {
    step.details.emplace_back(detail.name(), detail.value());
  }
  return step;
}

}  // namespace

PastCase FromProto(ShopId shop, const v1::ImportedCase& from, const AgentAccounts& accounts,
                   platform::Sealer& sealer) {
  PastCase past;
  past.source = from.source();
  past.source_number = from.source_number();
  past.kind = from.kind();
  past.platform = from.platform();
  past.order_number = from.order_number();
  past.line_number = from.line_number();
  past.buyer_nick = from.buyer_nick();
  past.currency = from.currency_code();
  past.amount_asked = from.amount_asked_minor();
  past.amount_settled = from.amount_settled_minor();
  if (from.variant() != v1::REFUND_VARIANT_UNSPECIFIED &&
      v1::RefundVariant_IsValid(from.variant())) {
    past.variant = static_cast<workflows::refund::Variant>(from.variant());
  }
  past.quantity = from.quantity();
  past.stars = from.stars();
  past.reason = from.reason();
  past.platform_intervened = from.platform_intervened();
  past.outcome = static_cast<PastOutcome>(from.outcome());
  past.agent = from.agent();
  past.account = AccountOf(from.agent(), accounts);
  for (const v1::ImportedStep& step : from.steps()) {
    past.steps.push_back(FromProto(step, accounts));
  }
  past.digest = DigestOf(shop, from, sealer);
  return past;
}

void ToProto(const PastResult& from, v1::CaseImportResult& to) {
  to.set_order_found(from.order_found);
  switch (from.fate) {
    case PastFate::kCreated:
      to.set_outcome(v1::CASE_IMPORT_OUTCOME_CREATED);
      break;
    case PastFate::kUnchanged:
      to.set_outcome(v1::CASE_IMPORT_OUTCOME_UNCHANGED);
      break;
    case PastFate::kRefused:
      to.set_outcome(v1::CASE_IMPORT_OUTCOME_REFUSED);
      to.set_field(from.problem.field);
      to.set_problem(from.problem.description);
      break;
  }
  to.set_case_id(platform::ToString(from.id));
}

}  // namespace redress::aftersales
