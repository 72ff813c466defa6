#include "services/aftersales/domain/payment_rules.h"

namespace redress::aftersales {

using platform::Code;
using platform::Refusal;
namespace refund = workflows::refund;

void CheckAttempts(const RecordPayment& payment, const Settlement& current) {
  if (!payment.attempts || *payment.attempts == current.attempts) return;
  throw Refusal(Code::kAborted, "ATTEMPTS_CONFLICT",
                "The payment was commanded " + std::to_string(current.attempts) +
                    " times by now, not " + std::to_string(*payment.attempts) +
                    "; list it again, then record what became of its last attempt.")
      .With("expected_attempts", std::to_string(*payment.attempts))
      .With("current_attempts", std::to_string(current.attempts));
}

void CheckNotOut(const RecordPayment& payment, const Settlement& current, const Case& of) {
  const bool by_hand = payment.attempts && !payment.from_bank;
  const bool out = current.out_attempt != 0 && current.out_attempt == current.attempts;
  if (!by_hand || !out || of.Refund().settlement_unknown ||
      payment.answer.result == PaymentResult::kUnknown) {
    return;
  }
  throw Refusal(Code::kFailedPrecondition, "PAYMENT_IN_BANK_RUN",
                "The payment is in a bank run's file: import the bank's result, or record it as "
                "unknown, find out, and record then what became of it.")
      .With("expected", "a payment that is in no exported run, or unknown")
      .With("found", "in an exported run");
}

refund::RefundEvent PaymentEventOf(PaymentResult result, bool was_unknown) {
  switch (result) {
    case PaymentResult::kSettled:
      if (was_unknown) return refund::ReconcileSettlement{true};
      return refund::RecordSettled{};
    case PaymentResult::kFailed:
    case PaymentResult::kFailedForGood:
      if (was_unknown) return refund::ReconcileSettlement{false};
      return refund::RecordSettlementFailed{result == PaymentResult::kFailedForGood};
    case PaymentResult::kUnknown:
    case PaymentResult::kWaiting:
      break;
  }
  return refund::RecordSettlementUnknown{};
}

}  // namespace redress::aftersales
