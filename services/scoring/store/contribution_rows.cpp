#include "services/scoring/store/contribution_rows.h"

#include <map>
#include <set>
#include <stdexcept>
#include <string>
#include <tuple>

#include "services/platform/database/rows.h"
#include "services/scoring/store/sql.h"

namespace redress::scoring {
namespace {

using platform::Connection;
using platform::MultiRow;
using platform::Result;
using platform::Value;

using RowKey = std::tuple<ShopId, Measure, std::int64_t, AggregateId, std::string>;
using SumKey = std::tuple<ShopId, Measure, std::int64_t, AccountId, std::string, std::string>;
struct Change {
  std::int64_t amount = 0;
  std::int64_t count = 0;
};
using Changes = std::map<SumKey, Change>;

RowKey KeyOf(const Contribution& one) {
  return {one.aggregate.shop, one.measure, one.day, one.aggregate, one.kind};
}

std::uint32_t Number(Measure measure) { return static_cast<std::uint32_t>(measure); }
std::uint32_t Number(Source source) { return static_cast<std::uint32_t>(source); }

void Count(Changes& changes, const Contribution& one, std::int64_t sign) {
  Change& change =
      changes[{one.aggregate.shop, one.measure, one.day, one.agent, one.kind, one.currency}];
  if (__builtin_add_overflow(change.amount, sign * one.amount, &change.amount)) {
    throw std::overflow_error("the day's amounts of shop " + ToString(one.aggregate.shop) +
                              " do not fit into 64 bits");
  }
  change.count += sign * one.count;
}

void DeleteRows(Connection& connection, const std::map<RowKey, const Contribution*>& gone) {
  static const MultiRow erase(kDeleteContributions, 6, ")");
  if (gone.empty()) return;
  std::vector<Value> keys;
  for (const auto& [key, one] : gone) {
    keys.insert(keys.end(), {one->aggregate.shop, Number(one->measure), one->day,
                             Number(one->aggregate.source), one->aggregate.id, one->kind});
  }
  erase.Execute(connection, keys);
}

void PutRows(Connection& connection, const std::map<RowKey, const Contribution*>& put) {
  static const MultiRow write(kPutContributions, 11, kPutContributionsTail);
  if (put.empty()) return;
  std::vector<Value> values;
  for (const auto& [key, one] : put) {
    values.insert(values.end(), {one->aggregate.shop, Number(one->measure), one->day,
                                 Number(one->aggregate.source), one->aggregate.id, one->kind,
                                 one->agent, one->currency, one->order, one->amount, one->count});
  }
  write.Execute(connection, values);
}

void AddToSums(Connection& connection, const Changes& changes) {
  static const MultiRow add(kAddToDailySums, 8, kAddToDailySumsTail);
  std::set<ShopId> shops;
  std::vector<Value> values;
  for (const auto& [key, change] : changes) {
    const auto& [shop, measure, day, agent, kind, currency] = key;
    shops.insert(shop);
    if (change.amount == 0 && change.count == 0) continue;
    values.insert(values.end(),
                  {shop, Number(measure), day, agent, kind, currency, change.amount, change.count});
  }
  // Also where the sums stay: the things behind them, or a quantile, have changed.
  for (const ShopId shop : shops) connection.Execute(kNextVersion, {shop});
  if (!values.empty()) add.Execute(connection, values);
}

}  // namespace

std::vector<Contribution> SelectContributions(Connection& connection,
                                              std::span<const AggregateId> aggregates) {
  static const MultiRow select(kSelectContributionsOf, 3, ")");
  std::vector<Contribution> found;
  if (aggregates.empty()) return found;
  std::vector<Value> keys;
  for (const AggregateId& aggregate : aggregates) {
    keys.insert(keys.end(), {aggregate.shop, Number(aggregate.source), aggregate.id});
  }
  select.Query(connection, keys, [&](Result& row) {
    found.push_back({{row.Shop(0), static_cast<Source>(row.Uint64(3)), row.Uint64(4)},
                     static_cast<Measure>(row.Uint64(1)),
                     row.Int64(2),
                     row.Id<AccountId>(6),
                     row.String(5),
                     row.String(7),
                     row.Id<OrderId>(8),
                     row.Int64(9),
                     row.Int64(10)});
  });
  return found;
}

void WriteContributions(Connection& connection, std::span<const Contribution> old_ones,
                        std::span<const Contribution> new_ones) {
  std::map<RowKey, const Contribution*> gone;
  std::map<RowKey, const Contribution*> put;
  Changes changes;
  for (const Contribution& one : old_ones) gone[KeyOf(one)] = &one;
  for (const Contribution& one : new_ones) {
    const RowKey key = KeyOf(one);
    const auto before = gone.find(key);
    if (before != gone.end()) {
      const bool same = *before->second == one;
      if (!same) Count(changes, *before->second, -1);
      gone.erase(before);
      if (same) continue;
    }
    put[key] = &one;
    Count(changes, one, 1);
  }
  for (const auto& [key, one] : gone) Count(changes, *one, -1);
  if (changes.empty()) return;
  DeleteRows(connection, gone);
  PutRows(connection, put);
  AddToSums(connection, changes);
}

void RewriteDailySums(Connection& connection, ShopId shop) {
  connection.Execute(kNextVersion, {shop});
  connection.Execute(kDeleteDailySums, {shop});
  connection.Execute(kSumContributions, {shop});
}

}  // namespace redress::scoring
