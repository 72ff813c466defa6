#include "services/desk/conversation_wiring.h"

#include <memory>
#include <string>

#include "services/desk/api/conversation_api.h"
#include "services/desk/api/customer_book.h"
#include "services/desk/store/conversation_store.h"
#include "services/platform/events/event_log.h"
#include "services/platform/events/event_metrics.h"
#include "services/platform/events/event_source.h"
#include "services/platform/events/events_api.h"
#include "services/platform/events/nats_connection.h"
#include "services/platform/events/relay.h"

namespace redress::desk {
namespace {

// A connection to the bus of its own: what is taken in never waits for what goes out.
void AddEvents(platform::Parts& parts) {
  auto& history = parts.Make<platform::EventsTableSource>();
  auto& nats =
      parts.Make<platform::NatsConnection>(platform::NatsConfigOf(parts.config, parts.service));
  auto& relay = parts.Make<platform::Relay>(
      parts.pool, history, nats, parts.clock,
      platform::RelayOptions{.service = parts.service,
                             .report = platform::ReportTo(parts.metrics)});
  parts.AddService(std::make_unique<platform::EventsApi>(parts.guard, parts.pool, history));
  if (parts.config.Bool("nats.relay_paused")) relay.Pause();
  parts.OnStart([&relay] { relay.Start(); });
  parts.OnStop([&relay] { relay.Stop(); });
}

}  // namespace

void AddConversations(platform::Parts& parts) {
  auto& events = parts.Make<platform::EventLog>(parts.ids, parts.clock);
  auto& store = parts.Make<SqlConversationStore>(parts.pool, parts.sealer, events);
  auto& customers = parts.Make<CustomerBookClient>(parts.Channel("customer"));
  auto& past = parts.Make<ConversationImport>(
      ConversationImport::Uses{store, customers, parts.ids, parts.clock});
  parts.AddService(std::make_unique<ConversationApi>(
      ConversationApi::Uses{parts.guard, parts.directory, past, store}));
  AddEvents(parts);
}

}  // namespace redress::desk
