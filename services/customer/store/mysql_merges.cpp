#include "services/customer/store/mysql_merges.h"

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <utility>

#include "services/customer/store/customer_keys.h"
#include "services/customer/store/due_customers.h"
#include "services/customer/store/merge_sql.h"
#include "services/customer/store/mysql_people.h"
#include "services/customer/store/once.h"
#include "services/customer/store/person_locks.h"
#include "services/platform/base/errors.h"
#include "services/platform/database/rows.h"

namespace redress::customer {
namespace {

using platform::Code;
using platform::Connection;
using platform::MultiRow;
using platform::Refusal;
using platform::Result;
using platform::SubjectKind;
using platform::Value;

void CheckVersion(const std::map<CustomerId, std::uint32_t>& versions, CustomerId customer,
                  std::uint32_t seen) {
  const auto found = versions.find(customer);
  if (found == versions.end()) {
    throw platform::NotFound("customer", platform::ToString(customer));
  }
  if (found->second != seen) throw platform::VersionConflict(seen, found->second);
}

void CheckMergeable(const Person& person, const Person& into) {
  if (person.head == into.head) {
    throw Refusal(Code::kFailedPrecondition, "ALREADY_ONE_PERSON",
                  "These customers are merged already; there is nothing to do.")
        .With("head_customer_id", platform::ToString(person.head));
  }
  const std::size_t together = person.members.size() + into.members.size();
  if (together > kMostMembers) {
    throw Refusal(Code::kFailedPrecondition, "GROUP_TOO_LARGE",
                  "Together they would be " + std::to_string(together) +
                      " customers; a person has at most " + std::to_string(kMostMembers) +
                      ". Undo a merge of one of them first.");
  }
}

// Puts the customers under the head, from the one that they were under.
void MoveUnder(Connection& connection, ShopId shop, const std::vector<CustomerId>& customers,
               CustomerId from, CustomerId head) {
  for (const CustomerId customer : customers) {
    if (customer != from) connection.Execute(sql::kDeleteMember, {shop, from, customer});
    connection.Execute(sql::kSetHead, {customer == head ? CustomerId{} : head, shop, customer});
    if (customer != head) connection.Execute(sql::kInsertMember, {shop, head, customer});
  }
}

void NextVersions(Connection& connection, ShopId shop, const std::set<CustomerId>& customers) {
  for (const CustomerId customer : customers) {
    connection.Execute(sql::kNextVersion, {shop, customer});
  }
}

auto PersonOfAnswer(ShopId shop) {
  return [shop](Connection& connection, const std::string& answer) {
    return PersonNow(connection, shop, CustomerId{std::stoull(answer)});
  };
}

}  // namespace

std::string MysqlMerges::SealReason(Connection& connection, ShopId shop, CustomerId customer,
                                    const std::string& reason) {
  return sealer_.Seal(connection, shop, SubjectKind::kCustomer, customer.value, reason);
}

std::string MysqlMerges::OpenReason(Connection& connection, ShopId shop, CustomerId customer,
                                    const std::string& sealed) {
  return sealer_.Open(connection, shop, SubjectKind::kCustomer, customer.value, sealed)
      .value_or("");
}

void MysqlMerges::Tell(Connection& connection, const Write& write, CustomerId customer,
                       CustomerId into) {
  events::v1::Event event;
  event.mutable_customer_merged()->set_into_customer_id(into.value);
  events_.Append(connection, write.shop, customer, write.now_us, event);
}

void MysqlMerges::MergeNow(Connection& connection, const MergeRequest& request) {
  const ShopId shop = request.write.shop;
  connection.Execute(sql::kTakeTurn, {shop});
  const Person person = PersonNow(connection, shop, request.customer);
  const Person into = PersonNow(connection, shop, request.into);
  const std::set<CustomerId> named{request.customer, request.into, person.head, into.head};
  const std::vector<CustomerId> locked(named.begin(), named.end());
  const auto versions = LockCustomers(connection, shop, locked);
  CheckVersion(versions, request.customer, request.version);
  CheckVersion(versions, request.into, request.into_version);
  CheckMergeable(person, into);
  const std::string sealed = SealReason(connection, shop, person.head, request.reason);
  connection.Execute(sql::kInsertMerge, {shop, ids_.New<MergeId>(), person.head, into.head,
                                         request.write.now_us, request.write.account, sealed});
  MoveUnder(connection, shop, person.members, person.head, into.head);
  NextVersions(connection, shop, {request.into, into.head});
  MarkDue(connection, shop, {&into.head, 1}, request.write.now_us);
  Tell(connection, request.write, person.head, into.head);
}

void MysqlMerges::UnmergeNow(Connection& connection, const UnmergeRequest& request) {
  static const MultiRow select_edges(sql::kSelectEdgesInto, 2, ")");
  const ShopId shop = request.write.shop;
  const CustomerId customer = request.customer;
  connection.Execute(sql::kTakeTurn, {shop});
  const Person before = PersonNow(connection, shop, customer);
  const std::array<CustomerId, 2> named{customer, before.head};
  CheckVersion(LockCustomers(connection, shop, named), customer, request.version);
  Result merge = connection.Query(sql::kSelectStandingMerge, {shop, customer});
  if (!merge.Next()) {
    throw Refusal(Code::kFailedPrecondition, "NOT_MERGED",
                  "This customer was not merged into another one; name the customer whose merge "
                  "is to be undone, ListMerges tells which.");
  }
  std::vector<MergeEdge> edges;
  select_edges.Query(connection, KeysOf(shop, before.members), [&](Result& row) {
    edges.push_back({row.Id<CustomerId>(0), row.Id<CustomerId>(1)});
  });
  const std::string sealed = SealReason(connection, shop, customer, request.reason);
  connection.Execute(sql::kUndoMerge,
                     {request.write.now_us, request.write.account, sealed, shop, merge.Uint64(0)});
  MoveUnder(connection, shop, Branch(customer, edges), before.head, customer);
  NextVersions(connection, shop, {before.head});
  const std::vector<CustomerId> heads{before.head, customer};
  MarkDue(connection, shop, heads, request.write.now_us);
  Tell(connection, request.write, customer, CustomerId{});
}

Person MysqlMerges::Merge(const MergeRequest& request) {
  return WriteOnce(
      pool_, request.write,
      [&](Connection& connection) {
        MergeNow(connection, request);
        return platform::ToString(request.into);
      },
      PersonOfAnswer(request.write.shop));
}

Person MysqlMerges::Unmerge(const UnmergeRequest& request) {
  return WriteOnce(
      pool_, request.write,
      [&](Connection& connection) {
        UnmergeNow(connection, request);
        return platform::ToString(request.customer);
      },
      PersonOfAnswer(request.write.shop));
}

std::vector<customer::Merge> MysqlMerges::History(ShopId shop, CustomerId customer, MergeId before,
                                                  std::size_t limit) {
  return platform::Read(pool_, [&](Connection& connection) {
    PersonNow(connection, shop, customer);
    std::vector<customer::Merge> merges;
    Result rows =
        connection.Query(sql::kSelectMergesOf, {shop, customer, shop, customer, before, limit});
    while (rows.Next()) {
      const auto merged = rows.Id<CustomerId>(1);
      merges.push_back({.id = rows.Id<MergeId>(0),
                        .customer = merged,
                        .into = rows.Id<CustomerId>(2),
                        .merged_at = rows.Int64(3),
                        .merger = rows.Id<AccountId>(4),
                        .reason = OpenReason(connection, shop, merged, rows.String(5)),
                        .unmerged_at = rows.Int64(6),
                        .unmerger = rows.Id<AccountId>(7),
                        .unmerge_reason = OpenReason(connection, shop, merged, rows.String(8))});
    }
    return merges;
  });
}

}  // namespace redress::customer
