#include "services/order/store/order_index.h"

#include <unordered_map>
#include <utility>

#include "services/order/store/order_rows.h"
#include "services/order/store/search_sql.h"
#include "services/platform/database/transact.h"
#include "services/platform/sealing/masking.h"

namespace redress::order {
namespace {

using platform::Connection;
using platform::Result;
using platform::Value;

constexpr std::size_t kOrdersAtOnce = 250;

std::vector<OrderId> Ids(Result rows) {
  std::vector<OrderId> ids;
  while (rows.Next()) ids.push_back(rows.Id<OrderId>(0));
  return ids;
}

void AddEnds(Result rows, std::vector<EndRow>& found) {
  while (rows.Next()) found.push_back({rows.String(0), rows.Id<OrderId>(1)});
}

void AddTitles(Result rows, std::vector<TitleRow>& found) {
  while (rows.Next()) found.push_back({rows.String(0), rows.Uint64(1), rows.String(2)});
}

// The smallest text behind a text is the text with a zero byte.
std::string Behind(const std::string& word, const TextRange& range) {
  return word.empty() ? range.low : word + '\0';
}

}  // namespace

SqlOrderIndex::SqlOrderIndex(platform::Pool& pool, platform::Sealer& sealer,
                             const platform::Clock& clock)
    : pool_(pool),
      sealer_(sealer),
      filling_(pool, clock, {sql::kSelectBackfill, sql::kWriteBackfill},
               [this](Connection& db, ShopId shop, std::uint64_t after) {
                 return FillBatch(db, shop, after);
               }) {}

std::vector<Order> SqlOrderIndex::Read(ShopId shop, std::span<const OrderId> orders) {
  if (orders.empty()) return {};
  std::unordered_map<OrderId, Order> by_id;
  platform::Read(pool_, [&](Connection& db) {
    by_id.clear();
    for (Order& order : ReadOrders(db, shop, orders, Lock::kNo)) {
      const OrderId id = order.id;
      by_id.emplace(id, std::move(order));
    }
  });
  std::vector<Order> result;
  for (const OrderId id : orders) {
    const auto found = by_id.find(id);
    if (found != by_id.end()) result.push_back(found->second);
  }
  return result;
}

std::vector<std::string> SqlOrderIndex::Platforms(ShopId shop) {
  return platform::Read(pool_, [&](Connection& db) {
    std::vector<std::string> platforms;
    for (std::string last;; last = platforms.back()) {
      Result next = db.Query(sql::kSelectNextPlatform, {shop, last});
      if (!next.Next()) return platforms;
      platforms.push_back(next.String(0));
    }
  });
}

std::vector<OrderId> SqlOrderIndex::NumbersFrom(ShopId shop, const std::string& platform,
                                                const TextRange& range, std::size_t limit) {
  return platform::Read(pool_, [&](Connection& db) {
    return Ids(db.Query(sql::kSelectNumbersFrom, {shop, platform, range.low, range.high, limit}));
  });
}

std::vector<EndRow> SqlOrderIndex::EndRows(ShopId shop, const TextRange& range,
                                           const std::string& word, OrderId order,
                                           std::size_t limit) {
  return platform::Read(pool_, [&](Connection& db) {
    std::vector<EndRow> found;
    if (!word.empty()) {
      AddEnds(db.Query(sql::kSelectOfNumberEnd, {shop, word, order, limit}), found);
    }
    if (found.size() < limit) {
      AddEnds(db.Query(sql::kSelectNumberEnds,
                       {shop, Behind(word, range), range.high, limit - found.size()}),
              found);
    }
    return found;
  });
}

std::vector<OrderId> SqlOrderIndex::Parcels(ShopId shop, const TextRange& range,
                                            std::size_t limit) {
  return platform::Read(pool_, [&](Connection& db) {
    return Ids(db.Query(sql::kSelectParcels, {shop, range.low, range.high, limit}));
  });
}

std::string SqlOrderIndex::PhoneHash(ShopId shop, const std::string& phone) {
  const std::string normalised = platform::NormalisePhone(phone);
  return normalised.empty() ? std::string() : sealer_.KeyedHash(shop, "phone", normalised);
}

std::vector<OrderId> SqlOrderIndex::WithPhone(ShopId shop, const std::string& hash, OrderId before,
                                              std::size_t limit) {
  return platform::Read(pool_, [&](Connection& db) {
    return Ids(db.Query(sql::kSelectWithPhone, {shop, hash, before, limit}));
  });
}

std::vector<ListKey> SqlOrderIndex::OfCustomer(ShopId shop, CustomerId customer,
                                               const ListKey& after, std::size_t limit) {
  return platform::Read(pool_, [&](Connection& db) {
    std::vector<ListKey> keys;
    const Value at = after.at;
    Result rows = db.Query(sql::kSelectOfCustomer, {shop, customer, at, at, after.id, limit});
    while (rows.Next()) keys.push_back({rows.Int64(0), rows.Uint64(1)});
    return keys;
  });
}

std::vector<TitleRow> SqlOrderIndex::TitleRows(ShopId shop, const TextRange& range,
                                               const std::string& word, std::uint64_t title,
                                               std::size_t limit) {
  return platform::Read(pool_, [&](Connection& db) {
    std::vector<TitleRow> found;
    if (!word.empty()) {
      AddTitles(db.Query(sql::kSelectTitlesOfWord, {shop, word, title, limit}), found);
    }
    if (found.size() < limit) {
      AddTitles(db.Query(sql::kSelectTitles,
                         {shop, Behind(word, range), range.high, limit - found.size()}),
                found);
    }
    return found;
  });
}

std::vector<OrderId> SqlOrderIndex::OfTitle(ShopId shop, std::uint64_t title, OrderId before,
                                            std::size_t limit) {
  return platform::Read(pool_, [&](Connection& db) {
    return Ids(db.Query(sql::kSelectOrdersOfTitle, {shop, title, before, limit}));
  });
}

platform::GradualFilling::Batch SqlOrderIndex::FillBatch(Connection& db, ShopId shop,
                                                         std::uint64_t after) {
  const std::vector<OrderId> ids =
      Ids(db.Query(sql::kSelectOrdersAfter, {shop, after, kOrdersAtOnce}));
  const std::vector<Order> orders = ReadOrders(db, shop, ids, Lock::kNo);
  std::vector<const Order*> written;
  for (const Order& order : orders) written.push_back(&order);
  WriteOrderWords(db, known_, shop, written);
  return {.last = ids.empty() ? 0 : ids.back().value, .more = ids.size() == kOrdersAtOnce};
}

}  // namespace redress::order
