// What the desk service keeps of persons: what they were told, and what they said.
#pragma once

#include <span>
#include <vector>

#include "services/desk/domain/message.h"
#include "services/platform/base/clock.h"
#include "services/platform/database/pool.h"
#include "services/platform/privacy/personal_data.h"
#include "services/platform/sealing/sealer.h"

namespace redress::desk {

// Thread-safe.
class DeskPersonalData final : public platform::PersonalData {
 public:
  // All outlive it.
  DeskPersonalData(platform::Pool& pool, platform::Sealer& sealer, const platform::Clock& clock)
      : pool_(pool), sealer_(sealer), clock_(clock) {}

  platform::ExportPage Export(ShopId shop, std::span<const CustomerId> customers,
                              const platform::ExportPlace& after) override;
  bool EraseSome(platform::Connection& connection, ShopId shop,
                 std::span<const CustomerId> customers) override;
  std::vector<platform::ErasureObstacle> Obstacles(ShopId shop,
                                                   std::span<const CustomerId> customers) override;

 private:
  // Of one customer, after a place in that part; `end` is where it ended when there is more.
  platform::ExportPage Messages(ShopId shop, CustomerId customer,
                                const platform::ExportPlace& after);
  platform::ExportPage Conversations(ShopId shop, CustomerId customer,
                                     const platform::ExportPlace& after);

  platform::Pool& pool_;
  platform::Sealer& sealer_;
  const platform::Clock& clock_;
};

// What messages said that went out, or did not, long ago, and what was said in conversations that
// ended long ago.
platform::RetentionRule TextRetention();

}  // namespace redress::desk
