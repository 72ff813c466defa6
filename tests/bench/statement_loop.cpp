#include "tests/bench/statement_loop.h"

#include <fstream>
#include <thread>

#include "services/aftersales/domain/snapshot.h"
#include "services/aftersales/migrations/migrations.gen.h"
#include "services/platform/base/text.h"
#include "services/platform/database/transact.h"
#include "services/platform/migrations/migrations.gen.h"

namespace redress::bench {
namespace {

using aftersales::Case;
using aftersales::Command;
using aftersales::Decision;
using aftersales::Step;
using Clock = std::chrono::steady_clock;

constexpr int kMostConnections = 64;
constexpr auto kWarmUp = std::chrono::milliseconds(200);
constexpr char kSchema[] = "redress_bench";
constexpr std::int64_t kDeadlineUs = 72LL * 3'600 * 1'000'000;

}  // namespace

StatementLoop::StatementLoop(Ground& ground)
    : config_(MakeSchema(ground)),
      pool_(config_),
      ids_(clock_, 1),
      keys_(pool_, clock_),
      sealer_(keys_, master_),
      store_(pool_, sealer_, ids_) {
  platform::Migrate(pool_, platform::PlatformMigrations());
  platform::Migrate(pool_, aftersales::AftersalesMigrations());
  CopyRows(ground);
}

platform::DatabaseConfig StatementLoop::MakeSchema(Ground& ground) {
  const std::string schema = kSchema;
  const std::string password = platform::RandomHex(16);
  ground.stack().Sql("CREATE DATABASE " + schema +
                     " CHARACTER SET utf8mb4 COLLATE utf8mb4_bin; CREATE USER " + schema +
                     "@localhost IDENTIFIED BY '" + password + "'; GRANT ALL ON " + schema +
                     ".* TO " + schema + "@localhost;");
  platform::DatabaseConfig config;
  config.socket_path = ground.stack().state() / "run/mysql.sock";
  config.user = schema;
  config.schema = schema;
  config.password_file = ground.stack().state() / "passwords/redress_bench.password";
  config.connections = kMostConnections;
  std::ofstream(config.password_file) << password << '\n';
  return config;
}

void StatementLoop::CopyRows(Ground& ground) {
  for (const std::string table : {"cases", "line_ledger", "steps"}) {
    ground.stack().Sql("INSERT INTO redress_bench." + table + " SELECT * FROM redress_aftersales." +
                       table);
  }
  platform::Read(pool_, [&](platform::Connection& db) {
    auto rows = db.Query("SELECT shop_id, case_id FROM cases ORDER BY shop_id, case_id");
    while (rows.Next()) cases_.emplace_back(rows.Shop(0), rows.Id<aftersales::CaseId>(1));
    auto step = db.Query("SELECT snapshot FROM steps LIMIT 1");
    step.Next();
    snapshot_ = step.String(0);
  });
}

StatementLoop::Result StatementLoop::Run(int connections, int steps_per_transaction,
                                         int milliseconds) {
  std::atomic<std::uint64_t> steps = 0;
  std::atomic<std::uint64_t> all = 0;
  std::vector<std::thread> workers;
  for (int i = 0; i < connections; ++i) {
    workers.emplace_back(
        [&, i] { steps += Work(i, connections, steps_per_transaction, milliseconds, all); });
  }
  for (std::thread& worker : workers) worker.join();
  return {static_cast<double>(steps) * 1000 / milliseconds, all};
}

// Each worker has cases of its own, so that none waits for another's locks.
std::uint64_t StatementLoop::Work(int worker, int workers, int steps_per_transaction,
                                  int milliseconds, std::atomic<std::uint64_t>& all) {
  const auto measure_from = Clock::now() + kWarmUp;
  const auto end = measure_from + std::chrono::milliseconds(milliseconds);
  std::uint64_t measured = 0;
  auto next = static_cast<std::size_t>(worker);
  for (;;) {
    Commands commands;
    std::vector<Command*> batch;
    for (int i = 0; i < steps_per_transaction; ++i) {
      auto& command = commands.emplace_back(std::make_unique<Command>());
      std::tie(command->shop, command->case_id) = cases_[next];
      next += static_cast<std::size_t>(workers);
      if (next >= cases_.size()) next = static_cast<std::size_t>(worker);
      command->body = aftersales::FireEvent{};
      command->request_id = "bench-" + std::to_string(++requests_);
      batch.push_back(command.get());
    }
    store_.Run(batch, [&](aftersales::LoadedBatch rows) { return Decide(batch, std::move(rows)); });
    all += batch.size();
    const auto now = Clock::now();
    if (now >= end) return measured;
    if (now >= measure_from) measured += batch.size();
  }
}

Decision StatementLoop::Decide(std::span<Command* const> commands,
                               aftersales::LoadedBatch rows) const {
  Decision decision;
  const std::int64_t now = clock_.NowUs();
  for (const Command* command : commands) {
    Case& one = rows.cases.at({command->shop, command->case_id});
    Step step;
    step.shop = one.shop;
    step.case_id = one.id;
    step.sequence = ++one.version;
    step.from_state = one.state;
    one.state = one.state == "Requested" ? "Rejected" : "Requested";
    step.to_state = one.state;
    step.event = one.state == "Requested" ? "revise_request" : "reject";
    step.previous_at = one.updated_at;
    one.updated_at = step.applied_at = now;
    one.due_at = now + kDeadlineUs;
    one.warn_at = now + kDeadlineUs / 2;
    one.last_hash[0] = static_cast<std::uint8_t>(one.version);
    step.request_id = command->request_id;
    step.client = "bench/1";
    step.event_json = R"({"reason":"used","amount_minor":5000,"quantity":1})";
    step.snapshot = snapshot_;
    decision.results.emplace_back(std::monostate());
    decision.changes.steps.push_back(std::move(step));
    decision.changes.cases.push_back(one);
  }
  return decision;
}

}  // namespace redress::bench
