#pragma once

#include "services/aftersales/domain/webhook_order_intake.h"
#include "services/platform/database/pool.h"

namespace redress::aftersales {

class SqlWebhookOrderIntake final : public WebhookOrderIntake {
 public:
  // All outlive it.
  SqlWebhookOrderIntake(platform::Pool& pool, platform::IdSource& ids, OrderHistory& history)
      : pool_(pool), ids_(ids), history_(history) {}

  std::vector<std::optional<std::uint32_t>> FirstMissing(
      std::span<const std::pair<ShopId, OrderId>> orders) override;
  bool TakeIn(std::span<const OrderHead> heads, std::int64_t now_us) override;

 private:
  platform::Pool& pool_;
  platform::IdSource& ids_;
  OrderHistory& history_;
};

}  // namespace redress::aftersales
