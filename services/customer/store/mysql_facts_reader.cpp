#include "services/customer/store/mysql_facts_reader.h"

#include <algorithm>
#include <limits>
#include <unordered_map>

#include "services/customer/store/fact_rows.h"
#include "services/customer/store/mysql_people.h"
#include "services/customer/store/person_reads.h"
#include "services/customer/store/read_sql.h"
#include "services/customer/store/rfm_rows.h"
#include "services/customer/store/sql.h"
#include "services/customer/store/union_of.h"
#include "services/platform/database/rows.h"
#include "services/platform/database/transact.h"

namespace redress::customer {
namespace {

using platform::Connection;
using platform::MultiRow;
using platform::Result;
using platform::Value;

using OrdersByCustomer = std::unordered_map<CustomerId, std::vector<RecentOrder>>;

constexpr std::int64_t kLatest = std::numeric_limits<std::int64_t>::max();
constexpr std::uint64_t kHighest = std::numeric_limits<std::uint64_t>::max();

// The people of those heads that are heads.
std::vector<Person> PeopleUnder(Connection& connection, ShopId shop,
                                std::span<const CustomerId> heads) {
  std::vector<Person> people = SelectPeople(connection, shop, heads);
  std::erase_if(people, [&](const Person& person) {
    return std::find(heads.begin(), heads.end(), person.head) == heads.end();
  });
  return people;
}

OrdersByCustomer SelectRecent(Connection& connection, ShopId shop,
                              std::span<const CustomerId> customers) {
  static const UnionOf select(sql::kSelectOrdersOf);
  OrdersByCustomer orders;
  select.Query(connection, shop, customers, {kLatest, kLatest, kHighest, kMostRecentOrders},
               [&](Result& row) {
                 OrderFact order = ReadOrder(row);
                 orders[order.customer].push_back({order.id, order.ordered_at, order.paid_at,
                                                   std::move(order.currency), order.paid_minor,
                                                   std::move(order.articles)});
               });
  return orders;
}

std::vector<RecentOrder> RecentOf(const Person& person, OrdersByCustomer& orders) {
  std::vector<RecentOrder> recent;
  for (const CustomerId member : person.members) {
    const auto found = orders.find(member);
    if (found == orders.end()) continue;
    std::move(found->second.begin(), found->second.end(), std::back_inserter(recent));
  }
  std::sort(recent.begin(), recent.end(), [](const RecentOrder& a, const RecentOrder& b) {
    return std::pair(a.ordered_at, a.order) > std::pair(b.ordered_at, b.order);
  });
  if (recent.size() > kMostRecentOrders) recent.resize(kMostRecentOrders);
  return recent;
}

// Platform, nick and age of the rows.
void SelectProfiles(Connection& connection, ShopId shop, std::span<const CustomerId> customers,
                    std::unordered_map<CustomerId, Customer>& profiles) {
  static const MultiRow select(sql::kSelectCustomers, 2, ")", 512);
  std::vector<Value> keys;
  for (const CustomerId customer : customers) keys.insert(keys.end(), {shop, customer});
  select.Query(connection, keys, [&](Result& row) {
    const auto id = row.Id<CustomerId>(0);
    profiles[id] = {.id = id,
                    .platform = row.String(1),
                    .nick = row.String(2),
                    .version = static_cast<std::uint32_t>(row.Uint64(3)),
                    .created_at = row.Int64(4)};
  });
}

}  // namespace

std::vector<CustomerFacts> MysqlFactsReader::Read(ShopId shop, std::span<const CustomerId> heads) {
  if (heads.empty()) return {};
  return platform::Read(pool_, [&](Connection& connection) {
    std::vector<CustomerFacts> facts;
    const std::vector<Person> people = PeopleUnder(connection, shop, heads);
    if (people.empty()) return facts;
    std::vector<CustomerId> members;
    for (const Person& person : people) {
      members.insert(members.end(), person.members.begin(), person.members.end());
    }
    std::unordered_map<CustomerId, Customer> profiles;
    SelectProfiles(connection, shop, members, profiles);
    const FiguresByCustomer figures = SelectFigures(connection, shop, members);
    const std::optional<RfmBounds> bounds = SelectBounds(connection, shop, kNewestVersion);
    OrdersByCustomer orders = SelectRecent(connection, shop, members);
    for (const Person& person : people) {
      CustomerFacts& one = facts.emplace_back();
      const Customer& head = profiles[person.head];
      one.customer = person.head;
      one.members = person.members;
      one.platform = head.platform;
      one.nick = head.nick;
      one.first_seen_at = head.created_at;
      for (const CustomerId member : person.members) {
        one.first_seen_at = std::min(one.first_seen_at, profiles[member].created_at);
      }
      one.figures = FiguresOf(person, figures);
      if (bounds) one.rfm = ScoresOf(one.figures, *bounds);
      one.recent_orders = RecentOf(person, orders);
    }
    return facts;
  });
}

}  // namespace redress::customer
