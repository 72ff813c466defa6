#include "services/customer/store/erasure_store.h"

#include <algorithm>
#include <limits>
#include <string>

#include "services/customer/store/contact_seal.h"
#include "services/customer/store/customer_keys.h"
#include "services/customer/store/person_locks.h"
#include "services/customer/store/privacy_sql.h"
#include "services/customer/store/search_erasure.h"
#include "services/platform/base/errors.h"
#include "services/platform/database/requests.h"
#include "services/platform/database/rows.h"
#include "services/platform/database/transact.h"

namespace redress::customer {
namespace {

using platform::Connection;
using platform::MultiRow;
using platform::Result;
using platform::SubjectKind;

// Every other service that keeps personal data under customers.
constexpr const char* kServices[] = {"aftersales", "desk", "order"};
constexpr int kIdBytes = 8;

std::string PackIds(std::span<const CustomerId> ids) {
  std::string packed;
  for (const CustomerId id : ids) {
    for (int shift = (kIdBytes - 1) * 8; shift >= 0; shift -= 8) {
      packed.push_back(static_cast<char>((id.value >> shift) & 0xff));
    }
  }
  return packed;
}

std::vector<CustomerId> UnpackIds(const std::string& packed) {
  std::vector<CustomerId> ids;
  for (std::size_t at = 0; at + kIdBytes <= packed.size(); at += kIdBytes) {
    std::uint64_t id = 0;
    for (std::size_t i = at; i < at + kIdBytes; ++i) {
      id = (id << 8) | static_cast<unsigned char>(packed[i]);
    }
    ids.push_back(CustomerId{id});
  }
  return ids;
}

std::vector<CustomerId> SelectGroup(Connection& connection, ShopId shop, CustomerId customer) {
  std::vector<CustomerId> group = PersonNow(connection, shop, customer).members;
  std::sort(group.begin(), group.end());
  return group;
}

void LockGroup(Connection& connection, ShopId shop, std::span<const CustomerId> group) {
  static const MultiRow lock(sql::kLockErased, 2, sql::kInIdOrder);
  lock.Query(connection, KeysOf(shop, group), [](Result&) {});
}

}  // namespace

std::vector<CustomerId> MysqlErasureStore::GroupOf(ShopId shop, CustomerId customer) {
  return platform::Read(
      uses_.pool, [&](Connection& connection) { return SelectGroup(connection, shop, customer); });
}

// What sources said of them until now is not learnt again.
void MysqlErasureStore::KeepNickHash(Connection& connection, ShopId shop, CustomerId customer,
                                     std::int64_t now_us) {
  Result row = connection.Query(sql::kSelectNickOfErased, {shop, customer});
  if (!row.Next()) return;
  const std::string hash = ContactSeal(uses_.sealer).NickHash(shop, row.String(0), row.String(1));
  connection.Execute(sql::kKeepErasedNick, {shop, hash, now_us});
}

void MysqlErasureStore::EraseGroup(Connection& connection, ShopId shop, const EraseRequest& request,
                                   std::span<const CustomerId> group) {
  const std::int64_t now = uses_.clock.NowUs();
  for (const CustomerId customer : group) {
    EraseFromSearch(connection, shop, customer);
    for (const char* statement : sql::kForgetCustomer) {
      connection.Execute(statement, {shop, customer});
    }
    connection.Execute(sql::kForgetRevealedContacts, {shop, customer});
    KeepNickHash(connection, shop, customer, now);
    connection.Execute(sql::kEraseCustomer,
                       {ErasedNick(customer), now, request.customer, shop, customer});
    uses_.sealer.DestroySubject(connection, shop, SubjectKind::kCustomer, customer.value);
  }
  const std::uint64_t erasure = uses_.ids.Next();
  const std::string reason =
      uses_.sealer.Seal(connection, shop, SubjectKind::kErasure, erasure, request.reason);
  connection.Execute(sql::kInsertErasure, {shop, request.customer, erasure, PackIds(group),
                                           request.account, reason, now});
  for (const char* service : kServices) {
    connection.Execute(sql::kInsertConfirmation, {shop, request.customer, service});
  }
  events::v1::Event event;
  for (const CustomerId customer : group) {
    event.mutable_customer_erased()->add_customer_ids(customer.value);
  }
  uses_.events.Append(connection, shop, request.customer, now, event);
}

void MysqlErasureStore::Erase(ShopId shop, const EraseRequest& request,
                              std::span<const CustomerId> expected) {
  platform::Transact(uses_.pool, [&](Connection& connection) {
    if (platform::FindAnswer(connection, shop, platform::kClientOrigin, request.request_id,
                             request.digest)) {
      return;
    }
    LockGroup(connection, shop, expected);
    const std::vector<CustomerId> group = SelectGroup(connection, shop, request.customer);
    if (!std::equal(group.begin(), group.end(), expected.begin(), expected.end())) {
      throw platform::Refusal(platform::Code::kAborted, "GROUP_CHANGED",
                              "the customer was merged or parted at the same moment; look again, "
                              "then repeat");
    }
    // Whoever asked for the same at the same moment has erased them by now.
    if (!connection.Query(sql::kFindErasure, {shop, request.customer}).Next()) {
      EraseGroup(connection, shop, request, group);
    }
    platform::RememberAnswer(connection, shop, platform::kClientOrigin, request.request_id,
                             request.digest, "", uses_.clock.NowUs());
  });
}

std::vector<Erasure> MysqlErasureStore::Finished(Connection& connection, ShopId shop, Result rows) {
  std::vector<Erasure> erasures;
  std::vector<std::string> sealed;
  while (rows.Next()) {
    erasures.push_back({.id = rows.Uint64(1),
                        .named = rows.Id<CustomerId>(0),
                        .customers = UnpackIds(rows.String(2)),
                        .account = rows.Id<AccountId>(3),
                        .reason = {},
                        .erased_at = rows.Int64(4),
                        .confirmations = {}});
    sealed.push_back(rows.String(5));
  }
  std::vector<platform::OpenItem> items;
  for (std::size_t i = 0; i < erasures.size(); ++i) {
    items.push_back({{SubjectKind::kErasure, erasures[i].id}, sealed[i]});
  }
  const auto reasons = uses_.sealer.OpenMany(connection, shop, items);
  for (std::size_t i = 0; i < erasures.size(); ++i) {
    erasures[i].reason = reasons[i].value_or(std::string());
    Result told = connection.Query(sql::kListConfirmations, {shop, erasures[i].named});
    while (told.Next()) {
      erasures[i].confirmations.push_back({told.String(0), told.OptInt64(1).value_or(0)});
    }
  }
  return erasures;
}

std::optional<Erasure> MysqlErasureStore::Find(ShopId shop, CustomerId customer) {
  return platform::Read(uses_.pool, [&](Connection& connection) -> std::optional<Erasure> {
    std::vector<Erasure> found =
        Finished(connection, shop, connection.Query(sql::kFindErasure, {shop, customer}));
    if (found.empty()) return std::nullopt;
    return std::move(found.front());
  });
}

std::vector<Erasure> MysqlErasureStore::List(ShopId shop, std::optional<std::uint64_t> before,
                                             std::size_t limit) {
  const std::uint64_t start = before.value_or(std::numeric_limits<std::uint64_t>::max());
  return platform::Read(uses_.pool, [&](Connection& connection) {
    return Finished(connection, shop, connection.Query(sql::kListErasures, {shop, start, limit}));
  });
}

bool MysqlErasureStore::Confirm(ShopId shop, CustomerId named, std::string_view service) {
  return platform::Transact(uses_.pool, [&](Connection& connection) {
    if (!connection.Query(sql::kLockConfirmation, {shop, named, service}).Next()) return false;
    connection.Execute(sql::kConfirm, {uses_.clock.NowUs(), shop, named, service});
    return true;
  });
}

}  // namespace redress::customer
