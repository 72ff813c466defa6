#pragma once

#include <map>
#include <memory>
#include <set>
#include <string>
#include <tuple>
#include <vector>

#include "services/platform/database/pool.h"
#include "services/scoring/domain/contribution.h"

namespace redress::scoring::test {

// A fresh schema with the tables of the scoring service.
std::unique_ptr<platform::Pool> NewScoringSchema();

// Every contribution of a shop as it is stored.
std::set<Contribution> StoredContributions(platform::Pool& pool, ShopId shop);

// measure, day, agent, kind, currency → amount, count; rows that are zero on both sides are none.
using SumKey = std::tuple<int, std::int64_t, std::uint64_t, std::string, std::string>;
using Sums = std::map<SumKey, std::pair<std::int64_t, std::int64_t>>;

Sums StoredSums(platform::Pool& pool, ShopId shop);
Sums SumsOf(const std::set<Contribution>& contributions, ShopId shop);

// The same sums by plain SQL over the facts, for shops that are 8 hours ahead of UTC.
Sums SumsByPlainSql(platform::Pool& pool, ShopId shop);

}  // namespace redress::scoring::test
