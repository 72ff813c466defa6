#pragma once

#include "services/desk/domain/channel.h"
#include "services/platform/database/pool.h"
#include "services/platform/sealing/sealer.h"

namespace redress::desk {

class SqlHttpChannelRepository final : public HttpChannelRepository {
 public:
  SqlHttpChannelRepository(platform::Pool& pool, platform::Sealer& sealer)
      : pool_(pool), sealer_(sealer) {}

  HttpChannelSettings Find(ShopId shop) override;
  HttpChannelSettings Set(const Write& write, const std::string& url, std::uint32_t version,
                          const std::string& secret) override;

 private:
  HttpChannelSettings ReadRow(platform::Connection& db, ShopId shop, platform::Result rows);

  platform::Pool& pool_;
  platform::Sealer& sealer_;
};

}  // namespace redress::desk
