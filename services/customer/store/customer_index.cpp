#include "services/customer/store/customer_index.h"

#include <utility>

#include "services/customer/store/nick_words.h"
#include "services/customer/store/search_sql.h"
#include "services/customer/store/sql.h"
#include "services/platform/database/rows.h"
#include "services/platform/database/transact.h"

namespace redress::customer {
namespace {

using platform::Connection;
using platform::MultiRow;
using platform::Result;
using platform::Value;

// A transaction of some ten thousand narrow rows.
constexpr std::size_t kCustomersAtOnce = 500;

void AddRows(Result rows, std::vector<NickRow>& found) {
  while (rows.Next()) found.push_back({rows.String(0), rows.Id<CustomerId>(1), rows.String(2)});
}

platform::GradualFilling::Batch FillBatch(Connection& db, ShopId shop, std::uint64_t after) {
  std::vector<std::pair<CustomerId, std::string>> customers;
  Result rows = db.Query(sql::kSelectNicksAfter, {shop, after, kCustomersAtOnce});
  while (rows.Next()) customers.emplace_back(rows.Id<CustomerId>(0), rows.String(1));
  std::vector<FindableNick> nicks;
  for (const auto& [id, nick] : customers) nicks.push_back({id, nick});
  WriteNickWords(db, shop, nicks);
  return {.last = customers.empty() ? 0 : customers.back().first.value,
          .more = customers.size() == kCustomersAtOnce};
}

std::vector<std::string> Platforms(Connection& db, ShopId shop) {
  std::vector<std::string> platforms;
  for (std::string last;; last = platforms.back()) {
    Result next = db.Query(sql::kSelectNextPlatform, {shop, last});
    if (!next.Next()) return platforms;
    platforms.push_back(next.String(0));
  }
}

}  // namespace

SqlCustomerIndex::SqlCustomerIndex(platform::Pool& pool, const platform::Clock& clock)
    : pool_(pool), filling_(pool, clock, {sql::kSelectBackfill, sql::kWriteBackfill}, FillBatch) {}

std::vector<CustomerId> SqlCustomerIndex::WithNick(ShopId shop, const std::string& nick) {
  static const MultiRow find(sql::kFindNicks, 3, ")");
  return platform::Read(pool_, [&](Connection& db) {
    const std::vector<std::string> platforms = Platforms(db, shop);
    std::vector<Value> keys;
    for (const std::string& platform : platforms) {
      keys.insert(keys.end(), {shop, platform, nick});
    }
    std::vector<CustomerId> ids;
    if (keys.empty()) return ids;
    find.Query(db, keys, [&](Result& row) { ids.push_back(row.Id<CustomerId>(1)); });
    return ids;
  });
}

std::vector<NickRow> SqlCustomerIndex::Rows(ShopId shop, const NickRange& range,
                                            const std::string& word, CustomerId customer,
                                            std::size_t limit) {
  const unsigned place = range.beginning ? 0 : 1;
  return platform::Read(pool_, [&](Connection& db) {
    std::vector<NickRow> found;
    if (!word.empty()) {
      AddRows(db.Query(sql::kSelectNickRowsOfWord, {shop, place, word, customer, limit}), found);
    }
    if (found.size() < limit) {
      // The smallest text behind the word is the word with a zero byte.
      const std::string low = word.empty() ? range.low : word + '\0';
      AddRows(db.Query(sql::kSelectNickRows, {shop, place, low, range.high, limit - found.size()}),
              found);
    }
    return found;
  });
}

std::vector<CustomerId> SqlCustomerIndex::WithPhone(ShopId shop, const std::string& hash,
                                                    CustomerId before, std::size_t limit) {
  return platform::Read(pool_, [&](Connection& db) {
    std::vector<CustomerId> ids;
    Result rows = db.Query(sql::kFindWithPhone, {shop, hash, before, limit});
    while (rows.Next()) ids.push_back(rows.Id<CustomerId>(0));
    return ids;
  });
}

}  // namespace redress::customer
