#include "tests/integration/scoring/scoring_schema.h"

#include "services/platform/database/transact.h"
#include "services/platform/migrations/migrations.gen.h"
#include "services/scoring/migrations/migrations.gen.h"
#include "tests/support/private_maria_db.h"

namespace redress::scoring::test {

using platform::Connection;
using platform::Pool;
using platform::Result;

std::unique_ptr<Pool> NewScoringSchema() {
  auto pool =
      std::make_unique<Pool>(redress::test::PrivateMariaDb::Instance().CreateSchema("scoring"),
                             redress::test::InjectedFaults());
  platform::Migrate(*pool, platform::PlatformMigrations());
  platform::Migrate(*pool, ScoringMigrations());
  return pool;
}

std::set<Contribution> StoredContributions(Pool& pool, ShopId shop) {
  return platform::Read(pool, [&](Connection& connection) {
    Result row = connection.Query(
        "SELECT source, aggregate_id, measure, day, agent_id, kind, currency, order_id, amount,"
        " item_count FROM contributions WHERE shop_id = ?",
        {shop});
    std::set<Contribution> found;
    while (row.Next()) {
      found.insert({{shop, static_cast<Source>(row.Uint64(0)), row.Uint64(1)},
                    static_cast<Measure>(row.Uint64(2)),
                    row.Int64(3),
                    row.Id<AccountId>(4),
                    row.String(5),
                    row.String(6),
                    row.Id<OrderId>(7),
                    row.Int64(8),
                    row.Int64(9)});
    }
    return found;
  });
}

Sums StoredSums(Pool& pool, ShopId shop) {
  return platform::Read(pool, [&](Connection& connection) {
    Result row = connection.Query(
        "SELECT measure, day, agent_id, kind, currency, amount, item_count FROM daily_sums"
        " WHERE shop_id = ? AND (amount <> 0 OR item_count <> 0)",
        {shop});
    Sums sums;
    while (row.Next()) {
      sums[{static_cast<int>(row.Int64(0)), row.Int64(1), row.Uint64(2), row.String(3),
            row.String(4)}] = {row.Int64(5), row.Int64(6)};
    }
    return sums;
  });
}

Sums SumsOf(const std::set<Contribution>& contributions, ShopId shop) {
  Sums sums;
  for (const Contribution& one : contributions) {
    if (one.aggregate.shop != shop) continue;
    auto& sum =
        sums[{static_cast<int>(one.measure), one.day, one.agent.value, one.kind, one.currency}];
    sum.first += one.amount;
    sum.second += one.count;
  }
  return sums;
}

}  // namespace redress::scoring::test
