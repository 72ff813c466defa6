#pragma once

#include "services/customer/domain/care.h"
#include "services/customer/domain/person.h"
#include "services/platform/database/pool.h"
#include "services/platform/sealing/sealer.h"

namespace redress::customer {

class SqlCareRepository final : public CareRepository {
 public:
  SqlCareRepository(platform::Pool& pool, platform::Sealer& sealer)
      : pool_(pool), sealer_(sealer) {}

  CareRule SetRule(const Write& write, const CareRule& rule) override;
  std::vector<CareRule> ListRules(ShopId shop) override;
  CareWishes SetWishes(const Write& write, const CareWishes& wishes) override;
  CareWishes GetWishes(ShopId shop, CustomerId customer) override;
  void ContactRefused(ShopId shop, std::span<const CustomerId> customers,
                      std::int64_t now_us) override;
  std::vector<CareRule> Adopt(const Write& write) override;
  ContactAnswer ReserveContact(const Write& write, CustomerId customer,
                               std::uint32_t quiet_days) override;
  std::vector<CareTask> List(const CareQuery& query) override;
  CareTask Change(const Write& write, const CareChange& change) override;

 private:
  CareWishes ReadWishes(platform::Connection& db, ShopId shop, CustomerId customer, bool lock);

  platform::Pool& pool_;
  platform::Sealer& sealer_;
};

}  // namespace redress::customer
