#pragma once

#include "services/aftersales/domain/case_repository.h"

namespace redress::aftersales {

// The refund that a dispute's remedy joins: one of the dispute's line that has not ended and whose
// money is not given yet. No id where there is none, or where the dispute is about a whole order.
// Read before the command is queued: should it move on meanwhile, its machine refuses, and a person
// decides.
CaseId OpenRefundBeside(CaseRepository& cases, ShopId shop, CaseId dispute);

}  // namespace redress::aftersales
