#include "services/scoring/store/consumer_memory.h"

#include <map>

#include "services/platform/database/rows.h"
#include "services/platform/database/transact.h"
#include "services/scoring/domain/facts.h"
#include "services/scoring/store/sql.h"

namespace redress::scoring {

using platform::AggregateKey;
using platform::Connection;
using platform::MultiRow;
using platform::Result;
using platform::Value;

std::vector<std::uint32_t> ScoringMemory::FirstMissing(std::string_view source,
                                                       std::span<const AggregateKey> aggregates) {
  static const MultiRow select(kSelectExtents, 3, ")");
  std::vector<Value> keys;
  for (const AggregateKey& key : aggregates) {
    keys.insert(keys.end(),
                {key.shop, static_cast<std::uint32_t>(SourceOfName(source)), key.aggregate_id});
  }
  std::map<AggregateKey, std::uint32_t> whole;
  if (!keys.empty()) {
    platform::Read(pool_, [&](Connection& connection) {
      select.Query(connection, keys, [&](Result& row) {
        const auto facts = static_cast<std::uint32_t>(row.Uint64(3));
        if (facts == row.Uint64(4)) whole[{row.Shop(0), row.Uint64(2)}] = facts;
      });
    });
  }
  std::vector<std::uint32_t> first_missing;
  for (const AggregateKey& key : aggregates) {
    // One with a gap is read from its first fact: which ones are missing is not worth a query.
    const auto found = whole.find(key);
    first_missing.push_back(found == whole.end() ? 1 : found->second + 1);
  }
  return first_missing;
}

std::vector<AggregateKey> ScoringMemory::Gaps(std::string_view source,
                                              std::int64_t noticed_before_us, std::size_t limit) {
  return platform::Read(pool_, [&](Connection& connection) {
    Result rows = connection.Query(
        kSelectGaps, {static_cast<std::uint32_t>(SourceOfName(source)), noticed_before_us, limit});
    std::vector<AggregateKey> gaps;
    while (rows.Next()) gaps.push_back({rows.Shop(0), rows.Uint64(1)});
    return gaps;
  });
}

}  // namespace redress::scoring
