#include "services/aftersales/domain/webhooks.h"

#include <string>

#include "services/aftersales/domain/webhook_events.h"
#include "services/platform/base/errors.h"
#include "services/platform/base/text.h"
#include "services/platform/webhooks/url.h"

namespace redress::aftersales {
namespace {

using platform::Code;
using platform::Refusal;

// A test holds one of the threads that answer calls for as long as the address takes.
constexpr int kMostTestsAtOnce = 4;
constexpr std::size_t kSecretBytes = 32;
constexpr std::int64_t kTestLeaseUs = platform::kMinuteUs;

std::string NewSecret() { return "whsec_" + platform::RandomHex(kSecretBytes); }

class Seat {
 public:
  explicit Seat(std::atomic<int>& taken) : taken_(taken) {
    if (++taken_ <= kMostTestsAtOnce) return;
    --taken_;
    throw Refusal(Code::kResourceExhausted, "WEBHOOK_TESTS_BUSY",
                  "Other test events are being sent; try again in a few seconds.")
        .RetryAfter(2 * platform::kSecondUs);
  }
  ~Seat() { --taken_; }
  Seat(const Seat&) = delete;

 private:
  std::atomic<int>& taken_;
};

}  // namespace

void Webhooks::Check(const WebhookSettings& settings) const {
  platform::CheckWebhookUrl(settings.url, "url", options_.allow_http);
  CheckEventPatterns(settings.event_types, "event_types");
}

WebhookAndSecret Webhooks::Create(ShopId shop, const WebhookSettings& settings, AccountId by,
                                  const WriteRequest& request) {
  Check(settings);
  Webhook made;
  made.shop = shop;
  made.id = uses_.ids.New<WebhookId>();
  made.settings = settings;
  made.secret_number = 1;
  made.version = 1;
  made.created_by = by;
  made.created_at = uses_.clock.NowUs();
  made.updated_at = made.created_at;
  return uses_.webhooks.Create(made, NewSecret(), request);
}

Webhook Webhooks::Update(const WebhookChange& change, const WebhookSettings& settings,
                         const WriteRequest& request) {
  Check(settings);
  return uses_.webhooks.Update(change, settings, request);
}

WebhookAndSecret Webhooks::Rotate(const WebhookChange& change, std::int64_t overlap_us,
                                  const WriteRequest& request) {
  return uses_.webhooks.Rotate(change, NewSecret(), overlap_us, request);
}

WebhookDelivery Webhooks::SendTest(ShopId shop, WebhookId id, const WriteRequest& request) {
  const Seat seat(tests_);
  const std::int64_t now_us = uses_.clock.NowUs();
  WebhookDelivery made;
  made.shop = shop;
  made.id = uses_.ids.New<WebhookDeliveryId>();
  made.webhook = id;
  made.event_type = kTestEventType;
  made.state = DeliveryState::kSending;
  made.attempts = 1;
  made.claims = 1;
  made.queued_at = now_us;
  made.first_tried_at = now_us;
  made.attempted_at = now_us;
  const auto test = uses_.deliveries.BeginTest(made, now_us + kTestLeaseUs, request);
  if (!test.is_repeat) return uses_.sender.Send(test.job);
  const auto first = uses_.deliveries.Find(shop, test.job.delivery.id);
  if (!first)
    throw platform::NotFound("webhook delivery", platform::ToString(test.job.delivery.id));
  return *first;
}

}  // namespace redress::aftersales
