// Erasures in the service's schema.
#pragma once

#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "services/customer/domain/erasures.h"
#include "services/customer/store/customer_event_log.h"
#include "services/platform/base/ids.h"
#include "services/platform/database/pool.h"
#include "services/platform/sealing/sealer.h"

namespace redress::customer {

class MysqlErasureStore final : public ErasureStore {
 public:
  // All outlive it.
  struct Uses {
    platform::Pool& pool;
    platform::Sealer& sealer;
    CustomerEventLog& events;
    platform::IdSource& ids;
    const platform::Clock& clock;
  };
  explicit MysqlErasureStore(Uses uses) : uses_(uses) {}

  std::vector<CustomerId> GroupOf(ShopId shop, CustomerId customer) override;
  void Erase(ShopId shop, const EraseRequest& request,
             std::span<const CustomerId> expected) override;
  std::optional<Erasure> Find(ShopId shop, CustomerId customer) override;
  std::vector<Erasure> List(ShopId shop, std::optional<std::uint64_t> before,
                            std::size_t limit) override;
  bool Confirm(ShopId shop, CustomerId named, std::string_view service) override;

 private:
  void KeepNickHash(platform::Connection& connection, ShopId shop, CustomerId customer,
                    std::int64_t now_us);
  void EraseGroup(platform::Connection& connection, ShopId shop, const EraseRequest& request,
                  std::span<const CustomerId> group);
  std::vector<Erasure> Finished(platform::Connection& connection, ShopId shop,
                                platform::Result rows);

  Uses uses_;
};

}  // namespace redress::customer
