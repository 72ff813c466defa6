#include "services/order/store/product_store.h"

#include <algorithm>
#include <array>
#include <limits>
#include <map>
#include <set>
#include <unordered_map>

#include "services/order/store/order_rows.h"
#include "services/order/store/product_rows.h"
#include "services/order/store/product_sql.h"
#include "services/platform/database/rows.h"
#include "services/platform/database/transact.h"

namespace redress::order {
namespace {

using platform::Connection;
using platform::DatabaseError;
using platform::MultiRow;
using platform::Result;

// Somebody else created the same product first: run again, it is found now.
constexpr int kMostCreationRaces = 5;
constexpr std::size_t kWordsAsked = 8;
// One page is looked for among at most so many products.
constexpr std::size_t kCandidates = 200;
constexpr int kMostRounds = 10;
constexpr std::size_t kMostCodes = 100;
constexpr std::size_t kMostOrdersSeen = 200;
constexpr std::size_t kMostTogether = 100;

std::vector<ProductId> IdsOf(Result rows) {
  std::vector<ProductId> ids;
  while (rows.Next()) ids.push_back(rows.Id<ProductId>(0));
  return ids;
}

std::optional<Product> ReadFirst(Connection& db, ShopId shop, const std::vector<ProductId>& ids) {
  if (ids.empty()) return std::nullopt;
  std::vector<Product> found = ReadProducts(db, shop, {&ids.front(), 1});
  if (found.empty()) return std::nullopt;
  return std::move(found.front());
}

// Products below the id that may be what is asked for, newest first.
std::vector<ProductId> CandidatesBelow(Connection& db, ShopId shop, const ProductQuery& query,
                                       std::uint64_t below) {
  if (query.text.empty() && query.category.empty()) {
    return IdsOf(db.Query(sql::kListProducts, {shop, below, kCandidates}));
  }
  if (query.text.empty()) {
    return IdsOf(
        db.Query(sql::kListProductsOfCategory, {shop, query.category, below, kCandidates}));
  }
  std::vector<std::string> words = WordsOf(query.text);
  // The last one is a single character: in a title another one may follow it.
  const std::string last = words.back();
  words.pop_back();
  if (words.empty()) {
    return IdsOf(db.Query(sql::kFindByCharacter, {shop, last, last + "\xFF", below, kCandidates}));
  }
  const std::size_t asked = std::min(words.size(), kWordsAsked);
  std::array<std::string, kWordsAsked> marks;
  for (std::size_t i = 0; i < kWordsAsked; ++i) marks[i] = words[std::min(i, asked - 1)];
  return IdsOf(
      db.Query(sql::kFindByWords, {shop, marks[0], marks[1], marks[2], marks[3], marks[4], marks[5],
                                   marks[6], marks[7], below, asked, kCandidates}));
}

bool IsAskedFor(const Product& product, const ProductQuery& query) {
  return (!query.in_stock || product.Available()) &&
         (query.category.empty() || product.category == query.category) &&
         (query.text.empty() || TitleHas(product, query.text));
}

std::vector<std::string> CodesOf(const Product& product) {
  std::set<std::string> codes;
  if (!product.code.empty()) codes.insert(product.code);
  for (const Sku& sku : product.skus) {
    if (!sku.code.empty()) codes.insert(sku.code);
  }
  std::vector<std::string> some(codes.begin(), codes.end());
  some.resize(std::min(some.size(), kMostCodes));
  return some;
}

std::vector<OrderId> LatestOrders(Connection& db, ShopId shop,
                                  const std::vector<std::string>& codes) {
  std::set<OrderId, std::greater<>> orders;
  for (const std::string& code : codes) {
    Result rows = db.Query(sql::kListOrdersOfSku, {shop, code, kMostOrdersSeen});
    while (rows.Next()) orders.insert(rows.Id<OrderId>(0));
  }
  std::vector<OrderId> latest(orders.begin(), orders.end());
  latest.resize(std::min(latest.size(), kMostOrdersSeen));
  return latest;
}

}  // namespace

Outcome SqlProductRepository::Store(ShopId shop, const Product& product) {
  for (int attempt = 1;; ++attempt) {
    try {
      return platform::Transact(pool_, [&](Connection& db) {
        const std::vector<ProductId> known =
            IdsOf(db.Query(sql::kLockProduct, {shop, product.platform, product.number}));
        const std::vector<Product> stored = ReadProducts(db, shop, known);
        const ProductChange change =
            MergeProduct(product, stored.empty() ? nullptr : &stored.front(), ids_);
        WriteProduct(db, shop, change);
        return change.outcome;
      });
    } catch (const DatabaseError& error) {
      if (error.kind() != DatabaseError::Kind::kDuplicateKey || attempt == kMostCreationRaces) {
        throw;
      }
    }
  }
}

std::optional<Product> SqlProductRepository::Find(ShopId shop, ProductId id) {
  std::vector<Product> found = FindMany(shop, {&id, 1});
  if (found.empty()) return std::nullopt;
  return std::move(found.front());
}

std::vector<Product> SqlProductRepository::FindMany(ShopId shop, std::span<const ProductId> ids) {
  return platform::Read(pool_, [&](Connection& db) { return ReadProducts(db, shop, ids); });
}

std::optional<Product> SqlProductRepository::FindByNumber(ShopId shop, const std::string& platform,
                                                          const std::string& number) {
  return platform::Read(pool_, [&](Connection& db) {
    return ReadFirst(db, shop,
                     IdsOf(db.Query(sql::kFindProductByNumber, {shop, platform, number})));
  });
}

std::optional<Product> SqlProductRepository::FindByCode(ShopId shop, const std::string& code) {
  return platform::Read(pool_, [&](Connection& db) {
    return ReadFirst(db, shop, FindByCodes(db, shop, {&code, 1}));
  });
}

FoundProducts SqlProductRepository::Search(ShopId shop, const ProductQuery& query) {
  return platform::Read(pool_, [&](Connection& db) {
    FoundProducts found;
    if (!query.text.empty() && !query.before) {
      const std::vector<ProductId> ids = FindByCodes(db, shop, {&query.text, 1});
      if (!ids.empty()) {
        for (Product& product : ReadProducts(db, shop, ids)) {
          if (query.in_stock && !product.Available()) continue;
          found.products.push_back(std::move(product));
          if (found.products.size() == query.limit) break;
        }
        return found;
      }
    }
    std::uint64_t below =
        query.before ? query.before->value : std::numeric_limits<std::uint64_t>::max();
    for (int round = 0; round < kMostRounds; ++round) {
      const std::vector<ProductId> ids = CandidatesBelow(db, shop, query, below);
      for (Product& product : ReadProducts(db, shop, ids)) {
        below = product.id.value;
        if (!IsAskedFor(product, query)) continue;
        found.products.push_back(std::move(product));
        if (found.products.size() == query.limit) {
          found.after = ProductId{below};
          return found;
        }
      }
      if (ids.size() < kCandidates) return found;
      below = ids.back().value;
    }
    found.after = ProductId{below};
    return found;
  });
}

BoughtTogether SqlProductRepository::TogetherWith(ShopId shop, const Product& product) {
  static const MultiRow select(sql::kSelectSkusOfOrders, 2, ")", 256);
  return platform::Read(pool_, [&](Connection& db) {
    BoughtTogether together;
    const std::vector<std::string> codes = CodesOf(product);
    const std::vector<OrderId> orders = LatestOrders(db, shop, codes);
    together.orders_seen = static_cast<std::uint32_t>(orders.size());
    if (orders.empty()) return together;
    std::map<std::string, std::set<OrderId>> with;
    select.Query(db, KeysOf(shop, orders), [&](Result& row) {
      const std::string code = row.String(1);
      const bool own = std::find(codes.begin(), codes.end(), code) != codes.end();
      if (!own && !code.empty()) with[code].insert(row.Id<OrderId>(0));
    });
    std::vector<std::string> others;
    for (const auto& [code, in] : with) others.push_back(code);
    std::stable_sort(others.begin(), others.end(),
                     [&](const auto& a, const auto& b) { return with[a].size() > with[b].size(); });
    others.resize(std::min(others.size(), kMostTogether));
    for (Product& other : ReadProducts(db, shop, FindByCodes(db, shop, others))) {
      std::set<OrderId> in;
      for (const std::string& code : CodesOf(other)) {
        if (const auto bought = with.find(code); bought != with.end()) {
          in.insert(bought->second.begin(), bought->second.end());
        }
      }
      together.products.emplace_back(std::move(other), static_cast<std::uint32_t>(in.size()));
    }
    return together;
  });
}

}  // namespace redress::order
