#include "services/aftersales/store/line_ledger_store.h"

#include <map>

#include "services/aftersales/store/goods_rows.h"
#include "services/platform/database/transact.h"

namespace redress::aftersales {
namespace {

using platform::Connection;
using platform::Result;
using platform::Value;

// An order's cases lead to its lines: the ledger itself is found by line only.
constexpr char kVersionsHead[] =
    "SELECT c.shop_id, c.order_id, MIN(l.order_version) FROM cases c STRAIGHT_JOIN line_ledger l"
    " ON l.shop_id = c.shop_id AND l.line_id = c.line_id WHERE (c.shop_id, c.order_id) IN (";
const platform::MultiRow kVersions(kVersionsHead, 2, ") GROUP BY c.shop_id, c.order_id", 32);
constexpr char kOpenCases[] =
    "SELECT case_id FROM cases WHERE shop_id = ? AND order_id = ? AND line_id = ? AND final = 0"
    " AND kind = 'refund'";

}  // namespace

std::vector<std::uint32_t> SqlLedgerStore::KnownVersions(std::span<const OrderKey> orders) {
  std::vector<Value> keys;
  for (const auto& [shop, order] : orders) keys.insert(keys.end(), {shop, order});
  const auto known = platform::Read(pool_, [&](Connection& db) {
    std::map<OrderKey, std::uint32_t> versions;
    kVersions.Query(db, keys, [&](Result& row) {
      versions[{row.Shop(0), row.Id<OrderId>(1)}] = static_cast<std::uint32_t>(row.Uint64(2));
    });
    return versions;
  });
  std::vector<std::uint32_t> versions;
  for (const OrderKey& order : orders) {
    const auto found = known.find(order);
    versions.push_back(found == known.end() ? 0 : found->second);
  }
  return versions;
}

std::vector<LedgerRow> SqlLedgerStore::BringUpToDate(std::span<const LineNews> news,
                                                     std::int64_t now_us) {
  std::map<std::pair<ShopId, LineId>, const LineFacts*> newest;
  for (const LineNews& line : news) {
    const LineFacts*& facts = newest[{line.shop, line.facts.line}];
    if (facts == nullptr || facts->order_version < line.facts.order_version) facts = &line.facts;
  }
  std::vector<Value> keys;
  for (const auto& [key, facts] : newest) keys.insert(keys.end(), {key.first, key.second});
  return platform::Transact(pool_, [&](Connection& db) {
    std::vector<LedgerRow> rows;
    kLockLines.Query(db, keys, [&](Result& row) { rows.push_back(ReadLine(row)); });
    std::vector<Value> values;
    for (LedgerRow& row : rows) {
      const LineFacts& facts = *newest.at({row.shop, row.line});
      if (aftersales::BringUpToDate(row, facts, now_us)) AppendLine(values, row);
    }
    if (!values.empty()) kWriteLines.Execute(db, values);
    return rows;
  });
}

std::vector<CaseId> SqlLedgerStore::OpenCasesOf(ShopId shop, OrderId order, LineId line) {
  return platform::Read(pool_, [&](Connection& db) {
    std::vector<CaseId> cases;
    Result rows = db.Query(kOpenCases, {shop, order, line});
    while (rows.Next()) cases.push_back(rows.Id<CaseId>(0));
    return cases;
  });
}

}  // namespace redress::aftersales
