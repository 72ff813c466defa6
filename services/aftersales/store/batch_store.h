#pragma once

// Batches over MariaDB: one READ COMMITTED transaction, row locks by primary key in one order
// everywhere (cases, tasks, ledger rows, settlements, each sorted by shop and id), multi-row
// writes, one outbox row.

#include "services/aftersales/domain/batch_store.h"
#include "services/platform/base/clock.h"
#include "services/platform/base/ids.h"
#include "services/platform/database/pool.h"
#include "services/platform/sealing/sealer.h"

namespace redress::aftersales {

class SqlBatchStore final : public BatchStore {
 public:
  // References outlive the store.
  SqlBatchStore(platform::Pool& pool, platform::Sealer& sealer, platform::IdSource& ids);

  Decision Run(std::span<Command* const> commands, const DecideRows& decide) override;

 private:
  void Write(platform::Connection& db, const Changes& changes);

  platform::Pool& pool_;
  platform::Sealer& sealer_;
  platform::IdSource& ids_;
};

}  // namespace redress::aftersales
