#pragma once

#include <vector>

#include "services/customer/domain/care.h"
#include "services/platform/database/connection.h"

namespace redress::customer {

// NOT_FOUND.
CareTask FindCareTask(platform::Connection& db, ShopId shop, CareTaskId task);
std::vector<CareTask> ListCareTasks(platform::Connection& db, const CareQuery& query);
// The row under the cursor, read with the columns of care_sql.h.
CareTask CareTaskOf(const platform::Result& rows);

// Moves a task on, inside the caller's transaction. Taking it into work locks the rows of everybody
// in the person's group, so that of two who try at once one waits and is refused.
void ChangeCareTask(platform::Connection& db, const Write& write, const CareChange& change);

}  // namespace redress::customer
