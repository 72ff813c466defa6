#include "services/aftersales/domain/bank_run_adapter.h"

namespace redress::aftersales {

PaymentAnswer BankRunSettlementAdapter::Query(const Settlement& settlement) {
  const auto payment = runs_.FindAttempt(settlement.shop, settlement.case_id, settlement.attempts);
  // Where something does not fit, a person decides; what the bank says is told by itself.
  if (payment && payment->tell == BankTell::kNothing &&
      !runs_.NeedsPerson(settlement.shop, settlement.case_id)) {
    if (payment->state == BankPaymentState::kAccepted) {
      return {PaymentResult::kSettled, payment->bank_reference, {}};
    }
    if (payment->state == BankPaymentState::kRejected) {
      return {PaymentResult::kFailed, {}, payment->reason};
    }
  }
  return {PaymentResult::kUnknown, {}, {}};
}

void BankRunSettlementAdapter::Cancel(const Settlement& settlement) {
  const auto payment = runs_.FindAttempt(settlement.shop, settlement.case_id, settlement.attempts);
  if (!payment) return;
  const std::int64_t now = clock_.NowUs();
  runs_.Change(
      settlement.shop, payment->run, {},
      [&](LoadedRun& loaded) { CallOff(loaded, settlement.case_id, settlement.attempts, now); },
      now);
}

}  // namespace redress::aftersales
