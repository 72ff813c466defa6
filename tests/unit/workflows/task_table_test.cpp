// Every state of a warehouse task with every event under every valuation of the facts that guards
// look at.

#include <gtest/gtest.h>

#include <functional>
#include <vector>

#include "tests/unit/workflows/table_checks.h"
#include "workflows/task/task.h"

namespace redress::workflows::task {
namespace {

constexpr std::int64_t kNow = 100;

std::vector<TaskEvent> EventsToTry() {
  return {Claim{200},        RenewLease{200},    Release{},   ExpireLease{},
          Received{0},       Received{1},        Received{2}, Inspected{0},
          Inspected{2},      Packed{},           Shipped{},   Failed{},
          Intercepted{true}, Intercepted{false}, Finish{},    Cancel{}};
}

// Calls visit(facts) for every combination of what guards can tell apart.
void ForEach(const std::function<void(const TaskFacts&)>& visit) {
  TaskFacts f;
  f.now_us = kNow;
  TaskProgress& p = f.progress;
  for (const auto kind : {WarehouseTaskKind::kInboundReturn, WarehouseTaskKind::kSendBack,
                          WarehouseTaskKind::kOutboundReplacement, WarehouseTaskKind::kIntercept})
    for (const std::int32_t quantity : {1, 2})
      for (const std::uint64_t holder : {0, 1, 2})
        for (const std::int64_t until : {std::int64_t{0}, kNow - 1, kNow, kNow + 1})
          for (const std::int32_t received : {0, 1, 2})
            for (const std::int32_t good : {0, 1})
              for (const std::uint64_t actor : {1, 2, 3})
                for (const auto outcome : {InterceptOutcome::kUnknown, InterceptOutcome::kCaught}) {
                  p.kind = kind;
                  p.quantity = quantity;
                  p.claimed_by = holder;
                  p.lease_until = until;
                  p.quantity_received = received;
                  p.quantity_good = good;
                  p.intercepted = outcome;
                  f.actor.account_id = actor;
                  visit(f);
                }
}

TEST(TaskTable, RowsDivideTheFactsWithoutOverlapOrGap) {
  ExpectRowsDivideTheFacts(Describe(), EventsToTry(), ForEach);
}

TEST(TaskTable, EveryStateWithEveryEventAnswersAsItsRowsSay) {
  ExpectMachineAnswersAsItsRowsSay(Describe(), EventsToTry(), ForEach);
}

TEST(TaskTable, WhatTheCaseSaysIsNeverRefused) {
  ExpectNeverRefused<TaskEvent>(Describe(), {Finish{}, Cancel{}}, ForEach);
}

TEST(TaskTable, WhatIsAllowedNamesEveryEventOnce) {
  ExpectAllowedNamesEveryEventOnce(Describe(), TaskFacts{});
}

}  // namespace
}  // namespace redress::workflows::task
