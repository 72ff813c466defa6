#include "services/customer/store/mysql_customer_store.h"

#include <algorithm>
#include <limits>
#include <utility>

#include "services/customer/store/due_customers.h"
#include "services/customer/store/mysql_customer_transaction.h"
#include "services/customer/store/nick_words.h"
#include "services/customer/store/sql.h"
#include "services/platform/database/error.h"
#include "services/platform/database/rows.h"
#include "services/platform/database/transact.h"

namespace redress::customer {
namespace {

using platform::Connection;
using platform::DatabaseError;
using platform::MultiRow;
using platform::Result;
using platform::Value;

// Somebody else created the same nick first: run again, it is found now.
constexpr int kMostCreationRaces = 5;
constexpr std::size_t kMaxNickRows = 1024;

std::vector<CustomerId> ReadIds(Result rows) {
  std::vector<CustomerId> ids;
  while (rows.Next()) ids.push_back(rows.Id<CustomerId>(0));
  return ids;
}

}  // namespace

void MysqlCustomerStore::InTransaction(const std::function<void(CustomerTransaction&)>& body) {
  for (int attempt = 1;; ++attempt) {
    try {
      platform::Transact(pool_, [&](Connection& connection) {
        MysqlCustomerTransaction transaction(connection, contacts_, clock_);
        body(transaction);
      });
      return;
    } catch (const DatabaseError& error) {
      if (error.kind() != DatabaseError::Kind::kDuplicateKey || attempt == kMostCreationRaces) {
        throw;
      }
    }
  }
}

MysqlCustomerStore::Known MysqlCustomerStore::FindNicks(Connection& connection, ShopId shop,
                                                        const std::string& platform,
                                                        std::span<const std::string> nicks) {
  static const MultiRow find(sql::kFindNicks, 3, ")", kMaxNickRows);
  std::vector<Value> keys;
  keys.reserve(nicks.size() * 3);
  for (const std::string& nick : nicks) keys.insert(keys.end(), {shop, platform, nick});
  Known known;
  known.reserve(nicks.size());
  find.Query(connection, keys,
             [&](Result& row) { known.emplace(row.String(0), row.Id<CustomerId>(1)); });
  return known;
}

void MysqlCustomerStore::CreateMissing(Connection& connection, ShopId shop,
                                       const std::string& platform,
                                       std::span<const std::string> nicks) {
  static const MultiRow insert(sql::kInsertCustomers, sql::kCustomerColumns, sql::kKeepExisting,
                               kMaxNickRows);
  const std::int64_t now = clock_.NowUs();
  std::vector<Value> rows;
  rows.reserve(nicks.size() * sql::kCustomerColumns);
  for (const std::string& nick : nicks) {
    rows.insert(rows.end(), {shop, ids_.Next(), platform, nick, 1u, now});
  }
  insert.Execute(connection, rows);
}

std::vector<CustomerId> MysqlCustomerStore::Ensure(ShopId shop, const std::string& platform,
                                                   std::span<const std::string> nicks) {
  Known known = platform::Read(
      pool_, [&](Connection& connection) { return FindNicks(connection, shop, platform, nicks); });
  std::vector<std::string> missing;
  for (const std::string& nick : nicks) {
    if (!known.contains(nick)) missing.push_back(nick);
  }
  if (!missing.empty()) {
    // In one order, so that two calls for the same nicks wait for each other, not in a circle.
    std::sort(missing.begin(), missing.end());
    known.merge(platform::Transact(pool_, [&](Connection& connection) {
      CreateMissing(connection, shop, platform, missing);
      Known created = FindNicks(connection, shop, platform, missing);
      std::vector<FindableNick> findable;
      std::vector<CustomerId> ids;
      findable.reserve(created.size());
      ids.reserve(created.size());
      for (const auto& [nick, id] : created) {
        findable.push_back({id, nick});
        ids.push_back(id);
      }
      WriteNickWords(connection, shop, findable);
      MarkDue(connection, shop, ids, clock_.NowUs());
      return created;
    }));
  }
  std::vector<CustomerId> ids;
  ids.reserve(nicks.size());
  for (const std::string& nick : nicks) ids.push_back(known.at(nick));
  return ids;
}

std::vector<CustomerId> MysqlCustomerStore::Find(ShopId shop, const std::string& platform,
                                                 std::span<const std::string> nicks) {
  const Known known = platform::Read(
      pool_, [&](Connection& connection) { return FindNicks(connection, shop, platform, nicks); });
  std::vector<CustomerId> ids;
  ids.reserve(nicks.size());
  for (const std::string& nick : nicks) {
    const auto found = known.find(nick);
    ids.push_back(found == known.end() ? CustomerId() : found->second);
  }
  return ids;
}

std::vector<std::int64_t> MysqlCustomerStore::ErasedAt(ShopId shop, const std::string& platform,
                                                       std::span<const LearntContact> words) {
  static const MultiRow select(sql::kSelectErasedNicks, 2, ")", kMaxNickRows);
  std::vector<std::string> hashes;
  hashes.reserve(words.size());
  for (const LearntContact& word : words) {
    hashes.push_back(contacts_.NickHash(shop, platform, word.nick));
  }
  std::vector<Value> keys;
  keys.reserve(hashes.size() * 2);
  for (const std::string& hash : hashes) keys.insert(keys.end(), {shop, hash});
  std::unordered_map<std::string, std::int64_t> erased;
  if (!keys.empty()) {
    platform::Read(pool_, [&](Connection& connection) {
      select.Query(connection, keys, [&](Result& row) { erased[row.String(0)] = row.Int64(1); });
    });
  }
  std::vector<std::int64_t> erased_at;
  erased_at.reserve(words.size());
  for (const std::string& hash : hashes) {
    const auto found = erased.find(hash);
    erased_at.push_back(found == erased.end() ? 0 : found->second);
  }
  return erased_at;
}

void MysqlCustomerStore::Learn(ShopId shop, std::span<const LearntContact> words) {
  learnt_.Learn(shop, words);
}

std::string MysqlCustomerStore::ContactHash(ShopId shop, const Contact& contact) {
  return contacts_.ContentHash(shop, contact);
}

std::string MysqlCustomerStore::PhoneHash(ShopId shop, const std::string& phone) {
  return contacts_.PhoneHash(shop, phone);
}

std::vector<CustomerView> MysqlCustomerStore::Read(ShopId shop,
                                                   std::span<const CustomerId> customers) {
  static const MultiRow select(sql::kSelectCustomers, 2, ")", 256);
  if (customers.empty()) return {};
  return platform::Read(pool_, [&](Connection& connection) {
    std::vector<Value> keys;
    for (const CustomerId customer : customers) keys.insert(keys.end(), {shop, customer});
    std::unordered_map<CustomerId, Customer> found;
    select.Query(connection, keys, [&](Result& row) {
      const CustomerId id = row.Id<CustomerId>(0);
      found[id] = {.id = id,
                   .platform = row.String(1),
                   .nick = row.String(2),
                   .version = static_cast<std::uint32_t>(row.Uint64(3)),
                   .created_at = row.Int64(4),
                   .erased_at = row.OptInt64(5).value_or(0)};
    });
    const std::vector<Contact> masked = contacts_.ReadMasked(connection, shop, customers);
    std::vector<CustomerView> views;
    for (std::size_t i = 0; i < customers.size(); ++i) {
      const auto customer = found.find(customers[i]);
      if (customer != found.end()) views.push_back({customer->second, masked[i]});
    }
    return views;
  });
}

CustomerId MysqlCustomerStore::FindByNick(ShopId shop, const std::string& platform,
                                          const std::string& nick) {
  return platform::Read(pool_, [&](Connection& connection) {
    Result rows = connection.Query(sql::kFindByNick, {shop, platform, nick});
    return rows.Next() ? rows.Id<CustomerId>(0) : CustomerId{};
  });
}

std::vector<CustomerId> MysqlCustomerStore::FindByPhoneHash(ShopId shop, const std::string& hash,
                                                            std::size_t limit) {
  return platform::Read(pool_, [&](Connection& connection) {
    return ReadIds(connection.Query(sql::kFindByPhone, {shop, hash, limit}));
  });
}

std::vector<CustomerId> MysqlCustomerStore::List(ShopId shop, std::optional<CustomerId> before,
                                                 std::size_t limit) {
  const std::uint64_t start = before ? before->value : std::numeric_limits<std::uint64_t>::max();
  return platform::Read(pool_, [&](Connection& connection) {
    return ReadIds(connection.Query(sql::kListCustomers, {shop, start, limit}));
  });
}

}  // namespace redress::customer
