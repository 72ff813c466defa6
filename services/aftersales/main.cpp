// The aftersales service: cases, warehouse tasks, the line ledger, deadlines and settlements.

#include <memory>

#include "services/aftersales/api/agent_api.h"
#include "services/aftersales/api/assignees.h"
#include "services/aftersales/api/bank_run_api.h"
#include "services/aftersales/api/case_api.h"
#include "services/aftersales/api/case_notice_api.h"
#include "services/aftersales/api/case_scan_api.h"
#include "services/aftersales/api/category_api.h"
#include "services/aftersales/api/compensation_api.h"
#include "services/aftersales/api/deadline_api.h"
#include "services/aftersales/api/late_report_api.h"
#include "services/aftersales/api/mapping.h"
#include "services/aftersales/api/order_line_source.h"
#include "services/aftersales/api/order_number_source.h"
#include "services/aftersales/api/platform_api.h"
#include "services/aftersales/api/queue_api.h"
#include "services/aftersales/api/settlement_api.h"
#include "services/aftersales/api/warehouse_api.h"
#include "services/aftersales/api/workflow_api.h"
#include "services/aftersales/background.h"
#include "services/aftersales/domain/automatic_assignment.h"
#include "services/aftersales/domain/bank_run_adapter.h"
#include "services/aftersales/domain/platform_objects.h"
#include "services/aftersales/events_wiring.h"
#include "services/aftersales/import_wiring.h"
#include "services/aftersales/migrations/migrations.gen.h"
#include "services/aftersales/store/agent_repository.h"
#include "services/aftersales/store/bank_run_repository.h"
#include "services/aftersales/store/batch_store.h"
#include "services/aftersales/store/case_numbers.h"
#include "services/aftersales/store/case_repository.h"
#include "services/aftersales/store/case_scan.h"
#include "services/aftersales/store/compensation_repository.h"
#include "services/aftersales/store/deadline_repository.h"
#include "services/aftersales/store/hand_over_plans.h"
#include "services/aftersales/store/inbox_repository.h"
#include "services/aftersales/store/late_report_repository.h"
#include "services/aftersales/store/personal_data.h"
#include "services/aftersales/store/platform_object_repository.h"
#include "services/aftersales/store/recent_events.h"
#include "services/aftersales/store/settlement_repository.h"
#include "services/aftersales/store/task_repository.h"
#include "services/aftersales/webhook_wiring.h"
#include "services/platform/migrations/migrations.gen.h"
#include "services/platform/privacy/privacy_wiring.h"
#include "services/platform/server/service_main.h"
#include "services/platform/telemetry/log.h"

namespace redress::aftersales {
namespace {

using platform::KeyKind;
using platform::Parts;

std::vector<platform::ConfigKey> ConfigKeys() {
  std::vector<platform::ConfigKey> keys{
      {"aftersales.batch_workers", KeyKind::kInteger, "2",
       "transactions that change cases at once"},
      {"aftersales.batch_size", KeyKind::kInteger, "64", "most commands in one transaction"},
      {"aftersales.queue", KeyKind::kInteger, "10000", "commands under way before refusing"},
      {"aftersales.queue_per_shop", KeyKind::kInteger, "4000", "the same for one shop"},
      {"aftersales.deadline_poll_ms", KeyKind::kInteger, "200", "pause between looks at deadlines"},
      {"aftersales.inbox_poll_ms", KeyKind::kInteger, "100",
       "pause between looks at what cases ask of each other"},
      {"aftersales.settlement_attempts", KeyKind::kInteger, "3",
       "payment attempts before finance, where the shop sets none"},
      {"aftersales.settlement_adapter", KeyKind::kString, "manual",
       "how payments go out: manual (finance pays and records by hand) or bank_run (files)"},
      {"aftersales.bank_answer_hours", KeyKind::kInteger, "72",
       "how long a bank may take to answer a run before its payments count as unknown"},
  };
  const auto webhooks = WebhookConfigKeys();
  keys.insert(keys.end(), webhooks.begin(), webhooks.end());
  return keys;
}

// Checked before anything is served: a typing error must not change how money goes out.
bool PaysByBankRuns(const platform::Config& config) {
  const std::string& name = config.String("aftersales.settlement_adapter");
  if (name != "manual" && name != "bank_run") {
    throw platform::ConfigError("aftersales.settlement_adapter is \"" + name +
                                "\"; say manual or bank_run");
  }
  if (config.Int("aftersales.bank_answer_hours") < 1) {
    throw platform::ConfigError("aftersales.bank_answer_hours is less than 1; say how many hours");
  }
  return name == "bank_run";
}

SettlementAdapter& MakeAdapter(Parts& parts, BankRunRepository& bank_runs) {
  if (PaysByBankRuns(parts.config)) {
    return parts.Make<BankRunSettlementAdapter>(bank_runs, parts.clock);
  }
  return parts.Make<ManualSettlementAdapter>();
}

// Results are told also where runs are no longer made: what is under way stays under way.
BankResultTeller& AddBankRuns(Parts& parts, SqlBankRunRepository& rows,
                              SettlementRepository& settlements, CaseEngine& engine,
                              Commands& commands) {
  BankResultTeller::Options telling;
  telling.on_failure = [](const std::exception& error) {
    platform::LogWarning("a case was not told what the bank said", {{"cause", error.what()}});
  };
  auto& teller =
      parts.Make<BankResultTeller>(std::move(telling), rows, settlements, engine, parts.clock);
  auto& numbers = parts.Make<OrderServiceNumbers>(parts.Channel("order"));
  const BankRuns::Options options{
      .enabled = PaysByBankRuns(parts.config),
      .answer_within_us = parts.config.Int("aftersales.bank_answer_hours") * platform::kHourUs};
  auto& runs =
      parts.Make<BankRuns>(options, BankRuns::Uses{rows, numbers, teller, parts.ids, parts.clock});
  parts.AddService(std::make_unique<BankRunApi>(parts.guard, runs, rows, commands));
  return teller;
}

AutomaticAssignment& AddAgents(Parts& parts, AssignmentNotices& notices, CaseRepository& cases,
                               CaseEngine& engine, Commands& commands) {
  auto& agents = parts.Make<SqlAgentRepository>(parts.pool);
  AutomaticAssignment::Options options;
  options.works_here = [&directory = parts.directory](ShopId shop, AccountId account) {
    return WorksCases(directory, shop, account);
  };
  options.on_failure = [](const std::exception& error) {
    platform::LogWarning("a case was not given to an agent", {{"cause", error.what()}});
  };
  auto& assignment = parts.Make<AutomaticAssignment>(std::move(options), notices, agents, cases,
                                                     engine, parts.clock);
  parts.AddService(
      std::make_unique<AgentApi>(AgentApi::Uses{parts.guard, parts.directory, agents, commands,
                                                [&notices](ShopId shop) { notices.Add(shop); }}));
  return assignment;
}

CaseEngine& MakeEngine(Parts& parts, BatchStore& store, PolicySource& policies, TaskFeed& feed,
                       RecentEvents& events, AssignmentNotices& notices) {
  auto& batch_size = parts.metrics.Histogram("redress_step_batch_size", "Commands per transaction.",
                                             {1, 2, 4, 8, 16, 32, 64});
  CaseEngine::Options options;
  options.workers = static_cast<int>(parts.config.Int("aftersales.batch_workers"));
  options.max_batch = static_cast<std::size_t>(parts.config.Int("aftersales.batch_size"));
  options.max_queue = static_cast<std::size_t>(parts.config.Int("aftersales.queue"));
  options.max_queue_per_shop =
      static_cast<std::size_t>(parts.config.Int("aftersales.queue_per_shop"));
  options.on_batch = [&batch_size](std::size_t commands) {
    batch_size.Observe(static_cast<double>(commands));
  };
  options.on_committed = [&events, &notices](const Decision& decision) {
    events.Add(decision);
    notices.Add(decision);
  };
  options.on_tasks = [&feed](std::span<const WarehouseTask> tasks) { feed.Changed(tasks); };
  options.on_failure = [](const std::exception& error) {
    platform::LogError("a command failed", {{"cause", error.what()}});
  };
  auto& engine = parts.Make<CaseEngine>(std::move(options), store, policies, parts.clock);
  parts.metrics.Sampled("redress_step_queue_depth", "Commands waiting for a worker.",
                        [&engine] { return static_cast<double>(engine.Depth()); });
  return engine;
}

CaseInbox& MakeInbox(Parts& parts, const CaseInbox::Uses& uses) {
  CaseInbox::Options options;
  options.on_failure = [](const std::exception& error) {
    platform::LogWarning("a case did not reach a linked one", {{"cause", error.what()}});
  };
  return parts.Make<CaseInbox>(std::move(options), uses);
}

void Build(Parts& parts) {
  auto& deadlines = parts.Make<SqlDeadlineRepository>(parts.pool);
  auto& settlements = parts.Make<SqlSettlementRepository>(parts.pool);
  auto& tasks = parts.Make<SqlTaskRepository>(parts.pool);
  auto& cases = parts.Make<SqlCaseRepository>(parts.pool, parts.sealer);
  auto& scan = parts.Make<SqlCaseScan>(parts.pool);
  auto& asks = parts.Make<SqlInboxRepository>(parts.pool);
  auto& links = parts.Make<SqlCaseLinkRepository>(parts.pool);
  auto& plans = parts.Make<SqlHandOverPlans>(parts.pool);
  auto& numbers = parts.Make<SqlCaseNumbers>(parts.pool);
  auto& store = parts.Make<SqlBatchStore>(parts.pool, parts.sealer, parts.ids);
  auto& bank_runs = parts.Make<SqlBankRunRepository>(parts.pool);
  SettlementAdapter& adapter = MakeAdapter(parts, bank_runs);
  auto& policies = parts.Make<ShopPolicies>(
      ShopPolicies::Options{
          .sends_payments = adapter.SendsCommands(),
          .sends = [&adapter](SettlementCommand command) { return adapter.Sends(command); },
          .settlement_attempts =
              static_cast<std::int32_t>(parts.config.Int("aftersales.settlement_attempts")),
          .utc_offset_s =
              [&parts](ShopId shop, std::int64_t at_us) {
                return parts.directory.TimeZoneAt(shop, at_us)->OffsetSeconds(at_us);
              },
          .currency = [&parts](ShopId shop) { return parts.directory.Shop(shop).currency; },
          .read_zone =
              [&parts](ShopId shop) {
                return parts.directory.TimeZoneAt(shop, parts.clock.NowUs());
              }},
      deadlines,
      [&parts](ShopId shop, std::string_view name) {
        return parts.directory.Setting(shop, name, parts.clock.NowUs());
      },
      parts.ids);
  auto& feed = parts.Make<TaskFeed>();
  auto& recent = parts.Make<RecentEvents>();
  auto& notices = parts.Make<AssignmentNotices>();
  CaseEngine& engine = MakeEngine(parts, store, policies, feed, recent, notices);
  auto& lines = parts.Make<OrderLineSource>(parts.Channel("order"));
  auto& commands = parts.Make<Commands>(parts.sealer);

  parts.AddService(
      std::make_unique<CaseApi>(CaseApi::Uses{parts.guard, parts.directory, parts.ids, engine,
                                              policies, cases, links, numbers, lines, commands}));
  parts.AddService(std::make_unique<QueueApi>(
      QueueApi::Uses{parts.guard, parts.directory, engine, cases, plans, commands}));
  parts.AddService(std::make_unique<LateReportApi>(
      parts.guard, parts.Make<SqlLateReports>(parts.pool), commands));
  parts.AddService(std::make_unique<WarehouseApi>(
      WarehouseApi::Uses{parts.guard, parts.ids, engine, tasks, feed, commands}));
  parts.AddService(std::make_unique<SettlementApi>(parts.guard, settlements, engine, commands));
  parts.AddService(
      std::make_unique<WorkflowApi>(parts.guard, parts.directory, deadlines, policies, commands));
  parts.AddService(std::make_unique<DeadlineApi>(
      DeadlineApi::Uses{parts.guard, engine, cases, deadlines, policies, commands}));
  parts.AddService(std::make_unique<CaseNoticeApi>(parts.guard, cases));
  parts.AddService(std::make_unique<CaseScanApi>(parts.guard, parts.directory, scan));

  parts.AddService(std::make_unique<CategoryApi>(parts.guard, engine, commands));
  auto& compensations = parts.Make<SqlCompensationRepository>(parts.pool);
  parts.AddService(std::make_unique<CompensationApi>(CompensationApi::Uses{
      parts.guard, parts.directory, engine, policies, cases, compensations, commands}));

  AutomaticAssignment& assignment = AddAgents(parts, notices, cases, engine, commands);
  CaseInbox& inbox =
      MakeInbox(parts, CaseInbox::Uses{asks, cases, numbers, lines, engine, parts.clock});
  BankResultTeller& teller = AddBankRuns(parts, bank_runs, settlements, engine, commands);

  auto& platform_rows =
      parts.Make<SqlPlatformObjectRepository>(parts.pool, parts.sealer, parts.ids);
  auto& platform_refunds = parts.Make<PlatformObjects>(
      PlatformObjects::Options{},
      PlatformObjects::Uses{platform_rows, lines, cases, numbers, engine, policies, parts.clock});
  parts.AddService(
      std::make_unique<PlatformApi>(parts.guard, platform_refunds, platform_rows, cases));

  AddImport(parts, lines, numbers);
  platform::NatsConnection& nats = AddEvents(parts, engine, recent, platform_rows);
  AddWebhooks(parts, commands, nats);
  platform::AddPrivacy(parts, nats, parts.Make<AftersalesPersonalData>(parts.pool, parts.sealer),
                       {StepTextRetention()});
  auto& background = parts.Make<Background>(
      parts, Background::Uses{engine, deadlines, settlements, adapter, tasks, feed, teller,
                              assignment, inbox, asks, scan, platform_refunds});
  parts.OnStart([&background] { background.Start(); });
  parts.OnStop([&background] { background.Stop(); });
}

}  // namespace
}  // namespace redress::aftersales

int main(int argc, char** argv) {
  using namespace redress;
  return platform::ServiceMain(
      argc, argv,
      {.name = "aftersales",
       .config_keys = aftersales::ConfigKeys(),
       .migrations = {platform::PlatformMigrations(), aftersales::AftersalesMigrations()},
       .build = aftersales::Build,
       .describe = aftersales::DescribeMachines});
}
