#include "services/customer/event_wiring.h"

#include <memory>
#include <utility>

#include "services/platform/events/event_log.h"
#include "services/platform/events/event_metrics.h"
#include "services/platform/events/event_source.h"
#include "services/platform/events/events_api.h"
#include "services/platform/events/relay.h"

namespace redress::customer {

CustomerEvents AddEvents(platform::Parts& parts) {
  auto& events = parts.Make<platform::EventLog>(parts.ids, parts.clock);
  auto& log = parts.Make<CustomerEventLog>(events);
  auto& history = parts.Make<platform::EventsTableSource>();
  auto& nats =
      parts.Make<platform::NatsConnection>(platform::NatsConfigOf(parts.config, parts.service));
  platform::RelayOptions options;
  options.service = parts.service;
  options.report = platform::ReportTo(parts.metrics);
  auto& relay =
      parts.Make<platform::Relay>(parts.pool, history, nats, parts.clock, std::move(options));
  parts.AddService(std::make_unique<platform::EventsApi>(parts.guard, parts.pool, history));
  if (parts.config.Bool("nats.relay_paused")) relay.Pause();
  parts.OnStart([&relay] { relay.Start(); });
  parts.OnStop([&relay] { relay.Stop(); });
  return {log, nats};
}

}  // namespace redress::customer
