#pragma once

// The domain and the storage of aftersales over a real database, without the network around it.

#include <gtest/gtest.h>

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "services/aftersales/domain/deadline_timer.h"
#include "services/aftersales/domain/shop_policies.h"
#include "services/aftersales/store/batch_store.h"
#include "services/aftersales/store/case_numbers.h"
#include "services/aftersales/store/case_repository.h"
#include "services/aftersales/store/deadline_repository.h"
#include "services/aftersales/store/line_ledger_store.h"
#include "services/aftersales/store/recent_events.h"
#include "services/aftersales/store/settlement_repository.h"
#include "services/aftersales/store/task_repository.h"
#include "services/platform/sealing/key_store.h"
#include "services/platform/sealing/master_key.h"
#include "tests/support/private_maria_db.h"

namespace redress::aftersales {

inline constexpr ShopId kShop{7};
inline constexpr AccountId kAgent{100};
inline constexpr AccountId kWarehouse{102};

// What outlives a process.
struct Ground {
  explicit Ground(platform::FaultPlan* faults = test::InjectedFaults());

  // One number of a query without parameters.
  std::int64_t Count(std::string_view sql);

  platform::MasterKeys master{platform::SecretKey::Random()};
  platform::ManualClock clock;
  std::map<std::string, std::string, std::less<>> settings;  // of every shop, from the next batch
  platform::DatabaseConfig config;
  platform::Pool pool;        // with the faults
  platform::Pool quiet_pool;  // without, to look at what is there
};

// One process's worth of it.
struct House {
  explicit House(Ground& ground, std::uint16_t worker_number = 1, bool sends_payments = false,
                 std::function<bool(SettlementCommand)> sends = nullptr);

  std::unique_ptr<Command> Open(
      LineId line, std::int64_t amount,
      workflows::refund::Variant variant = workflows::refund::Variant::kRefundOnly);
  std::unique_ptr<Command> Make(CaseId of, CommandBody body);
  std::unique_ptr<Command> Fire(CaseId of, const CaseEvent& event);
  std::unique_ptr<Command> Report(const WarehouseTask& task, TaskReport report,
                                  const std::string& reference);

  // Applies the command, again under its request_id while the answer is UNAVAILABLE, as a client
  // does.
  Answer Insist(const Command& command);
  // The same; the refusal's reason, "" when it was applied.
  std::string Reason(const Command& command);
  CaseId OpenCase(LineId line, std::int64_t amount,
                  workflows::refund::Variant variant = workflows::refund::Variant::kRefundOnly) {
    return Insist(*Open(line, amount, variant)).after.id;
  }
  // What an order event says of a line, once more while the answer is UNAVAILABLE.
  void BringUpToDate(const LineFacts& facts);
  // A return and refund of two units worth 2000, under way; the task is claimed by kWarehouse.
  WarehouseTask ReturnUnderWay(LineId line);
  std::vector<Step> History(CaseId id) { return cases.ListSteps(kShop, id, 0, 1000); }
  Case Now(CaseId id) { return cases.Find(kShop, id).value(); }
  WriteRequest Request();

  Ground& ground;
  platform::TimeOrderedIds ids;
  platform::KeyStore keys;
  platform::Sealer sealer;
  SqlDeadlineRepository deadlines;
  SqlSettlementRepository settlements;
  SqlTaskRepository tasks;
  SqlCaseRepository cases;
  SqlCaseNumbers numbers;
  SqlLedgerStore ledger;
  SqlBatchStore store;
  ShopPolicies policies;
  RecentEvents recent;
  CaseEngine engine;
  LineFacts line_facts;  // of every line: 3000 for 3 units, in transit
};

// Runs `work(i)` on so many threads that start together; exceptions fail the test.
void Together(int threads, const std::function<void(int)>& work);

}  // namespace redress::aftersales
