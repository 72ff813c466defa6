#pragma once

#include "services/aftersales/domain/webhook_repository.h"
#include "services/platform/database/pool.h"

namespace redress::aftersales {

class SqlWebhookUpkeep final : public WebhookUpkeep {
 public:
  explicit SqlWebhookUpkeep(platform::Pool& pool) : pool_(pool) {}

  bool Tidy(const WebhookKeeping& keeping, std::int64_t now_us) override;
  Counts Count(std::size_t most) override;

 private:
  platform::Pool& pool_;
};

}  // namespace redress::aftersales
