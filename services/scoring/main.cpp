// redress-scoring: figures from the events of orders and cases.

#include "services/platform/events/consumer.h"
#include "services/platform/events/event_metrics.h"
#include "services/platform/events/nats_connection.h"
#include "services/platform/migrations/migrations.gen.h"
#include "services/platform/server/service_main.h"
#include "services/scoring/api/directory_calendar.h"
#include "services/scoring/api/event_intake.h"
#include "services/scoring/api/figure_api.h"
#include "services/scoring/api/funnel_api.h"
#include "services/scoring/api/source_history.h"
#include "services/scoring/api/workflow_ends.h"
#include "services/scoring/domain/intake.h"
#include "services/scoring/migrations/migrations.gen.h"
#include "services/scoring/store/consumer_memory.h"
#include "services/scoring/store/database_archive.h"
#include "services/scoring/store/database_fact_book.h"
#include "services/scoring/store/database_figures.h"
#include "services/scoring/store/database_funnel.h"

namespace {

using namespace redress;
using namespace redress::scoring;

void Build(platform::Parts& parts) {
  auto& calendar = parts.Make<DirectoryCalendar>(parts.directory);
  auto& facts = parts.Make<DatabaseFactRepository>(parts.pool);
  auto& archive = parts.Make<DatabaseArchive>(parts.pool);
  auto& reader = parts.Make<DatabaseFigureReader>(parts.pool);
  auto& intake = parts.Make<Intake>(facts, calendar, parts.clock);
  const auto order = parts.Channel("order");
  const auto aftersales = parts.Channel("aftersales");
  parts.AddService(std::make_unique<FigureApi>(
      parts.guard, reader, archive, intake, calendar,
      [order, aftersales] { return std::make_unique<SourceHistory>(order, aftersales); }));
  auto& ends = parts.Make<WorkflowEnds>(aftersales);
  parts.AddService(
      std::make_unique<FunnelApi>(parts.guard, parts.Make<DatabaseFunnel>(parts.pool), calendar,
                                  [&ends](const platform::Call& call, const std::string& kind) {
                                    return ends.Of(call, kind);
                                  }));

  auto& memory = parts.Make<ScoringMemory>(parts.pool);
  auto& nats =
      parts.Make<platform::NatsConnection>(platform::NatsConfigOf(parts.config, parts.service));
  auto& consumer = parts.Make<platform::Consumer>(
      parts.pool, nats, parts.clock, memory,
      platform::ConsumerOptions{.durable = parts.service,
                                .sources = {{"order", order}, {"aftersales", aftersales}},
                                .report = platform::ReportTo(parts.metrics)},
      EventIntake(intake, calendar));
  parts.OnStart([&consumer] { consumer.Start(); });
  parts.OnStop([&consumer] { consumer.Stop(); });
}

}  // namespace

int main(int argc, char** argv) {
  return platform::ServiceMain(argc, argv,
                               {.name = "scoring",
                                .migrations = {platform::PlatformMigrations(), ScoringMigrations()},
                                .build = Build});
}
