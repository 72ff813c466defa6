#pragma once

#include <map>
#include <span>

#include "services/platform/database/pool.h"
#include "services/scoring/domain/rebuild.h"

namespace redress::scoring {

// The incremental figures as a rebuild sees and mends them.
class DatabaseArchive final : public FigureArchive {
 public:
  explicit DatabaseArchive(platform::Pool& pool) : pool_(pool) {}

  std::map<AggregateId, Extent> Extents(ShopId shop) override;
  void WithSnapshot(ShopId shop, const std::function<void(const FigureSnapshot&)>& body) override;
  void Remove(std::span<const AggregateId> aggregates) override;
  void RewriteDailySums(ShopId shop) override;

 private:
  platform::Pool& pool_;
};

}  // namespace redress::scoring
