#include "services/customer/store/contact_rows.h"

#include <algorithm>

#include "services/customer/store/care_sql.h"
#include "services/customer/store/customer_keys.h"
#include "services/customer/store/person_locks.h"
#include "services/platform/database/rows.h"

namespace redress::customer {

using platform::Connection;
using platform::MultiRow;
using platform::Result;
using platform::Value;

namespace {

constexpr std::size_t kMostRows = 64;  // above kMostMembers

std::vector<Value> RowsOf(const ShopId& shop, std::span<const CustomerId> members,
                          const Value& contacted_at) {
  std::vector<Value> rows;
  for (const CustomerId member : members) {
    rows.insert(rows.end(), {shop, member, nullptr, contacted_at});
  }
  return rows;
}

}  // namespace

std::vector<CustomerId> GroupOf(Connection& db, ShopId shop, CustomerId customer) {
  std::vector<CustomerId> members = PersonNow(db, shop, customer).members;
  std::sort(members.begin(), members.end());
  return members;
}

bool AnyAsksForNoContact(Connection& db, ShopId shop, std::span<const CustomerId> members) {
  static const MultiRow select(sql::kFindNoContact, 2, ")", kMostRows);
  bool any = false;
  select.Query(db, KeysOf(shop, members), [&](Result&) { any = true; });
  return any;
}

bool IsUnwanted(Connection& db, ShopId shop, std::span<const CustomerId> members) {
  static const MultiRow select(sql::kSelectUnwanted, 2, ")", kMostRows);
  bool unwanted = false;
  select.Query(db, KeysOf(shop, members), [&](Result& row) { unwanted |= row.Int64(0) != 0; });
  return unwanted;
}

PersonContacts LockContacts(Connection& db, ShopId shop, std::span<const CustomerId> members) {
  static const MultiRow make(sql::kMakeContacts, 4, sql::kMakeContactsTail, kMostRows);
  static const MultiRow lock(sql::kLockContacts, 2, sql::kInOrder, kMostRows);
  make.Execute(db, RowsOf(shop, members, nullptr));
  PersonContacts contacts;
  lock.Query(db, KeysOf(shop, members), [&](Result& row) {
    if (const auto by = row.Id<CareTaskId>(1)) contacts.reserved_by = by;
    contacts.contacted_at = std::max(contacts.contacted_at, row.OptInt64(2).value_or(0));
  });
  contacts.unwanted = IsUnwanted(db, shop, members);
  return contacts;
}

void RecordContact(Connection& db, ShopId shop, std::span<const CustomerId> members,
                   std::int64_t now_us) {
  static const MultiRow record(sql::kMakeContacts, 4, sql::kRecordContactsTail, kMostRows);
  record.Execute(db, RowsOf(shop, members, now_us));
}

}  // namespace redress::customer
