#include "services/platform/events/set_aside.h"

#include <utility>

#include "services/platform/database/rows.h"
#include "services/platform/database/transact.h"
#include "services/platform/events/event_sql.h"

namespace redress::platform {
namespace {

constexpr std::size_t kMostKnown = 10'000;

}  // namespace

SetAside::SetAside(Pool& pool, std::string consumer, std::string source)
    : pool_(pool), consumer_(std::move(consumer)), source_(std::move(source)) {}

std::vector<SetAside::Entry> SetAside::Load(std::size_t most) {
  std::vector<Entry> first;
  std::set<AggregateKey> known;
  Read(pool_, [&](Connection& connection) {
    first.clear();
    known.clear();
    Result rows = connection.Query(kListSetAside, {consumer_, source_, kMostKnown});
    while (rows.Next()) {
      const Entry entry{{rows.Shop(0), rows.Uint64(1)}, rows.Int64(2)};
      known.insert(entry.aggregate);
      if (first.size() < most) first.push_back(entry);
    }
  });
  known_ = std::move(known);
  size_ = known_.size();
  return first;
}

void SetAside::Add(const std::set<AggregateKey>& aggregates, std::int64_t now_us) {
  static const MultiRow add(kAddSetAside, 5, kAddSetAsideTail);
  if (aggregates.empty()) return;
  std::vector<Value> values;
  for (const AggregateKey& key : aggregates) {
    values.insert(values.end(), {key.shop, consumer_, source_, key.aggregate_id, now_us});
  }
  Transact(pool_, [&](Connection& connection) { add.Execute(connection, values); });
  known_.insert(aggregates.begin(), aggregates.end());
  size_ = known_.size();
}

void SetAside::Remove(const Entry& entry) {
  Transact(pool_, [&](Connection& connection) {
    connection.Execute(kRemoveSetAside, {entry.aggregate.shop, consumer_, source_,
                                         entry.aggregate.aggregate_id, entry.failed_at_us});
  });
  known_.erase(entry.aggregate);
  size_ = known_.size();
}

}  // namespace redress::platform
