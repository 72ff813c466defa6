#pragma once

// Everything between a step and somebody else's HTTPS server, without the bus: what the service
// does by itself is done when a test says so, or by threads that it starts.

#include <atomic>
#include <chrono>
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
  // Looks and sends until nothing is due. Nobody else sends meanwhile.
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
  // Else a claim whose answer was lost keeps its delivery until the clock is moved.
  void EndLeases();

  std::atomic<bool> stopping_ = false;
  std::vector<std::thread> threads_;
};

// Two processes' desks over one database, and receivers that they trust.
class WebhookTest : public ::testing::Test {
 protected:
  WebhookTest() : here_(ground_, 1, Options()), there_(ground_, 2, Options()) {}

  // Whether what was sent may have been sent twice, since its record was lost.
  static bool IsFaulty() { return test::InjectedFaults() != nullptr; }

  platform::PosterOptions Options() const {
    return {.private_addresses_allowed = true,
            .ca_file = trust_.file(),
            .connect_timeout = std::chrono::milliseconds(2000),
            .timeout = std::chrono::milliseconds(2000)};
  }
  std::unique_ptr<test::Receiver> Start(test::Receiver::Answer answer) const {
    return std::make_unique<test::Receiver>(trust_.authority.Issue("localhost"), std::move(answer));
  }
  // Answers what `status_` says when it is asked.
  test::Receiver::Answer AsTold() {
    return [this](const test::Receiver::Request& request, const test::Receiver::Write& write) {
      test::AnswerWith(status_.load())(request, write);
    };
  }

  Trust trust_;
  Ground ground_;
  WebhookDesk here_;
  WebhookDesk there_;  // another process over the same database
  std::atomic<const char*> status_ = "500 Error";
};

// The header's value in a request's head; "" where there is none.
std::string HeaderIn(const test::Receiver::Request& request, const std::string& name);

}  // namespace redress::aftersales
