// Duplicates and other names: the parts of MysqlMerges that look for people.

#include <algorithm>
#include <unordered_map>
#include <utility>

#include "services/customer/store/merge_sql.h"
#include "services/customer/store/mysql_merges.h"
#include "services/customer/store/mysql_people.h"
#include "services/customer/store/once.h"
#include "services/customer/store/person_locks.h"
#include "services/customer/store/person_sql.h"
#include "services/platform/base/errors.h"
#include "services/platform/database/rows.h"

namespace redress::customer {
namespace {

using platform::Code;
using platform::Connection;
using platform::MultiRow;
using platform::Refusal;
using platform::Result;
using platform::Value;

constexpr std::size_t kRowsPerPage = 20'000;  // of the index, however few groups they hold

using ByHash = std::vector<std::pair<std::string, std::vector<CustomerId>>>;

// The next hashes with all of their customers. `whole` tells whether the index ended.
ByHash Walk(Connection& connection, ShopId shop, const DuplicateCursor& after, bool& whole) {
  const char* statement =
      after.reason == DuplicateReason::kPhone ? sql::kWalkPhones : sql::kWalkPlaces;
  ByHash hashes;
  Result rows = connection.Query(statement, {shop, after.hash, kRowsPerPage});
  while (rows.Next()) {
    const std::string hash = rows.String(0);
    if (hashes.empty() || hashes.back().first != hash)
      hashes.emplace_back(hash, ByHash::value_type::second_type());
    hashes.back().second.push_back(rows.Id<CustomerId>(1));
  }
  whole = rows.RowCount() < kRowsPerPage;
  // The last hash may go on behind the rows that were read; one that fills them all is cut.
  if (!whole && hashes.size() > 1) hashes.pop_back();
  return hashes;
}

// One customer of each person, newest first.
std::vector<CustomerId> Different(const std::vector<CustomerId>& customers,
                                  const std::unordered_map<CustomerId, CustomerId>& head_of) {
  std::vector<CustomerId> different;
  std::vector<CustomerId> heads;
  for (auto one = customers.rbegin(); one != customers.rend(); ++one) {
    const auto found = head_of.find(*one);
    if (found == head_of.end()) continue;
    if (std::find(heads.begin(), heads.end(), found->second) != heads.end()) continue;
    heads.push_back(found->second);
    different.push_back(*one);
    if (different.size() == kMostMembers) break;
  }
  return different;
}

std::unordered_map<CustomerId, CustomerId> HeadsOf(Connection& connection, ShopId shop,
                                                   const ByHash& hashes) {
  static const MultiRow select(sql::kSelectHeads, 2, ")", 512);
  std::vector<Value> keys;
  for (const auto& [hash, customers] : hashes) {
    if (customers.size() < 2) continue;
    for (const CustomerId customer : customers) keys.insert(keys.end(), {shop, customer});
  }
  std::unordered_map<CustomerId, CustomerId> head_of;
  if (keys.empty()) return head_of;
  select.Query(connection, keys, [&](Result& row) {
    const auto customer = row.Id<CustomerId>(0);
    const auto head = row.Id<CustomerId>(1);
    head_of[customer] = head ? head : customer;
  });
  return head_of;
}

CustomerId Owner(Connection& connection, const char* statement, ShopId shop,
                 const Identity& identity) {
  Result rows =
      connection.Query(statement, {shop, identity.kind, identity.platform, identity.name});
  return rows.Next() ? rows.Id<CustomerId>(0) : CustomerId{};
}

void LinkNow(Connection& connection, const Write& write, CustomerId customer,
             const Identity& identity) {
  // Links of one shop take turns as merges do: nobody else takes the name meanwhile.
  connection.Execute(sql::kTakeTurn, {write.shop});
  HoldCustomer(connection, write.shop, customer);
  const CustomerId owner = Owner(connection, sql::kLockIdentity, write.shop, identity);
  if (owner == customer) return;
  if (owner) {
    throw Refusal(Code::kAlreadyExists, "IDENTITY_ALREADY_EXISTS",
                  "Another customer is called so; merge the two if they are one person, or unlink "
                  "the name there first.")
        .With("customer_id", platform::ToString(owner));
  }
  Result count = connection.Query(sql::kCountIdentities, {write.shop, customer});
  if (count.Next() && count.Uint64(0) >= kMostIdentities) {
    throw Refusal(Code::kFailedPrecondition, "TOO_MANY_IDENTITIES",
                  "A customer has at most " + std::to_string(kMostIdentities) +
                      " names besides the nick; unlink one first.");
  }
  connection.Execute(sql::kInsertIdentity, {write.shop, identity.kind, identity.platform,
                                            identity.name, customer, write.now_us});
}

}  // namespace

DuplicatePage MysqlMerges::Duplicates(ShopId shop, const DuplicateCursor& after,
                                      std::optional<DuplicateReason> only, std::size_t limit) {
  return platform::Read(pool_, [&](Connection& connection) {
    DuplicatePage page;
    bool whole = true;
    const ByHash hashes = Walk(connection, shop, after, whole);
    const auto head_of = HeadsOf(connection, shop, hashes);
    for (const auto& [hash, customers] : hashes) {
      std::vector<CustomerId> different = Different(customers, head_of);
      if (different.size() < 2) continue;
      page.groups.push_back({after.reason, std::move(different)});
      if (page.groups.size() == limit) {
        page.next = {after.reason, hash};
        break;
      }
    }
    if (!page.next && !whole) page.next = {after.reason, hashes.back().first};
    if (!page.next && !only && after.reason == DuplicateReason::kPhone) {
      page.next = {DuplicateReason::kAddress, ""};
    }
    return page;
  });
}

Person MysqlMerges::Link(const Write& write, CustomerId customer, const Identity& identity) {
  return WriteOnce(
      pool_, write,
      [&](Connection& connection) {
        LinkNow(connection, write, customer, identity);
        return platform::ToString(customer);
      },
      [&](Connection& connection, const std::string&) {
        return PersonNow(connection, write.shop, customer);
      });
}

Person MysqlMerges::Unlink(const Write& write, CustomerId customer, const Identity& identity) {
  return WriteOnce(
      pool_, write,
      [&](Connection& connection) {
        PersonNow(connection, write.shop, customer);
        if (Owner(connection, sql::kLockIdentity, write.shop, identity) != customer) {
          throw Refusal(Code::kNotFound, "IDENTITY_NOT_FOUND",
                        "This customer is not called so; FindPerson lists what they are called.");
        }
        connection.Execute(sql::kDeleteIdentity,
                           {write.shop, identity.kind, identity.platform, identity.name});
        return platform::ToString(customer);
      },
      [&](Connection& connection, const std::string&) {
        return PersonNow(connection, write.shop, customer);
      });
}

std::vector<Identity> MysqlMerges::IdentitiesOf(ShopId shop, const Person& person) {
  return platform::Read(pool_, [&](Connection& connection) {
    std::vector<Identity> identities;
    for (const CustomerId member : person.members) {
      if (identities.size() == kMostIdentities) break;
      Result rows = connection.Query(sql::kSelectIdentitiesOf,
                                     {shop, member, kMostIdentities - identities.size()});
      while (rows.Next()) {
        identities.push_back({rows.String(0), rows.String(1), rows.String(2)});
      }
    }
    return identities;
  });
}

CustomerId MysqlMerges::FindByIdentity(ShopId shop, const Identity& identity) {
  return platform::Read(pool_, [&](Connection& connection) {
    return Owner(connection, sql::kSelectIdentity, shop, identity);
  });
}

}  // namespace redress::customer
