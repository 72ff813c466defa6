// Shops and settings in MySQL.
#pragma once

#include "services/identity/domain/shop_repository.h"
#include "services/platform/database/pool.h"

namespace redress::identity {

class ShopStore final : public ShopRepository {
 public:
  explicit ShopStore(platform::Pool& pool) : pool_(pool) {}

  CreatedShop Create(const WriteKey& key, const NewShop& shop) override;
  Shop Get(ShopId shop, std::int64_t now_us) override;
  ShopSetting Set(const WriteKey& key, const SettingChange& change) override;
  std::vector<ShopSetting> Settings(ShopId shop, const std::string& after_name,
                                    std::int64_t after_effective_at, std::size_t limit) override;

 private:
  platform::Pool& pool_;
};

}  // namespace redress::identity
