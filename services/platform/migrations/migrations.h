#pragma once

// Schema changes: forward-only, numbered per area, one statement each. A migration is recorded
// after it ran, so it is written to be safe to run again (IF NOT EXISTS); two processes that
// migrate at once are kept apart by a leased row, which works in a cluster, where GET_LOCK does
// not.
//
// Files services/<area>/migrations/V001__create_cases.sql are embedded by CMake:
//   redress_migrations(aftersales_migrations aftersales V001__create_cases.sql …)
// makes the library aftersales_migrations and "services/aftersales/migrations/migrations.gen.h"
// with redress::aftersales::AftersalesMigrations().

#include <span>
#include <string>

#include "services/platform/database/pool.h"

namespace redress::platform {

struct Migration {
  int number;
  std::string name;  // e.g. create_cases
  std::string sql;
  std::string area;  // e.g. aftersales
};

// Runs those that are not recorded yet, in order; answers how many. Throws std::runtime_error when
// a recorded migration's text has changed or numbers repeat, DatabaseError when one fails.
int Migrate(Pool& pool, std::span<const Migration> migrations);

}  // namespace redress::platform
