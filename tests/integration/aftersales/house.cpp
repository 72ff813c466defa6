#include "tests/integration/aftersales/house.h"

#include <barrier>
#include <thread>

#include "services/aftersales/domain/ledger_updates.h"
#include "services/aftersales/migrations/migrations.gen.h"
#include "services/platform/database/transact.h"
#include "services/platform/migrations/migrations.gen.h"

namespace redress::aftersales {

using platform::Code;
using platform::Refusal;
namespace refund = workflows::refund;

namespace {

CaseEngine::Options OptionsOf(RecentEvents& recent) {
  CaseEngine::Options options;
  options.on_committed = [&recent](const Decision& decision) { recent.Add(decision); };
  return options;
}

}  // namespace

Ground::Ground(platform::FaultPlan* faults)
    : config(test::PrivateMariaDb::Instance().CreateSchema("aftersales")),
      pool(config, faults),
      quiet_pool(config) {
  platform::Migrate(quiet_pool, platform::PlatformMigrations());
  platform::Migrate(quiet_pool, AftersalesMigrations());
}

std::int64_t Ground::Count(std::string_view sql) {
  return platform::Read(quiet_pool, [&](platform::Connection& db) {
    auto row = db.Query(sql);
    return row.Next() ? row.Int64(0) : 0;
  });
}

House::House(Ground& on, std::uint16_t worker_number, bool sends_payments,
             std::function<bool(SettlementCommand)> sends)
    : ground(on),
      ids(on.clock, worker_number),
      keys(on.pool, on.clock),
      sealer(keys, on.master),
      deadlines(on.pool),
      settlements(on.pool),
      tasks(on.pool),
      cases(on.pool, sealer),
      numbers(on.pool),
      ledger(on.pool),
      store(on.pool, sealer, ids),
      policies(
          {.sends_payments = sends_payments,
           .sends = std::move(sends),
           .read_zone = [](ShopId) { return platform::TimeZone::Load("Asia/Shanghai"); }},
          deadlines,
          [&on](ShopId, std::string_view name) {
            const auto set = on.settings.find(name);
            return set == on.settings.end() ? std::string() : set->second;
          },
          ids),
      engine(OptionsOf(recent), store, policies, on.clock) {
  line_facts = {OrderId{70},
                LineId{},
                1,
                "GBP",
                3000,
                3,
                CustomerId{5},
                on.clock.NowUs() - 1,
                refund::OrderShipping::kShipped,
                "SKU-1",
                "Lamp"};
}

std::unique_ptr<Command> House::Make(CaseId of, CommandBody body) {
  auto command = std::make_unique<Command>();
  command->shop = kShop;
  command->case_id = of;
  const std::uint64_t number = ids.Next();
  command->request_id = "r" + std::to_string(number);
  for (int i = 0; i < 8; ++i) command->digest[i] = static_cast<std::uint8_t>(number >> (8 * i));
  command->sender.account = kAgent;
  command->sender.is_agent = true;
  command->sender.unlimited = true;
  command->sender.client = "test";
  command->body = std::move(body);
  return command;
}

std::unique_ptr<Command> House::Fire(CaseId of, const CaseEvent& event) {
  return Make(of, FireEvent{event, {}});
}

std::unique_ptr<Command> House::Open(LineId line, std::int64_t amount, refund::Variant variant) {
  aftersales::OpenCase open;
  open.number = numbers.Next(kShop);
  open.line = line_facts;
  open.line.line = line;
  open.quantity = 2;
  open.currency = "GBP";
  open.amount_asked = amount;
  open.variant = variant;
  open.reason = "damaged";
  return Make(ids.New<CaseId>(), open);
}

std::unique_ptr<Command> House::Report(const WarehouseTask& task, TaskReport report,
                                       const std::string& reference) {
  auto command = Make(task.case_id, ReportOnTask{task.id, reference, std::move(report)});
  command->origin = Origin::kWarehouse;
  command->request_id = reference;
  command->sender.kind = refund::ActorKind::kWarehouse;
  command->sender.account = kWarehouse;
  return command;
}

Answer House::Insist(const Command& command) {
  while (true) {
    try {
      return engine.Apply(std::make_unique<Command>(command));
    } catch (const Refusal& refusal) {
      if (refusal.code() != Code::kUnavailable) throw;
    }
  }
}

std::string House::Reason(const Command& command) {
  try {
    Insist(command);
    return "";
  } catch (const Refusal& refusal) {
    return refusal.reason();
  }
}

void House::BringUpToDate(const LineFacts& facts) {
  LedgerUpdates updates(ledger, engine, ground.clock);
  const LineNews news[] = {{kShop, facts}};
  while (true) {
    try {
      return updates.Apply(news);
    } catch (const Refusal& refusal) {
      if (refusal.code() != Code::kUnavailable) throw;
    }
  }
}

WarehouseTask House::ReturnUnderWay(LineId line) {
  const CaseId id = OpenCase(line, 2000, refund::Variant::kReturnAndRefund);
  Insist(*Fire(id, refund::Approve{2000}));
  Insist(*Fire(id, refund::ShipReturn{"SF", "SF1", refund::Shipping::kExpress}));
  const std::int64_t now = ground.clock.NowUs();
  return tasks.Change(
      kShop, Now(id).inbound_task, Request(),
      [&](WarehouseTask& task) { Claim(task, kWarehouse, now + 900'000'000, now); }, now);
}

WriteRequest House::Request() {
  WriteRequest request;
  request.request_id = "w" + std::to_string(ids.Next());
  request.digest = platform::Sha256(request.request_id);
  return request;
}

void Together(int threads, const std::function<void(int)>& work) {
  std::barrier start(threads);
  std::vector<std::thread> running;
  for (int i = 0; i < threads; ++i) {
    running.emplace_back([&, i] {
      start.arrive_and_wait();
      EXPECT_NO_THROW(work(i));
    });
  }
  for (std::thread& thread : running) thread.join();
}

}  // namespace redress::aftersales
