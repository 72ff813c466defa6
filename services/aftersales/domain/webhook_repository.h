#pragma once

// Webhooks and their deliveries as they are stored.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "services/aftersales/domain/request.h"
#include "services/aftersales/domain/webhook.h"
#include "services/aftersales/domain/webhook_attempt.h"
#include "services/aftersales/domain/webhook_lanes.h"

namespace redress::aftersales {

// A secret is told once; it is empty for a repeat that comes after the next one was made.
struct WebhookAndSecret {
  Webhook webhook;
  std::string secret;
};

// What an admin changes, who saw this version.
struct WebhookChange {
  ShopId shop;
  WebhookId id;
  std::uint32_t version = 0;
  std::int64_t now_us = 0;
};

// What admins do. A repeat of a write changes nothing and gets the webhook as it is now; a change
// throws ABORTED for another version than the stored one, and NOT_FOUND.
class WebhookRepository {
 public:
  virtual ~WebhookRepository() = default;

  // Throws FAILED_PRECONDITION (WEBHOOKS_FULL) for a shop that has kMostWebhooks.
  virtual WebhookAndSecret Create(const Webhook& made, const std::string& secret,
                                  const WriteRequest& request) = 0;
  virtual std::vector<Webhook> List(ShopId shop, WebhookId after, std::size_t limit) = 0;
  virtual std::optional<Webhook> Find(ShopId shop, WebhookId id) = 0;
  virtual Webhook Update(const WebhookChange& change, const WebhookSettings& settings,
                         const WriteRequest& request) = 0;
  virtual Webhook Pause(const WebhookChange& change, const WriteRequest& request) = 0;
  virtual Webhook Resume(const WebhookChange& change, const WriteRequest& request) = 0;
  virtual WebhookAndSecret Rotate(const WebhookChange& change, const std::string& secret,
                                  std::int64_t overlap_us, const WriteRequest& request) = 0;
  virtual void Delete(const WebhookChange& change, const WriteRequest& request) = 0;
};

struct DeliveryQuery {
  ShopId shop;
  WebhookId webhook;
  std::optional<DeliveryState> state = std::nullopt;
  WebhookDeliveryId before = {};  // 0: from the newest
  std::size_t limit = 50;
};

// One attempt that is to be made, and all that it needs.
struct WebhookJob {
  WebhookDelivery delivery;
  std::string url;
  std::vector<std::string> secrets;  // the newest first
  std::string body;
};

class WebhookDeliveryRepository {
 public:
  virtual ~WebhookDeliveryRepository() = default;

  virtual std::vector<WebhookDelivery> List(const DeliveryQuery& query) = 0;
  virtual std::optional<WebhookDelivery> Find(ShopId shop, WebhookDeliveryId id) = 0;
  // What has ended is queued anew; what has not stays as it is. Throws NOT_FOUND.
  virtual WebhookDelivery Replay(ShopId shop, WebhookDeliveryId id, std::int64_t now_us,
                                 const WriteRequest& request) = 0;
  struct Replayed {
    std::uint32_t replayed = 0;
    bool has_more = false;
  };
  virtual Replayed ReplayDeadLetters(ShopId shop, WebhookId webhook, std::int64_t now_us,
                                     const WriteRequest& request) = 0;

  // A test event that is being sent until lease_until. For a repeat there is nothing to send: only
  // the delivery's id is set. Throws NOT_FOUND.
  struct Test {
    WebhookJob job;
    bool is_repeat = false;
  };
  virtual Test BeginTest(const WebhookDelivery& made, std::int64_t lease_until,
                         const WriteRequest& request) = 0;

  // Active webhooks, of all shops, that have something due; those behind `after` in the order of
  // their keys.
  virtual std::vector<DueWebhook> Due(std::int64_t now_us, const WebhookAddress& after,
                                      std::size_t limit) = 0;
  // What has been due longest there becomes an attempt: nobody else sends it until lease_until.
  // Nothing when nothing is due, the webhook may not be sent to, or is sent kMostAtOnce events (one
  // where it fails) by whichever process.
  virtual std::optional<WebhookJob> Claim(const WebhookAddress& address, std::int64_t now_us,
                                          std::int64_t lease_until) = 0;
  // What the attempt came to. What was taken stays taken, also where the lease ran out under it.
  virtual WebhookDelivery Record(const WebhookJob& job, const WebhookAttempt& attempt) = 0;
};

// Until when what is there is kept.
struct WebhookKeeping {
  std::int64_t log_us = 0;           // what was taken
  std::int64_t dead_letters_us = 0;  // what was given up
};

// What is in the tables for people and for how long.
class WebhookUpkeep {
 public:
  virtual ~WebhookUpkeep() = default;

  // Gives up what has waited too long and forgets what is old or belongs to nothing, a bounded part
  // of it; true when there is more.
  virtual bool Tidy(const WebhookKeeping& keeping, std::int64_t now_us) = 0;
  struct Counts {
    std::size_t waiting = 0;
    std::size_t dead_letters = 0;
    std::size_t paused = 0;
  };
  virtual Counts Count(std::size_t most) = 0;
};

// Makes deliveries of steps.
struct CaseHead {
  ShopId shop;
  CaseId case_id;
  std::uint32_t sequence = 0;
  std::int64_t occurred_at = 0;  // 0: somebody who does not say
};
class WebhookIntake {
 public:
  virtual ~WebhookIntake() = default;

  // The first step of each case that is not made into deliveries; nothing for a case of which
  // nobody is to be told: its shop has no webhook, or it has come to rest before the first was
  // made.
  virtual std::vector<std::optional<std::uint32_t>> FirstMissing(
      std::span<const std::pair<ShopId, CaseId>> cases, std::int64_t now_us) = 0;
  // Every step up to these, once each; for each webhook of what has happened since it was made.
  // What is older than the shop's first webhook is not read. Answers whether somebody is to be told
  // something.
  virtual bool TakeIn(std::span<const CaseHead> heads, std::int64_t now_us) = 0;
};

}  // namespace redress::aftersales
