// What the shop made of a customer, table by table, for an export of their data: which tags they
// were given and lost and why, which coupons they got, what was planned and done for them unasked.
// Pages have at most PersonalData::kExportPage records; `end` is where a page ended when more may
// follow.
#pragma once

#include "services/customer/domain/customer.h"
#include "services/platform/database/pool.h"
#include "services/platform/privacy/personal_data.h"

namespace redress::customer {

// By change; of who did it only whether it was a person or a rule.
platform::ExportPage ExportTagChanges(platform::Pool& pool, ShopId shop, CustomerId customer,
                                      const platform::ExportPlace& after);
// Of cases; by case and number. Those of care stand with their tasks.
platform::ExportPage ExportCoupons(platform::Pool& pool, ShopId shop, CustomerId customer,
                                   const platform::ExportPlace& after);
// By task.
platform::ExportPage ExportCareTasks(platform::Pool& pool, ShopId shop, CustomerId customer,
                                     const platform::ExportPlace& after);

}  // namespace redress::customer
