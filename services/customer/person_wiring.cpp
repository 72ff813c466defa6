#include "services/customer/person_wiring.h"

#include <chrono>
#include <memory>
#include <string>

#include "services/customer/api/contact_refusals.h"
#include "services/customer/api/event_facts.h"
#include "services/customer/api/fact_history.h"
#include "services/customer/api/person_api.h"
#include "services/customer/api/rfm_api.h"
#include "services/customer/api/timeline_api.h"
#include "services/customer/store/care_store.h"
#include "services/customer/store/consumer_memory.h"
#include "services/customer/store/mysql_fact_archive.h"
#include "services/customer/store/mysql_fact_book.h"
#include "services/customer/store/mysql_facts_reader.h"
#include "services/customer/store/mysql_merges.h"
#include "services/customer/store/mysql_people.h"
#include "services/customer/store/mysql_rfm.h"
#include "services/platform/base/periodic.h"
#include "services/platform/events/consumer.h"
#include "services/platform/events/event_metrics.h"
#include "services/platform/telemetry/log.h"

namespace redress::customer {
namespace {

using platform::Parts;

constexpr auto kRfmEvery = std::chrono::minutes(10);

// Those whose events tell of customers.
SourceChannels Sources(Parts& parts) {
  return {{"order", parts.Channel("order")},
          {"aftersales", parts.Channel("aftersales")},
          {"desk", parts.Channel("desk")}};
}

void AddConsumer(Parts& parts, platform::NatsConnection& nats) {
  auto& facts = parts.Make<MysqlFactRepository>(parts.pool);
  auto& intake = parts.Make<FactIntake>(facts, parts.clock);
  auto& memory = parts.Make<CustomerMemory>(parts.pool);
  auto& care = parts.Make<SqlCareRepository>(parts.pool, parts.sealer);
  platform::ConsumerOptions options;
  options.durable = parts.service;
  for (const auto& [source, channel] : Sources(parts)) options.sources.push_back({source, channel});
  options.report = platform::ReportTo(parts.metrics);
  auto& consumer = parts.Make<platform::Consumer>(
      parts.pool, nats, parts.clock, memory, std::move(options),
      [facts = EventFacts(intake),
       refusals = ContactRefusals(care, parts.clock)](std::span<const events::v1::Event> events) {
        // The facts remember what was taken in, so they come last.
        refusals(events);
        facts(events);
      });
  parts.OnStart([&consumer] { consumer.Start(); });
  parts.OnStop([&consumer] { consumer.Stop(); });
}

void NotScored(const std::exception& error) {
  platform::LogWarning("scores of customers could not be computed", {{"cause", error.what()}});
}

// What fails for one shop does not keep the others waiting.
void ScoreIfDue(Parts& parts, Rfm& rfm, ShopId shop) {
  try {
    rfm.ComputeIfDue(shop, parts.directory.Shop(shop).currency, [&](std::int64_t at_us) {
      return parts.directory.TimeZoneAt(shop, at_us)->DayOf(at_us);
    });
  } catch (const std::exception& error) {
    NotScored(error);
  }
}

// Scores of every shop, once a day of its own.
void AddDailyScores(Parts& parts, Rfm& rfm) {
  auto& daily = parts.Make<platform::Periodic>(
      kRfmEvery,
      [&parts, &rfm] {
        for (const ShopId shop : parts.directory.Shops()) ScoreIfDue(parts, rfm, shop);
        return false;
      },
      NotScored);
  parts.OnStart([&daily] { daily.Start(); });
  parts.OnStop([&daily] { daily.Stop(); });
}

}  // namespace

PersonParts AddPeople(Parts& parts, CustomerStore& customers, const CustomerEvents& events,
                      PersonTags* tags) {
  auto& people = parts.Make<MysqlPeople>(parts.pool);
  auto& reader = parts.Make<MysqlTimeline>(parts.pool);
  auto& merges = parts.Make<MysqlMerges>(parts.pool, parts.sealer, parts.ids, events.log);
  auto& bounds = parts.Make<MysqlRfm>(parts.pool);
  auto& rfm = parts.Make<Rfm>(bounds, parts.clock);
  auto& archive = parts.Make<MysqlFactArchive>(parts.pool, parts.clock);
  auto& histories = parts.Make<ServiceHistories>(Sources(parts));
  auto& rebuild = parts.Make<FactRebuild>(histories, archive, parts.clock);
  auto& timeline =
      parts.Make<PersonTimeline>(PersonTimeline::Uses{customers, people, reader, tags});
  auto& facts = parts.Make<MysqlFactsReader>(parts.pool);

  parts.AddService(std::make_unique<TimelineApi>(parts.guard, timeline));
  parts.AddService(
      std::make_unique<PersonApi>(PersonApi::Uses{parts.guard, merges, people, customers}));
  parts.AddService(std::make_unique<RfmApi>(
      RfmApi::Uses{parts.guard, rfm, bounds, people, reader, rebuild,
                   [&parts](ShopId shop) { return parts.directory.Shop(shop).currency; }}));
  AddConsumer(parts, events.nats);
  AddDailyScores(parts, rfm);
  return {people, reader, facts};
}

}  // namespace redress::customer
