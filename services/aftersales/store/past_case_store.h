#pragma once

#include "services/aftersales/domain/past_import.h"
#include "services/platform/database/pool.h"
#include "services/platform/sealing/sealer.h"

namespace redress::aftersales {

// Cases of the past over MariaDB. A batch is one transaction: which of them are known, the lines'
// ledger rows (locked like a step's), the rows, and one outbox row.
class SqlPastCaseStore final : public PastCaseStore {
 public:
  // References outlive the store.
  SqlPastCaseStore(platform::Pool& pool, platform::Sealer& sealer, platform::IdSource& ids)
      : pool_(pool), sealer_(sealer), ids_(ids) {}

  std::vector<std::optional<Known>> Find(ShopId shop,
                                         std::span<const PendingPast> pending) override;
  void Store(ShopId shop, std::span<PendingPast> pending, std::int64_t now_us) override;

 private:
  void StoreOnce(platform::Connection& db, ShopId shop, std::span<PendingPast> pending,
                 std::int64_t now_us);
  void Write(platform::Connection& db, ShopId shop, const std::vector<RecordedPast>& recorded,
             std::int64_t now_us);

  platform::Pool& pool_;
  platform::Sealer& sealer_;
  platform::IdSource& ids_;
};

}  // namespace redress::aftersales
