#pragma once

#include <span>
#include <vector>

#include "services/aftersales/domain/platform_object_repository.h"
#include "services/aftersales/store/row_cursor.h"
#include "services/platform/database/rows.h"
#include "services/platform/sealing/sealer.h"

namespace redress::aftersales {

#define REDRESS_PLATFORM_OBJECT_COLUMNS                                                  \
  "f.refund_id, f.kind, f.object_id, f.platform, f.case_id, f.order_id, f.customer_id,"  \
  " f.version, f.status, f.ended, f.order_number, f.line_number, f.attention, f.detail," \
  " f.attempts, f.due_at, f.row_version, f.pushes, f.created_at, f.updated_at"

// A row of that key stays as it is.
extern const platform::MultiRow kInsertNewPlatformObjects;
extern const platform::MultiRow kWritePlatformObjects;
extern const platform::MultiRow kLockPlatformObjects;  // with fields_sealed behind the columns
extern const platform::MultiRow kCountUnmapped;

// Without fields.
PlatformObject ReadPlatformObject(platform::Result& row);

// Rows with what lies sealed in them.
struct SealedObject {
  PlatformObject refund;
  std::string sealed;
  bool erased = false;  // its person was: the fields are gone
};
SealedObject ReadSealedObject(platform::Result& row);

// Opens the fields of rows of any shops.
void OpenFields(platform::Connection& db, platform::Sealer& sealer,
                std::span<SealedObject> refunds);
// Seals the fields and writes the rows, inserting none.
void WriteObjects(platform::Connection& db, platform::Sealer& sealer,
                  std::span<const PlatformObject* const> refunds);

}  // namespace redress::aftersales
