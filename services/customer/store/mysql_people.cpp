#include "services/customer/store/mysql_people.h"

#include <unordered_map>
#include <utility>

#include "services/customer/store/person_sql.h"
#include "services/platform/base/errors.h"
#include "services/platform/database/rows.h"
#include "services/platform/database/transact.h"

namespace redress::customer {

using platform::Connection;
using platform::MultiRow;
using platform::Result;
using platform::Value;

std::vector<Person> SelectPeople(Connection& connection, ShopId shop,
                                 std::span<const CustomerId> customers) {
  static const MultiRow select_heads(sql::kSelectHeads, 2, ")", 256);
  static const MultiRow select_members(sql::kSelectMembers, 2, sql::kByHead, 256);
  if (customers.empty()) return {};
  std::vector<Value> keys;
  for (const CustomerId customer : customers) keys.insert(keys.end(), {shop, customer});
  std::unordered_map<CustomerId, CustomerId> head_of;
  select_heads.Query(connection, keys, [&](Result& row) {
    const auto customer = row.Id<CustomerId>(0);
    const auto head = row.Id<CustomerId>(1);
    head_of[customer] = head ? head : customer;
  });
  std::vector<Person> people;
  std::unordered_map<CustomerId, std::size_t> place;
  std::vector<Value> heads;
  for (const CustomerId customer : customers) {
    const auto found = head_of.find(customer);
    if (found == head_of.end()) continue;
    if (!place.emplace(found->second, people.size()).second) continue;
    people.push_back({found->second, {found->second}});
    heads.insert(heads.end(), {shop, found->second});
  }
  if (people.empty()) return people;
  select_members.Query(connection, heads, [&](Result& row) {
    people[place.at(row.Id<CustomerId>(0))].members.push_back(row.Id<CustomerId>(1));
  });
  return people;
}

Person MysqlPeople::PersonOf(ShopId shop, CustomerId customer) {
  std::vector<Person> people = PeopleOf(shop, {&customer, 1});
  if (people.empty()) throw platform::NotFound("customer", platform::ToString(customer));
  return std::move(people.front());
}

std::vector<Person> MysqlPeople::PeopleOf(ShopId shop, std::span<const CustomerId> customers) {
  return platform::Read(
      pool_, [&](Connection& connection) { return SelectPeople(connection, shop, customers); });
}

}  // namespace redress::customer
