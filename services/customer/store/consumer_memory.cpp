#include "services/customer/store/consumer_memory.h"

#include <map>

#include "services/customer/store/fact_sql.h"
#include "services/platform/database/rows.h"
#include "services/platform/database/transact.h"

namespace redress::customer {

using platform::AggregateKey;
using platform::Connection;
using platform::MultiRow;
using platform::Result;
using platform::Value;

std::vector<std::uint32_t> CustomerMemory::FirstMissing(std::string_view source,
                                                        std::span<const AggregateKey> aggregates) {
  static const MultiRow orders(sql::kSelectOrderVersions, 2, ")", 512);
  static const MultiRow adjustments(sql::kSelectAdjustmentSequences, 2, ")", 512);
  static const MultiRow conversations(sql::kSelectConversationSequences, 2, ")", 512);
  static const MultiRow cases(sql::kSelectWholeCases, 2, ")", 512);
  if (aggregates.empty()) return {};
  std::vector<Value> keys;
  for (const AggregateKey& key : aggregates) {
    keys.insert(keys.end(), {key.shop, key.aggregate_id});
  }
  std::map<AggregateKey, std::uint32_t> known;
  platform::Read(pool_, [&](Connection& connection) {
    const auto note = [&](Result& row) {
      known[{row.Shop(0), row.Uint64(1)}] = static_cast<std::uint32_t>(row.Uint64(2));
    };
    if (source == "order") {
      // Its aggregates are orders and adjustments; their ids come from one source.
      orders.Query(connection, keys, note);
      adjustments.Query(connection, keys, note);
    } else if (source == "desk") {
      conversations.Query(connection, keys, note);
    } else {
      cases.Query(connection, keys, note);
    }
  });
  std::vector<std::uint32_t> first_missing;
  first_missing.reserve(aggregates.size());
  for (const AggregateKey& key : aggregates) {
    const auto found = known.find(key);
    first_missing.push_back(found == known.end() ? 1 : found->second + 1);
  }
  return first_missing;
}

std::vector<AggregateKey> CustomerMemory::Gaps(std::string_view source,
                                               std::int64_t noticed_before_us, std::size_t limit) {
  if (source != "aftersales") return {};
  return platform::Read(pool_, [&](Connection& connection) {
    Result rows = connection.Query(sql::kSelectCaseGaps, {noticed_before_us, limit});
    std::vector<AggregateKey> gaps;
    while (rows.Next()) gaps.push_back({rows.Shop(0), rows.Uint64(1)});
    return gaps;
  });
}

}  // namespace redress::customer
