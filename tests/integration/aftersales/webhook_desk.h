#pragma once

// Everything between a step and somebody else's HTTPS server, without the bus: what the service
// does by itself is done when a test says so, or by threads that it starts.

#include <atomic>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "services/aftersales/domain/webhooks.h"
#include "services/aftersales/store/webhook_delivery_repository.h"
#include "services/aftersales/store/webhook_intake.h"
#include "services/aftersales/store/webhook_repository.h"
#include "services/aftersales/store/webhook_upkeep.h"
#include "services/platform/base/errors.h"
#include "services/platform/webhooks/post.h"
#include "tests/integration/aftersales/house.h"
#include "tests/integration/platform/server/certificates.h"
#include "tests/integration/platform/webhooks/receiver.h"

namespace redress::aftersales {

// Whom receivers' certificates are from; its PEM in a file.
class Trust {
 public:
  Trust();
  ~Trust();

  const test::CertificateAuthority authority;
  const std::string& file() const { return file_; }

 private:
  std::string file_;
};

// One process's side of it.
struct WebhookDesk {
  WebhookDesk(Ground& ground, std::uint16_t worker, platform::PosterOptions options);
  ~WebhookDesk();

  // While the answer is UNAVAILABLE, as a client does.
  template <class Work>
  auto Insist(Work work) -> decltype(work()) {
    while (true) {
      try {
        return work();
      } catch (const platform::Refusal& refusal) {
        if (refusal.code() != platform::Code::kUnavailable) throw;
      }
    }
  }

  WebhookAndSecret Create(const std::string& url, std::vector<std::string> types = {"*"});
  Webhook Read(const Webhook& of);
  WebhookChange ChangeOf(const Webhook& of);
  std::vector<WebhookDelivery> Deliveries(const Webhook& of);
  // The case's steps so far become deliveries.
  void TakeIn(CaseId id);
  CaseId OpenAndTakeIn(LineId line);
  // Looks and sends until nothing is due.
  void SendAll();
  // The same by threads, until the desk is gone.
  void StartSending(int sound, int suspect);

  Ground& ground;
  House house;
  SqlWebhookRepository rows;
  SqlWebhookDeliveries deliveries;
  SqlWebhookIntake intake;
  SqlWebhookUpkeep upkeep;
  WebhookLanes lanes;
  platform::WebhookPoster poster;
  WebhookSender sender;
  Webhooks webhooks;

 private:
  std::atomic<bool> stopping_ = false;
  std::vector<std::thread> threads_;
};

// The header's value in a request's head; "" where there is none.
std::string HeaderIn(const test::Receiver::Request& request, const std::string& name);

}  // namespace redress::aftersales
