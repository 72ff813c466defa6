#include "tests/integration/aftersales/webhook_desk.h"

#include <poll.h>
#include <stdlib.h>
#include <unistd.h>

#include <cstdio>
#include <fstream>

namespace redress::aftersales {
namespace {

constexpr int kRoundsWithoutWork = 3;
constexpr int kPauseMs = 5;

WebhookSender::Options Certain() {
  WebhookSender::Options options;
  options.random = [] { return 0.0; };
  return options;
}

}  // namespace

Trust::Trust() {
  char name[] = "/tmp/redress-trust-XXXXXX";
  const int file = mkstemp(name);
  EXPECT_GE(file, 0);
  close(file);
  file_ = name;
  std::ofstream(file_) << authority.pem();
}

Trust::~Trust() { std::remove(file_.c_str()); }

WebhookDesk::WebhookDesk(Ground& on, std::uint16_t worker, platform::PosterOptions options)
    : ground(on),
      house(on, worker),
      rows(on.pool, house.sealer),
      deliveries(on.pool, house.sealer),
      intake(on.pool, house.ids),
      upkeep(on.pool),
      poster(std::move(options)),
      sender(Certain(),
             {deliveries, lanes,
              [this](const platform::PostRequest& request) { return poster.Post(request); },
              on.clock}),
      webhooks({.allow_http = false}, {rows, deliveries, sender, house.ids, on.clock}) {}

WebhookDesk::~WebhookDesk() {
  stopping_ = true;
  for (std::thread& thread : threads_) thread.join();
}

WebhookAndSecret WebhookDesk::Create(const std::string& url, std::vector<std::string> types) {
  const WriteRequest request = house.Request();
  const WebhookSettings settings{"Their system", url, std::move(types)};
  return Insist([&] { return webhooks.Create(kShop, settings, kAgent, request); });
}

Webhook WebhookDesk::Read(const Webhook& of) {
  return Insist([&] { return rows.Find(of.shop, of.id).value(); });
}

WebhookChange WebhookDesk::ChangeOf(const Webhook& of) {
  return {of.shop, of.id, Read(of).version, ground.clock.NowUs()};
}

std::vector<WebhookDelivery> WebhookDesk::Deliveries(const Webhook& of) {
  return Insist(
      [&] { return deliveries.List({.shop = of.shop, .webhook = of.id, .limit = 1000}); });
}

void WebhookDesk::TakeIn(CaseId id) {
  const CaseHead heads[] = {{kShop, id, house.Now(id).version}};
  Insist([&] { intake.TakeIn(heads, ground.clock.NowUs()); });
}

CaseId WebhookDesk::OpenAndTakeIn(LineId line) {
  const CaseId id = house.OpenCase(line, 1000);
  TakeIn(id);
  return id;
}

void WebhookDesk::SendAll() {
  for (int idle = 0; idle < kRoundsWithoutWork; ++idle) {
    if (test::InjectedFaults() != nullptr) EndLeases();
    Insist([&] { sender.Look(); });
    for (const WebhookLane lane : {WebhookLane::kSound, WebhookLane::kSuspect}) {
      while (Insist([&] { return sender.Round(lane); })) idle = 0;
    }
  }
}

void WebhookDesk::EndLeases() {
  ground.quiet_pool.Acquire()->Execute(
      "UPDATE webhook_deliveries SET next_at = ? WHERE state = 2 AND next_at > ?",
      {ground.clock.NowUs(), ground.clock.NowUs()});
}

void WebhookDesk::StartSending(int sound, int suspect) {
  const auto start = [this](auto round) {
    threads_.emplace_back([this, round] {
      while (!stopping_) {
        if (!Insist(round)) poll(nullptr, 0, kPauseMs);
      }
    });
  };
  start([this] { return sender.Look().has_more; });
  for (int i = 0; i < sound; ++i) start([this] { return sender.Round(WebhookLane::kSound); });
  for (int i = 0; i < suspect; ++i) start([this] { return sender.Round(WebhookLane::kSuspect); });
}

std::string HeaderIn(const test::Receiver::Request& request, const std::string& name) {
  const auto at = request.head.find("\r\n" + name + ": ");
  if (at == std::string::npos) return "";
  const auto from = at + name.size() + 4;
  return request.head.substr(from, request.head.find("\r\n", from) - from);
}

}  // namespace redress::aftersales
