// The facts and figures of customers as a rebuild sees and mends them.
#pragma once

#include <functional>
#include <span>
#include <vector>

#include "services/customer/domain/fact_rebuild.h"
#include "services/platform/base/clock.h"
#include "services/platform/database/pool.h"

namespace redress::customer {

class MysqlFactArchive final : public FactArchive {
 public:
  MysqlFactArchive(platform::Pool& pool, const platform::Clock& clock)
      : pool_(pool), clock_(clock) {}

  void InTransaction(const std::function<void(FactBook&)>& body) override;
  std::vector<std::uint64_t> IdsBetween(FactKind kind, ShopId shop, std::uint64_t after,
                                        std::uint64_t up_to, std::size_t limit) override;
  void Remove(FactKind kind, ShopId shop, std::span<const std::uint64_t> ids) override;
  CustomerId CompareFigures(ShopId shop, CustomerId after, bool replace,
                            FactRebuildReport& report) override;

 private:
  platform::Pool& pool_;
  const platform::Clock& clock_;
};

}  // namespace redress::customer
