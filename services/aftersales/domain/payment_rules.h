#pragma once

// What may be recorded of a payment, and which event of the machine that is.

#include "services/aftersales/domain/command.h"

namespace redress::aftersales {

// Throws Refusal when somebody speaks of another attempt than the last one.
void CheckAttempts(const RecordPayment& payment, const Settlement& current);

// What left the house in a bank run's file is under way: nobody can know by hand that it failed,
// and a second payment would follow from saying so. Unknown may always be said; then a person may
// reconcile it.
void CheckNotOut(const RecordPayment& payment, const Settlement& current, const Case& of);

// `was_unknown`: nobody knew, before this word, what had become of the payment.
workflows::refund::RefundEvent PaymentEventOf(PaymentResult result, bool was_unknown);

}  // namespace redress::aftersales
