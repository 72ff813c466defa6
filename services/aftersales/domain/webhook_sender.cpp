#include "services/aftersales/domain/webhook_sender.h"

#include <chrono>
#include <random>
#include <string>
#include <utility>

#include "services/platform/base/crash_point.h"
#include "services/platform/webhooks/signature.h"

namespace redress::aftersales {
namespace {

using std::chrono::steady_clock;

constexpr std::size_t kAddressesAtOnce = 200;

double RealChance() {
  thread_local std::mt19937_64 engine{std::random_device{}()};
  return std::uniform_real_distribution<double>(0, 1)(engine);
}

}  // namespace

WebhookSender::WebhookSender(Options options, Uses uses)
    : options_([&] {
        if (!options.random) options.random = RealChance;
        return std::move(options);
      }()),
      uses_(std::move(uses)) {}

WebhookSender::Looked WebhookSender::Look() {
  const auto due = uses_.deliveries.Due(uses_.clock.NowUs(), looked_at_, kAddressesAtOnce);
  uses_.lanes.Offer(due);
  const bool has_more = due.size() == kAddressesAtOnce;
  looked_at_ = has_more ? due.back().address : WebhookAddress{};
  return {!due.empty(), has_more};
}

bool WebhookSender::Round(WebhookLane lane) {
  const auto address = uses_.lanes.Take(lane);
  if (!address) return false;
  auto after = WebhookLanes::After::kNothingLeft;
  try {
    const std::int64_t now_us = uses_.clock.NowUs();
    if (const auto job = uses_.deliveries.Claim(*address, now_us, now_us + options_.lease_us)) {
      uses_.lanes.Claimed(*address);
      const WebhookDelivery sent = Send(*job);
      const bool is_good = sent.state == DeliveryState::kDelivered;
      after = is_good && sent.duration_ms < options_.slow_ms ? WebhookLanes::After::kGood
                                                             : WebhookLanes::After::kBad;
    }
  } catch (...) {
    uses_.lanes.Return(*address, after);
    throw;
  }
  uses_.lanes.Return(*address, after);
  return true;
}

WebhookDelivery WebhookSender::Send(const WebhookJob& job) {
  platform::CrashPoint(platform::kWithWebhookClaimed);
  const auto begun = steady_clock::now();
  WebhookAttempt attempt;
  attempt.outcome = uses_.post(RequestOf(job));
  attempt.duration_ms = static_cast<std::uint32_t>(
      std::chrono::duration_cast<std::chrono::milliseconds>(steady_clock::now() - begun).count());
  attempt.ended_at = uses_.clock.NowUs();
  attempt.random = options_.random();
  platform::CrashPoint(platform::kAfterPostBeforeRecord);
  WebhookDelivery after = uses_.deliveries.Record(job, attempt);
  platform::CrashPoint(platform::kAfterWebhookRecord);
  if (options_.on_attempt) options_.on_attempt(after);
  return after;
}

platform::PostRequest WebhookSender::RequestOf(const WebhookJob& job) const {
  const auto header = [](std::string_view name, const std::string& value) {
    return std::string(name) + ": " + value;
  };
  return {.url = job.url,
          .headers = {header("Content-Type", "application/cloudevents+json; charset=utf-8"),
                      header("User-Agent", "Redress-Webhooks/1"),
                      header("Redress-Webhook", platform::ToString(job.delivery.webhook)),
                      header("Redress-Attempt", std::to_string(job.delivery.attempts)),
                      header(platform::kSignatureHeader,
                             platform::SignatureOf(job.secrets, uses_.clock.NowUs(), job.body))},
          .body = job.body};
}

}  // namespace redress::aftersales
