#pragma once

#include <span>
#include <vector>

#include "services/aftersales/domain/platform_refund_repository.h"
#include "services/aftersales/store/row_cursor.h"
#include "services/platform/database/rows.h"
#include "services/platform/sealing/sealer.h"

namespace redress::aftersales {

#define REDRESS_PLATFORM_REFUND_COLUMNS                                                  \
  "f.refund_id, f.object_id, f.platform, f.case_id, f.order_id, f.customer_id,"          \
  " f.version, f.status, f.ended, f.order_number, f.line_number, f.attention, f.detail," \
  " f.attempts, f.due_at, f.row_version, f.pushes, f.created_at, f.updated_at"

// A row of that key stays as it is.
extern const platform::MultiRow kInsertNewPlatformRefunds;
extern const platform::MultiRow kWritePlatformRefunds;
extern const platform::MultiRow kLockPlatformRefunds;  // with fields_sealed behind the columns
extern const platform::MultiRow kCountUnmapped;

// Without fields.
PlatformRefund ReadPlatformRefund(platform::Result& row);

// Rows with what lies sealed in them.
struct SealedRefund {
  PlatformRefund refund;
  std::string sealed;
  bool erased = false;  // its person was: the fields are gone
};
SealedRefund ReadSealedRefund(platform::Result& row);

// Opens the fields of rows of any shops.
void OpenFields(platform::Connection& db, platform::Sealer& sealer,
                std::span<SealedRefund> refunds);
// Seals the fields and writes the rows, inserting none.
void WriteRefunds(platform::Connection& db, platform::Sealer& sealer,
                  std::span<const PlatformRefund* const> refunds);

}  // namespace redress::aftersales
