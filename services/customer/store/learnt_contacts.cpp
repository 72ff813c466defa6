#include "services/customer/store/learnt_contacts.h"

#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "services/customer/store/customer_keys.h"
#include "services/customer/store/privacy_sql.h"
#include "services/customer/store/sql.h"
#include "services/platform/database/rows.h"
#include "services/platform/database/transact.h"

namespace redress::customer {
namespace {

using platform::Connection;
using platform::MultiRow;
using platform::Result;
using platform::Value;

// One transaction's worth.
constexpr std::size_t kMostAtOnce = 256;

struct StoredContact {
  KnownContact known;
  std::string sealed;
  std::string phone_hash;
  std::string place_hash;
};

// A word that is to be written, and what it comes to.
struct Writing {
  const LearntContact* word = nullptr;
  const std::string* hash = nullptr;
  WordOutcome outcome = WordOutcome::kNothing;
};

using Stored = std::unordered_map<CustomerId, StoredContact>;

Stored Select(Connection& connection, ShopId shop, std::span<const CustomerId> customers) {
  static const MultiRow select(sql::kSelectLearntContacts, 2, ")", kMostAtOnce);
  Stored stored;
  select.Query(connection, KeysOf(shop, customers), [&](Result& row) {
    StoredContact& one = stored[row.Id<CustomerId>(0)];
    one.sealed = row.String(1);
    one.phone_hash = row.OptString(2).value_or("");
    one.place_hash = row.OptString(3).value_or("");
    one.known.hash = row.OptString(4).value_or("");
    one.known.by_hand = one.known.hash.empty();
    one.known.has_phone = !one.phone_hash.empty();
    one.known.source_at = row.OptInt64(5).value_or(0);
  });
  return stored;
}

// Locks the customers, in everybody's order, and answers those of them who were not erased.
std::unordered_set<CustomerId> LockPresent(Connection& connection, ShopId shop,
                                           std::span<const CustomerId> customers) {
  static const MultiRow lock(sql::kLockErased, 2, sql::kInIdOrder, kMostAtOnce);
  std::unordered_set<CustomerId> present;
  lock.Query(connection, KeysOf(shop, customers), [&](Result& row) {
    if (row.OptInt64(1).value_or(0) == 0) present.insert(row.Id<CustomerId>(0));
  });
  return present;
}

std::vector<Writing> WhatIsNew(std::span<const Writing> words, const Stored& stored) {
  std::vector<Writing> news;
  for (Writing writing : words) {
    const auto found = stored.find(writing.word->customer);
    writing.outcome =
        Judge(*writing.word, *writing.hash,
              found == stored.end() ? std::nullopt : std::optional(found->second.known));
    if (writing.outcome != WordOutcome::kNothing) news.push_back(writing);
  }
  return news;
}

std::vector<CustomerId> CustomersOf(std::span<const Writing> words) {
  std::vector<CustomerId> customers;
  customers.reserve(words.size());
  for (const Writing& writing : words) customers.push_back(writing.word->customer);
  return customers;
}

Value OrNull(const std::string& hash) { return hash.empty() ? Value(nullptr) : Value(hash); }

// Seals what is learnt; what was only said again keeps the sealed text that it has.
void SealLearnt(Connection& connection, ContactSeal& contacts, ShopId shop,
                std::span<const Writing> news, Stored& stored) {
  std::vector<const LearntContact*> learnt;
  for (const Writing& writing : news) {
    if (writing.outcome == WordOutcome::kLearn) learnt.push_back(writing.word);
  }
  std::vector<std::string> sealed = contacts.SealMany(connection, shop, learnt);
  for (std::size_t i = 0; i < learnt.size(); ++i) {
    StoredContact& one = stored[learnt[i]->customer];
    one.sealed = std::move(sealed[i]);
    one.phone_hash = contacts.PhoneHash(shop, learnt[i]->contact.phone);
    one.place_hash = contacts.PlaceHash(shop, learnt[i]->contact);
  }
}

void Write(Connection& connection, ShopId shop, std::span<const Writing> news,
           const Stored& stored) {
  static const MultiRow write(sql::kWriteLearntContacts, sql::kLearntColumns,
                              sql::kReplaceLearntContacts, kMostAtOnce);
  static const MultiRow raise(sql::kRaiseVersions, 2, ")", kMostAtOnce);
  std::vector<Value> rows;
  std::vector<Value> changed;
  rows.reserve(news.size() * sql::kLearntColumns);
  for (const Writing& writing : news) {
    const CustomerId customer = writing.word->customer;
    const StoredContact& one = stored.at(customer);
    rows.insert(rows.end(), {shop, customer, one.sealed, OrNull(one.phone_hash),
                             OrNull(one.place_hash), *writing.hash, writing.word->source_at});
    // Whoever edits the customer at this moment sees what they were about to replace.
    if (writing.outcome == WordOutcome::kLearn) changed.insert(changed.end(), {shop, customer});
  }
  write.Execute(connection, rows);
  if (!changed.empty()) raise.Execute(connection, changed);
}

}  // namespace

void LearntContacts::Learn(ShopId shop, std::span<const LearntContact> words) {
  for (; !words.empty(); words = words.subspan(std::min(kMostAtOnce, words.size()))) {
    const auto part = words.first(std::min(kMostAtOnce, words.size()));
    std::vector<std::string> hashes;
    hashes.reserve(part.size());
    std::vector<Writing> said;
    for (const LearntContact& word : part) {
      hashes.push_back(contacts_.ContentHash(shop, word.contact));
      said.push_back({&word, &hashes.back()});
    }
    const Stored before = platform::Read(
        pool_, [&](Connection& connection) { return Select(connection, shop, CustomersOf(said)); });
    const std::vector<Writing> maybe_new = WhatIsNew(said, before);
    if (maybe_new.empty()) continue;
    platform::Transact(pool_, [&](Connection& connection) {
      const auto present = LockPresent(connection, shop, CustomersOf(maybe_new));
      Stored stored = Select(connection, shop, CustomersOf(maybe_new));
      std::vector<Writing> news = WhatIsNew(maybe_new, stored);
      std::erase_if(
          news, [&](const Writing& writing) { return !present.contains(writing.word->customer); });
      if (news.empty()) return;
      SealLearnt(connection, contacts_, shop, news, stored);
      Write(connection, shop, news, stored);
    });
  }
}

platform::RetentionRule LearntContactRetention() {
  return {
      .setting = "retention_contact_months",
      .destroys = "contact data of customers that sources told",
      .count =
          [](Connection& connection, ShopId shop, std::int64_t older_than, std::size_t most) {
            Result rows = connection.Query(sql::kCountOldLearntContacts, {shop, older_than, most});
            return rows.Next() ? rows.Uint64(0) : 0;
          },
      .destroy_some =
          [](Connection& connection, ShopId shop, std::int64_t older_than, std::size_t most,
             platform::RetentionPlace&) {
            return connection.Execute(sql::kDeleteOldLearntContacts, {shop, older_than, most});
          }};
}

}  // namespace redress::customer
