// What the customer service itself keeps of persons.
#pragma once

#include <span>
#include <vector>

#include "services/customer/domain/customer.h"
#include "services/customer/store/contact_seal.h"
#include "services/platform/database/pool.h"
#include "services/platform/privacy/personal_data.h"
#include "services/platform/sealing/sealer.h"

namespace redress::customer {

// Thread-safe. Erasing is MysqlErasureStore's: here nothing is left for it to do.
class CustomerPersonalData final : public platform::PersonalData {
 public:
  // Both outlive it.
  CustomerPersonalData(platform::Pool& pool, platform::Sealer& sealer)
      : pool_(pool), sealer_(sealer), contacts_(sealer) {}

  platform::ExportPage Export(ShopId shop, std::span<const CustomerId> customers,
                              const platform::ExportPlace& after) override;
  bool EraseSome(platform::Connection& connection, ShopId shop,
                 std::span<const CustomerId> customers) override;
  std::vector<platform::ErasureObstacle> Obstacles(ShopId shop,
                                                   std::span<const CustomerId> customers) override;

 private:
  platform::ExportPage People(ShopId shop, std::span<const CustomerId> customers);
  // After a place; `end` is where it ended when there is more.
  platform::ExportPage Notes(ShopId shop, CustomerId customer, const platform::ExportPlace& after);

  platform::Pool& pool_;
  platform::Sealer& sealer_;
  ContactSeal contacts_;
};

// Notes that nobody has touched for long.
platform::RetentionRule NoteRetention();

}  // namespace redress::customer
