// The record of reveals in the service's schema.
#pragma once

#include <vector>

#include "services/customer/domain/reveals.h"
#include "services/customer/store/contact_seal.h"
#include "services/platform/database/pool.h"
#include "services/platform/privacy/personal_data.h"
#include "services/platform/sealing/sealer.h"

namespace redress::customer {

class MysqlRevealLog final : public RevealLog {
 public:
  // Both outlive it.
  MysqlRevealLog(platform::Pool& pool, platform::Sealer& sealer) : pool_(pool), contacts_(sealer) {}

  std::vector<Reveal> List(ShopId shop, const RevealQuery& query) override;

 private:
  platform::Pool& pool_;
  ContactSeal contacts_;
};

// The record is kept as long as the shop says.
platform::RetentionRule RevealRetention();

}  // namespace redress::customer
