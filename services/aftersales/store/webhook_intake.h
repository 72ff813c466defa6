#pragma once

#include "services/aftersales/domain/webhook_repository.h"
#include "services/platform/base/ids.h"
#include "services/platform/database/pool.h"

namespace redress::aftersales {

class SqlWebhookIntake final : public WebhookIntake {
 public:
  SqlWebhookIntake(platform::Pool& pool, platform::IdSource& ids) : pool_(pool), ids_(ids) {}

  std::vector<std::optional<std::uint32_t>> FirstMissing(
      std::span<const std::pair<ShopId, CaseId>> cases, std::int64_t now_us) override;
  bool TakeIn(std::span<const CaseHead> heads, std::int64_t now_us) override;

 private:
  platform::Pool& pool_;
  platform::IdSource& ids_;
};

}  // namespace redress::aftersales
