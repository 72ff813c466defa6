#pragma once

#include "services/aftersales/domain/case.h"
#include "services/platform/sealing/subject.h"

namespace redress::aftersales {

// Whose key seals what is written about a case: the customer's, or the order's where it names none.
inline platform::Subject SubjectOf(CustomerId customer, OrderId order) {
  if (customer) return {platform::SubjectKind::kCustomer, customer.value};
  return {platform::SubjectKind::kOrder, order.value};
}

}  // namespace redress::aftersales
