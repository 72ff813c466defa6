#pragma once

#include "services/order/domain/order_rules.h"
#include "services/platform/database/pool.h"
#include "services/platform/sealing/sealer.h"

namespace redress::order {

class SqlRulesRepository final : public RulesRepository {
 public:
  // Both outlive it.
  SqlRulesRepository(platform::Pool& pool, platform::Sealer& sealer)
      : pool_(pool), sealer_(sealer) {}

  OrderRules Find(ShopId shop) override;
  OrderRules Set(const Write& write, const OrderRules& rules) override;
  void SetCarrierSalt(const Write& write, const std::string& salt) override;
  std::optional<std::string> CarrierSalt(ShopId shop) override;

 private:
  platform::Pool& pool_;
  platform::Sealer& sealer_;
};

}  // namespace redress::order
