// What the order service keeps of persons: who receives their orders, and what is said in them.
#pragma once

#include <span>
#include <vector>

#include "services/order/domain/order.h"
#include "services/order/store/change_log.h"
#include "services/order/store/details_seal.h"
#include "services/order/store/receiver_seal.h"
#include "services/platform/database/pool.h"
#include "services/platform/privacy/personal_data.h"
#include "services/platform/sealing/sealer.h"

namespace redress::order {

// Thread-safe.
class OrderPersonalData final : public platform::PersonalData {
 public:
  // Both outlive it.
  OrderPersonalData(platform::Pool& pool, platform::Sealer& sealer)
      : pool_(pool),
        sealer_(sealer),
        receivers_(sealer),
        details_(sealer),
        changes_(sealer, receivers_, details_) {}

  platform::ExportPage Export(ShopId shop, std::span<const CustomerId> customers,
                              const platform::ExportPlace& after) override;
  bool EraseSome(platform::Connection& connection, ShopId shop,
                 std::span<const CustomerId> customers) override;
  std::vector<platform::ErasureObstacle> Obstacles(ShopId shop,
                                                   std::span<const CustomerId> customers) override;

 private:
  // Of one customer, after a place in that part; `end` is where it ended when there is more.
  platform::ExportPage Orders(ShopId shop, CustomerId customer, const platform::ExportPlace& after);
  platform::ExportPage Lines(ShopId shop, CustomerId customer, const platform::ExportPlace& after);
  platform::ExportPage Changes(ShopId shop, CustomerId customer,
                               const platform::ExportPlace& after);
  platform::ExportPage Tracks(ShopId shop, CustomerId customer, const platform::ExportPlace& after);
  void AddTexts(platform::Connection& connection, ShopId shop,
                std::vector<platform::PersonalRecord>& records);

  platform::Pool& pool_;
  platform::Sealer& sealer_;
  ReceiverSeal receivers_;
  DetailsSeal details_;
  ChangeLog changes_;
};

// What tells who received old orders, or was said about them.
platform::RetentionRule ContactRetention();

}  // namespace redress::order
