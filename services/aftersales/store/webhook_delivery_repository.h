#pragma once

#include "services/aftersales/domain/webhook_repository.h"
#include "services/platform/database/pool.h"
#include "services/platform/sealing/sealer.h"

namespace redress::aftersales {

// A webhook's row is locked before its deliveries' everywhere.
class SqlWebhookDeliveries final : public WebhookDeliveryRepository {
 public:
  SqlWebhookDeliveries(platform::Pool& pool, platform::Sealer& sealer)
      : pool_(pool), sealer_(sealer) {}

  std::vector<WebhookDelivery> List(const DeliveryQuery& query) override;
  std::optional<WebhookDelivery> Find(ShopId shop, WebhookDeliveryId id) override;
  WebhookDelivery Replay(ShopId shop, WebhookDeliveryId id, std::int64_t now_us,
                         const WriteRequest& request) override;
  Replayed ReplayDeadLetters(ShopId shop, WebhookId webhook, std::int64_t now_us,
                             const WriteRequest& request) override;
  Test BeginTest(const WebhookDelivery& made, std::int64_t lease_until,
                 const WriteRequest& request) override;
  std::vector<DueWebhook> Due(std::int64_t now_us, const WebhookAddress& after,
                              std::size_t limit) override;
  std::optional<WebhookJob> Claim(const WebhookAddress& address, std::int64_t now_us,
                                  std::int64_t lease_until) override;
  WebhookDelivery Record(const WebhookJob& job, const WebhookAttempt& attempt) override;

 private:
  platform::Pool& pool_;
  platform::Sealer& sealer_;
};

}  // namespace redress::aftersales
