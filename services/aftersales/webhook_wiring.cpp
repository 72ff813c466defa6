#include "services/aftersales/webhook_wiring.h"

#include <memory>
#include <string>

#include "services/aftersales/api/order_history.h"
#include "services/aftersales/api/webhook_api.h"
#include "services/aftersales/api/webhook_events_intake.h"
#include "services/aftersales/api/webhook_order_events.h"
#include "services/aftersales/domain/periodic.h"
#include "services/aftersales/domain/webhooks.h"
#include "services/aftersales/store/webhook_delivery_repository.h"
#include "services/aftersales/store/webhook_intake.h"
#include "services/aftersales/store/webhook_order_intake.h"
#include "services/aftersales/store/webhook_repository.h"
#include "services/aftersales/store/webhook_upkeep.h"
#include "services/platform/events/consumer.h"
#include "services/platform/events/event_metrics.h"
#include "services/platform/telemetry/log.h"

namespace redress::aftersales {
namespace {

using platform::KeyKind;
using platform::Parts;
using std::chrono::milliseconds;

constexpr char kDurable[] = "webhooks";
constexpr std::size_t kMostCounted = 100'000;

auto Failure(std::string_view what) {
  return [what](const std::exception& error) {
    platform::LogWarning(what, {{"cause", error.what()}});
  };
}

// The threads that send, and what keeps them busy. Looks are cheap and senders sleep between them.
class SendingWebhooks {
 public:
  SendingWebhooks(Parts& parts, WebhookSender& sender, WebhookUpkeep& upkeep,
                  WebhookKeeping keeping)
      : looking_(
            milliseconds(500),
            [this, &sender] {
              const WebhookSender::Looked looked = sender.Look();
              if (looked.found_some) {
                for (const auto& thread : senders_) thread->Wake();
              }
              return looked.has_more;
            },
            Failure("due webhook deliveries could not be read")),
        tidying_(
            milliseconds(10'000),
            [&upkeep, &clock = parts.clock, keeping] {
              return upkeep.Tidy(keeping, clock.NowUs());
            },
            Failure("old webhook deliveries could not be forgotten")),
        counting_(
            milliseconds(5000),
            [&upkeep, gauges = GaugesOf(parts.metrics)] {
              const auto counts = upkeep.Count(kMostCounted);
              gauges.waiting.Set(static_cast<double>(counts.waiting));
              gauges.dead_letters.Set(static_cast<double>(counts.dead_letters));
              gauges.paused.Set(static_cast<double>(counts.paused));
              return false;
            },
            Failure("webhook deliveries could not be counted")) {
    AddSenders(parts.config.Int("aftersales.webhook_senders"), sender, WebhookLane::kSound);
    AddSenders(parts.config.Int("aftersales.webhook_suspect_senders"), sender,
               WebhookLane::kSuspect);
  }

  void Start() {
    for (const auto& thread : senders_) thread->Start();
    looking_.Start();
    tidying_.Start();
    counting_.Start();
  }
  void Stop() {
    counting_.Stop();
    tidying_.Stop();
    looking_.Stop();
    // Each may be waiting for an address to answer.
    for (const auto& thread : senders_) thread->AskToStop();
    for (const auto& thread : senders_) thread->Stop();
  }
  void Wake() { looking_.Wake(); }
  void WakeTidying() { tidying_.Wake(); }

 private:
  struct Gauges {
    prometheus::Gauge& waiting;
    prometheus::Gauge& dead_letters;
    prometheus::Gauge& paused;
  };
  static Gauges GaugesOf(platform::Metrics& metrics) {
    return {metrics.Gauge("redress_webhook_deliveries_waiting", "Events that webhooks wait for."),
            metrics.Gauge("redress_webhook_dead_letters", "Events that webhooks did not take."),
            metrics.Gauge("redress_webhooks_paused", "Webhooks that are paused.")};
  }
  void AddSenders(std::int64_t threads, WebhookSender& sender, WebhookLane lane) {
    for (std::int64_t i = 0; i < threads; ++i) {
      senders_.push_back(std::make_unique<Periodic>(
          milliseconds(2000), [&sender, lane] { return sender.Round(lane); },
          Failure("a webhook delivery could not be sent or recorded")));
    }
  }

  std::vector<std::unique_ptr<Periodic>> senders_;
  Periodic looking_;
  Periodic tidying_;
  Periodic counting_;
};

// Checked before anything is served.
std::int64_t Positive(const platform::Config& config, const char* key) {
  const std::int64_t value = config.Int(key);
  if (value < 1) throw platform::ConfigError(std::string(key) + " is less than 1; give at least 1");
  return value;
}

bool IsProduction(const platform::Config& config) {
  return config.String("deployment.kind") == "production";
}

platform::PosterOptions PosterOptionsOf(const platform::Config& config) {
  platform::PosterOptions options;
  options.private_addresses_allowed =
      config.Bool("aftersales.webhook_private_addresses") || !IsProduction(config);
  if (config.Has("aftersales.webhook_ca_file")) {
    options.ca_file = config.Path("aftersales.webhook_ca_file").string();
  }
  return options;
}

WebhookSender::Options SenderOptions(platform::Metrics& metrics) {
  const auto counter = [&](const char* outcome) {
    return &metrics.Counter("redress_webhook_attempts_total", "Events sent to webhooks.",
                            {{"outcome", outcome}});
  };
  auto& seconds =
      metrics.Histogram("redress_webhook_attempt_seconds", "How long addresses take to answer.",
                        platform::DurationBounds());
  WebhookSender::Options options;
  options.on_attempt = [taken = counter("taken"), again = counter("again"),
                        given_up = counter("given_up"), &seconds](const WebhookDelivery& sent) {
    seconds.Observe(sent.duration_ms / 1000.0);
    if (sent.state == DeliveryState::kDelivered) {
      taken->Increment();
    } else if (sent.state == DeliveryState::kWaiting) {
      again->Increment();
    } else {
      given_up->Increment();
    }
  };
  return options;
}

platform::Consumer& AddConsumer(Parts& parts, platform::NatsConnection& nats,
                                WebhookEventsIntake& intake) {
  platform::ConsumerOptions options;
  options.durable = kDurable;
  options.sources = {{parts.service, parts.Channel(parts.service)}};
  options.report = platform::ReportTo(parts.metrics);
  return parts.Make<platform::Consumer>(
      parts.pool, nats, parts.clock, intake, std::move(options),
      [&intake](std::span<const events::v1::Event> events) { intake.Handle(events); });
}

platform::Consumer& AddOrderConsumer(Parts& parts, platform::NatsConnection& nats,
                                     std::function<void()> on_due) {
  auto& history = parts.Make<ServedOrderHistory>(parts.Channel("order"));
  auto& taking_in = parts.Make<SqlWebhookOrderIntake>(parts.pool, parts.ids, history);
  auto& intake = parts.Make<WebhookOrderEvents>(taking_in, parts.clock, std::move(on_due));
  platform::ConsumerOptions options;
  options.durable = kDurable;
  options.sources = {{"order", parts.Channel("order")}};
  // The service's other consumer of orders has the gauges of that source.
  options.report = [report = platform::ReportTo(parts.metrics)](std::string_view gauge,
                                                                double value) {
    report(std::string(gauge) + "_webhooks", value);
  };
  return parts.Make<platform::Consumer>(
      parts.pool, nats, parts.clock, intake, std::move(options),
      [&intake](std::span<const events::v1::Event> events) { intake.Handle(events); });
}

}  // namespace

std::vector<platform::ConfigKey> WebhookConfigKeys() {
  return {
      {"aftersales.webhook_senders", KeyKind::kInteger, "8", "events sent to webhooks at once"},
      {"aftersales.webhook_suspect_senders", KeyKind::kInteger, "4",
       "the same to addresses that fail or are slow"},
      {"aftersales.webhook_private_addresses", KeyKind::kBoolean, "false",
       "webhooks may lead to this machine and private networks; always in a deployment that is not "
       "production"},
      {"aftersales.webhook_ca_file", KeyKind::kString, "",
       "the CAs that webhooks' addresses are trusted by, PEM; empty: the system's"},
      {"aftersales.webhook_log_days", KeyKind::kInteger, "7",
       "how long it is known what webhooks have taken"},
      {"aftersales.webhook_dead_letter_days", KeyKind::kInteger, "30",
       "how long what webhooks did not take may be replayed"},
  };
}

void AddWebhooks(Parts& parts, Commands& commands, platform::NatsConnection& nats) {
  const platform::Config& config = parts.config;
  const WebhookKeeping keeping{
      Positive(config, "aftersales.webhook_log_days") * platform::kDayUs,
      Positive(config, "aftersales.webhook_dead_letter_days") * platform::kDayUs};
  Positive(config, "aftersales.webhook_senders");
  Positive(config, "aftersales.webhook_suspect_senders");

  auto& rows = parts.Make<SqlWebhookRepository>(parts.pool, parts.sealer);
  auto& deliveries = parts.Make<SqlWebhookDeliveries>(parts.pool, parts.sealer);
  auto& upkeep = parts.Make<SqlWebhookUpkeep>(parts.pool);
  auto& taking_in = parts.Make<SqlWebhookIntake>(parts.pool, parts.ids);
  auto& poster = parts.Make<platform::WebhookPoster>(PosterOptionsOf(config));
  auto& lanes = parts.Make<WebhookLanes>();
  auto& sender = parts.Make<WebhookSender>(
      SenderOptions(parts.metrics),
      WebhookSender::Uses{
          deliveries, lanes,
          [&poster](const platform::PostRequest& request) { return poster.Post(request); },
          parts.clock});
  auto& sending = parts.Make<SendingWebhooks>(parts, sender, upkeep, keeping);
  const auto wake = [&sending] { sending.Wake(); };
  auto& webhooks =
      parts.Make<Webhooks>(Webhooks::Options{.allow_http = !IsProduction(config)},
                           Webhooks::Uses{rows, deliveries, sender, parts.ids, parts.clock});
  parts.AddService(std::make_unique<WebhookApi>(
      WebhookApi::Uses{parts.guard, webhooks, rows, deliveries, commands, wake,
                       [&sending] { sending.WakeTidying(); }}));
  auto& intake = parts.Make<WebhookEventsIntake>(taking_in, parts.clock, wake);
  platform::Consumer& consumer = AddConsumer(parts, nats, intake);
  platform::Consumer& orders = AddOrderConsumer(parts, nats, wake);
  parts.OnStart([&consumer, &orders, &sending] {
    sending.Start();
    consumer.Start();
    orders.Start();
  });
  parts.OnStop([&consumer, &orders, &sending] {
    orders.Stop();
    consumer.Stop();
    sending.Stop();
  });
}

}  // namespace redress::aftersales
