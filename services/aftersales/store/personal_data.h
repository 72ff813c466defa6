// What the aftersales service keeps of persons: what is said in their cases, and what platforms
// have told of their refunds.
#pragma once

#include <span>
#include <vector>

#include "services/aftersales/domain/case.h"
#include "services/platform/database/pool.h"
#include "services/platform/privacy/personal_data.h"
#include "services/platform/sealing/sealer.h"

namespace redress::aftersales {

// Thread-safe. Cases, steps, ledger and settlements hold nothing that tells of a person: they stay
// as they are, and the hash chain still verifies.
class AftersalesPersonalData final : public platform::PersonalData {
 public:
  // Both outlive it.
  AftersalesPersonalData(platform::Pool& pool, platform::Sealer& sealer)
      : pool_(pool), sealer_(sealer) {}

  platform::ExportPage Export(ShopId shop, std::span<const CustomerId> customers,
                              const platform::ExportPlace& after) override;
  bool EraseSome(platform::Connection& connection, ShopId shop,
                 std::span<const CustomerId> customers) override;
  std::vector<platform::ErasureObstacle> Obstacles(ShopId shop,
                                                   std::span<const CustomerId> customers) override;

 private:
  platform::Pool& pool_;
  platform::Sealer& sealer_;
};

// What was said in cases that ended long ago.
platform::RetentionRule StepTextRetention();

}  // namespace redress::aftersales
