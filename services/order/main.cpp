// The order service: what was bought, paid and shipped.

#include <memory>

#include "services/order/api/customer_client.h"
#include "services/order/api/order_api.h"
#include "services/order/domain/order_intake.h"
#include "services/order/domain/order_reading.h"
#include "services/order/edit_wiring.h"
#include "services/order/migrations/migrations.gen.h"
#include "services/order/privacy_wiring.h"
#include "services/order/search.h"
#include "services/order/store/mysql_order_store.h"
#include "services/platform/events/event_log.h"
#include "services/platform/events/event_source.h"
#include "services/platform/events/events_api.h"
#include "services/platform/events/relay.h"
#include "services/platform/migrations/migrations.gen.h"
#include "services/platform/server/service_main.h"

int main(int argc, char** argv) {
  using namespace redress;
  return platform::ServiceMain(
      argc, argv,
      {.name = "order",
       .config_keys = {},
       .migrations = {platform::PlatformMigrations(), order::OrderMigrations()},
       .build = [](platform::Parts& parts) {
         auto& events = parts.Make<platform::EventLog>(parts.ids, parts.clock);
         auto& store =
             parts.Make<order::MysqlOrderStore>(parts.pool, parts.sealer, events, parts.clock);
         auto& customers = parts.Make<order::CustomerClient>(parts.Channel("customer"));
         auto& intake = parts.Make<order::OrderIntake>(store, customers, parts.ids, parts.clock);
         auto& reading = parts.Make<order::OrderReading>(store);
         parts.AddService(std::make_unique<order::OrderApi>(parts.guard, intake, reading));
         order::AddSearch(parts, store);
         order::AddOrderWork(parts, store, reading, events);

         auto& history = parts.Make<platform::EventsTableSource>();
         auto& nats = parts.Make<platform::NatsConnection>(
             platform::NatsConfigOf(parts.config, parts.service));
         auto& relay = parts.Make<platform::Relay>(
             parts.pool, history, nats, parts.clock,
             platform::RelayOptions{
                 .service = parts.service,
                 .report = [&metrics = parts.metrics](std::string_view gauge, double value) {
                   metrics.Gauge("redress_" + std::string(gauge), "Of the event relay.").Set(value);
                 }});
         parts.AddService(std::make_unique<platform::EventsApi>(parts.guard, parts.pool, history));
         order::AddPrivacy(parts, nats, reading);
         if (parts.config.Bool("nats.relay_paused")) relay.Pause();
         parts.OnStart([&relay] { relay.Start(); });
         parts.OnStop([&relay] { relay.Stop(); });
       }});
}
