#pragma once

#include "services/aftersales/domain/webhook_repository.h"
#include "services/platform/database/pool.h"
#include "services/platform/sealing/sealer.h"

namespace redress::aftersales {

// Secrets are sealed at rest under a key of the webhook's own.
class SqlWebhookRepository final : public WebhookRepository {
 public:
  SqlWebhookRepository(platform::Pool& pool, platform::Sealer& sealer)
      : pool_(pool), sealer_(sealer) {}

  WebhookAndSecret Create(const Webhook& made, const std::string& secret,
                          const WriteRequest& request) override;
  std::vector<Webhook> List(ShopId shop, WebhookId after, std::size_t limit) override;
  std::optional<Webhook> Find(ShopId shop, WebhookId id) override;
  Webhook Update(const WebhookChange& change, const WebhookSettings& settings,
                 const WriteRequest& request) override;
  Webhook Pause(const WebhookChange& change, const WriteRequest& request) override;
  Webhook Resume(const WebhookChange& change, const WriteRequest& request) override;
  WebhookAndSecret Rotate(const WebhookChange& change, const std::string& secret,
                          std::int64_t overlap_us, const WriteRequest& request) override;
  void Delete(const WebhookChange& change, const WriteRequest& request) override;

 private:
  platform::Pool& pool_;
  platform::Sealer& sealer_;
};

}  // namespace redress::aftersales
