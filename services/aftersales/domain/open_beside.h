#pragma once

#include "services/aftersales/domain/case_repository.h"
#include "services/aftersales/domain/command.h"

// Open cases of the same line that another case may join. Read before the command is queued: should
// one move on meanwhile, its machine refuses, and a person decides.

namespace redress::aftersales {

// The refund that a dispute's remedy joins: one of the dispute's line that has not ended and whose
// money is not given yet. None where the dispute is about a whole order.
Beside OpenRefundBeside(CaseRepository& cases, ShopId shop, CaseId dispute);

// The dispute that a review joins which reveals a fault: one about the same line, or about the same
// order as a whole, that has not ended. Taken where it decides about a refund or has a review.
Beside OpenDisputeBeside(CaseRepository& cases, ShopId shop, CaseId review);

// What the event may join; nothing is looked for where it joins nothing.
Beside FindBeside(CaseRepository& cases, ShopId shop, CaseId id, const CaseEvent& event);

}  // namespace redress::aftersales
