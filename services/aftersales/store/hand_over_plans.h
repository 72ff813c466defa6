#pragma once

#include "services/aftersales/domain/hand_over.h"
#include "services/platform/database/pool.h"

namespace redress::aftersales {

class SqlHandOverPlans final : public HandOverPlans {
 public:
  explicit SqlHandOverPlans(platform::Pool& pool) : pool_(pool) {}

  HandOverPlan Plan(ShopId shop, const WriteRequest& request, const Leaving& from,
                    std::size_t limit, std::int64_t now_us) override;

 private:
  platform::Pool& pool_;
};

}  // namespace redress::aftersales
