// The desk service: what a shop tells its buyers, and through what.

#include <memory>
#include <random>

#include "services/desk/api/case_facts_client.h"
#include "services/desk/api/contact_book_client.h"
#include "services/desk/api/http_channel.h"
#include "services/desk/api/message_api.h"
#include "services/desk/api/notification_api.h"
#include "services/desk/api/phrase_api.h"
#include "services/desk/api/step_events.h"
#include "services/desk/api/workflow_names.h"
#include "services/desk/background.h"
#include "services/desk/conversation_wiring.h"
#include "services/desk/migrations/migrations.gen.h"
#include "services/desk/store/channel_store.h"
#include "services/desk/store/message_store.h"
#include "services/desk/store/personal_data.h"
#include "services/desk/store/phrase_store.h"
#include "services/desk/store/rule_store.h"
#include "services/desk/store/step_intake.h"
#include "services/platform/events/consumer.h"
#include "services/platform/events/event_metrics.h"
#include "services/platform/events/nats_connection.h"
#include "services/platform/migrations/migrations.gen.h"
#include "services/platform/privacy/privacy_wiring.h"
#include "services/platform/server/service_main.h"
#include "services/platform/telemetry/log.h"
#include "services/platform/webhooks/retry.h"

namespace redress::desk {
namespace {

using platform::KeyKind;
using platform::Parts;

std::vector<platform::ConfigKey> ConfigKeys() {
  return {
      {"desk.senders", KeyKind::kInteger, "4", "messages that are sent at once"},
      {"desk.slow_senders", KeyKind::kInteger, "2",
       "the same for shops whose own sender is slow or silent"},
      {"desk.poll_ms", KeyKind::kInteger, "200", "pause between looks at messages that are due"},
      {"desk.private_addresses", KeyKind::kBoolean, "false",
       "senders of shops may be on this machine and private networks; always in a deployment that "
       "is not production"},
      {"desk.sender_ca_file", KeyKind::kString, "",
       "the CAs that senders of shops are trusted by, PEM; empty: the system's"},
  };
}

bool IsProduction(const platform::Config& config) {
  return config.String("deployment.kind") == "production";
}

platform::PosterOptions PosterOptionsOf(const platform::Config& config) {
  platform::PosterOptions options;
  options.private_addresses_allowed =
      config.Bool("desk.private_addresses") || !IsProduction(config);
  if (config.Has("desk.sender_ca_file")) {
    options.ca_file = config.Path("desk.sender_ca_file").string();
  }
  return options;
}

auto ZoneOf(Parts& parts) {
  return [&parts](ShopId shop) { return parts.directory.TimeZoneAt(shop, parts.clock.NowUs()); };
}

MessageDispatch::Options DispatchOptions(Parts& parts) {
  MessageDispatch::Options options;
  options.next_attempt_at = [](std::uint32_t attempts, std::int64_t since_us, std::int64_t now_us) {
    thread_local std::mt19937 generator(std::random_device{}());
    return platform::NextAttemptAt(attempts, since_us, now_us,
                                   std::uniform_real_distribution<>(0, 1)(generator));
  };
  options.zone_of = ZoneOf(parts);
  options.on_failure = [](const Message& message, const std::exception& error) {
    platform::LogWarning("a message could not be sent or recorded",
                         {{"message_id", platform::ToString(message.id)}, {"cause", error.what()}});
  };
  return options;
}

// Makes messages of what cases tell, from now on.
void AddConsumer(Parts& parts, platform::NatsConnection& nats) {
  auto& intake = parts.Make<SqlStepIntake>(parts.pool, parts.ids);
  auto& consumer = parts.Make<platform::Consumer>(
      parts.pool, nats, parts.clock, intake,
      platform::ConsumerOptions{.durable = parts.service,
                                .sources = {{"aftersales", parts.Channel("aftersales")}},
                                .report = platform::ReportTo(parts.metrics)},
      StepEvents(intake, parts.clock));
  parts.OnStart([&consumer] { consumer.Start(); });
  parts.OnStop([&consumer] { consumer.Stop(); });
}

void Build(Parts& parts) {
  auto& phrases = parts.Make<SqlPhraseRepository>(parts.pool, parts.ids);
  auto& rules = parts.Make<SqlRuleRepository>(parts.pool, parts.ids);
  auto& messages = parts.Make<SqlMessageRepository>(parts.pool, parts.sealer, parts.ids);
  auto& channels = parts.Make<SqlHttpChannelRepository>(parts.pool, parts.sealer);
  auto& facts = parts.Make<CaseFactsClient>(parts.Channel("aftersales"), parts.Channel("order"),
                                            parts.Channel("customer"));
  auto& contacts = parts.Make<ContactBookClient>(parts.Channel("customer"));
  auto& names = parts.Make<WorkflowNames>(parts.Channel("aftersales"));
  auto& manual = parts.Make<ManualChannel>();
  auto& http = parts.Make<HttpChannel>(channels, PosterOptionsOf(parts.config), parts.clock);
  auto& dispatch = parts.Make<MessageDispatch>(
      DispatchOptions(parts),
      MessageDispatch::Uses{messages, rules, phrases, facts, contacts, manual, http, parts.clock});
  auto& background = parts.Make<Background>(parts, dispatch, messages);

  parts.AddService(
      std::make_unique<PhraseApi>(PhraseApi::Uses{parts.guard, phrases, facts, ZoneOf(parts)}));
  parts.AddService(std::make_unique<MessageApi>(MessageApi::Uses{
      parts.guard, messages, phrases, facts, [&background] { background.Wake(); }}));
  parts.AddService(std::make_unique<NotificationApi>(
      NotificationApi::Uses{parts.guard, rules, channels,
                            [&names](const platform::Call& call, const NotificationRule& rule) {
                              names.Check(call, rule);
                            },
                            !IsProduction(parts.config)}));

  auto& nats =
      parts.Make<platform::NatsConnection>(platform::NatsConfigOf(parts.config, parts.service));
  AddConsumer(parts, nats);
  platform::AddPrivacy(parts, nats,
                       parts.Make<DeskPersonalData>(parts.pool, parts.sealer, parts.clock),
                       {TextRetention()});
  AddConversations(parts);
  parts.OnStart([&background] { background.Start(); });
  parts.OnStop([&background] { background.Stop(); });
}

}  // namespace
}  // namespace redress::desk

int main(int argc, char** argv) {
  using namespace redress;
  return platform::ServiceMain(
      argc, argv,
      {.name = "desk",
       .config_keys = desk::ConfigKeys(),
       .migrations = {platform::PlatformMigrations(), desk::DeskMigrations()},
       .build = desk::Build});
}
