#pragma once

// Webhooks as admins use them.

#include <atomic>
#include <cstdint>

#include "services/aftersales/domain/webhook_repository.h"
#include "services/aftersales/domain/webhook_sender.h"
#include "services/platform/base/clock.h"
#include "services/platform/base/ids.h"

namespace redress::aftersales {

// Thread-safe; references outlive it.
class Webhooks {
 public:
  struct Options {
    bool allow_http = false;  // to this machine
  };
  struct Uses {
    WebhookRepository& webhooks;
    WebhookDeliveryRepository& deliveries;
    WebhookSender& sender;
    platform::IdSource& ids;
    const platform::Clock& clock;
  };
  Webhooks(Options options, Uses uses) : options_(options), uses_(uses) {}

  // The settings are checked: INVALID_ARGUMENT names the field.
  WebhookAndSecret Create(ShopId shop, const WebhookSettings& settings, AccountId by,
                          const WriteRequest& request);
  Webhook Update(const WebhookChange& change, const WebhookSettings& settings,
                 const WriteRequest& request);
  WebhookAndSecret Rotate(const WebhookChange& change, std::int64_t overlap_us,
                          const WriteRequest& request);
  // Waits for the address; of all shops a few at once, then RESOURCE_EXHAUSTED
  // (WEBHOOK_TESTS_BUSY).
  WebhookDelivery SendTest(ShopId shop, WebhookId id, const WriteRequest& request);

 private:
  void Check(const WebhookSettings& settings) const;

  const Options options_;
  const Uses uses_;
  std::atomic<int> tests_{0};
};

}  // namespace redress::aftersales
