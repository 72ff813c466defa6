#include "services/aftersales/events_wiring.h"

#include "services/aftersales/api/order_events.h"
#include "services/aftersales/store/line_ledger_store.h"
#include "services/aftersales/store/step_event_source.h"
#include "services/platform/events/consumer.h"
#include "services/platform/events/events_api.h"
#include "services/platform/events/relay.h"

namespace redress::aftersales {

platform::NatsConnection& AddEvents(platform::Parts& parts, CaseEngine& engine,
                                    RecentEvents& recent, PlatformObjectRepository& refunds) {
  const auto report = [&metrics = parts.metrics](std::string_view gauge, double value) {
    const auto colon = gauge.find(':');
    const platform::MetricLabels labels =
        colon == std::string_view::npos
            ? platform::MetricLabels{}
            : platform::MetricLabels{{"source", std::string(gauge.substr(colon + 1))}};
    metrics
        .Gauge("redress_" + std::string(gauge.substr(0, colon)), "Of the event transport.", labels)
        .Set(value);
  };
  auto& nats =
      parts.Make<platform::NatsConnection>(platform::NatsConfigOf(parts.config, parts.service));
  auto& history = parts.Make<StepEventSource>(recent);
  platform::RelayOptions relaying;
  relaying.service = parts.service;
  relaying.report = report;
  auto& relay =
      parts.Make<platform::Relay>(parts.pool, history, nats, parts.clock, std::move(relaying));
  parts.AddService(std::make_unique<platform::EventsApi>(parts.guard, parts.pool, history));

  auto& ledger = parts.Make<SqlLedgerStore>(parts.pool);
  auto& updates = parts.Make<LedgerUpdates>(ledger, engine, parts.clock);
  auto& orders = parts.Make<OrderEvents>(ledger, updates, refunds, parts.clock);
  platform::ConsumerOptions consuming;
  consuming.durable = parts.service;
  consuming.sources = {{"order", parts.Channel("order")}};
  consuming.report = report;
  auto& consumer = parts.Make<platform::Consumer>(
      parts.pool, nats, parts.clock, orders, std::move(consuming),
      [&orders](std::span<const events::v1::Event> events) { orders.Handle(events); });

  if (parts.config.Bool("nats.relay_paused")) relay.Pause();
  parts.OnStart([&relay, &consumer] {
    relay.Start();
    consumer.Start();
  });
  parts.OnStop([&relay, &consumer] {
    consumer.Stop();
    relay.Stop();
  });
  return nats;
}

}  // namespace redress::aftersales
