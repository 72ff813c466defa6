#pragma once

#include "services/aftersales/api/order_line_source.h"
#include "services/aftersales/domain/case_repository.h"
#include "services/platform/server/service_main.h"

namespace redress::aftersales {

// Closed cases of other systems come in.
void AddImport(platform::Parts& parts, OrderLineSource& lines, CaseNumbers& numbers);

}  // namespace redress::aftersales
