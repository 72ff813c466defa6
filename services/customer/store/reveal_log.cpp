#include "services/customer/store/reveal_log.h"

#include <limits>
#include <string>

#include "services/customer/store/privacy_sql.h"
#include "services/platform/database/transact.h"

namespace redress::customer {
namespace {

using platform::Connection;
using platform::Result;

constexpr std::int64_t kEndOfTime = std::numeric_limits<std::int64_t>::max();
constexpr std::uint64_t kLastId = std::numeric_limits<std::uint64_t>::max();

Result Query(Connection& connection, ShopId shop, const RevealQuery& query) {
  const auto [at, id] = query.after.value_or(std::pair(kEndOfTime, kLastId));
  if (query.account) {
    return connection.Query(sql::kListRevealsOfAccount,
                            {shop, query.account, at, at, id, query.limit});
  }
  if (query.customer) {
    return connection.Query(sql::kListRevealsOfCustomer, {shop, query.customer, id, query.limit});
  }
  return connection.Query(sql::kListReveals, {shop, at, at, id, query.limit});
}

}  // namespace

std::vector<Reveal> MysqlRevealLog::List(ShopId shop, const RevealQuery& query) {
  return platform::Read(pool_, [&](Connection& connection) {
    std::vector<Reveal> reveals;
    std::vector<std::string> sealed;
    Result rows = Query(connection, shop, query);
    while (rows.Next()) {
      reveals.push_back({.id = rows.Uint64(1),
                         .kind = static_cast<RevealKind>(rows.Uint64(2)),
                         .customer = rows.Id<CustomerId>(3),
                         .order = rows.Id<OrderId>(4),
                         .account = rows.Id<AccountId>(5),
                         .client = rows.String(6),
                         .reason = {},
                         .revealed_at = rows.Int64(7)});
      sealed.push_back(rows.String(8));
    }
    contacts_.OpenReasons(connection, shop, reveals, sealed);
    return reveals;
  });
}

platform::RetentionRule RevealRetention() {
  return {.setting = "retention_reveal_months",
          .destroys = "the record of who saw personal data",
          .count =
              [](Connection& connection, ShopId shop, std::int64_t older_than, std::size_t most) {
                Result row = connection.Query(sql::kCountOldReveals, {shop, older_than, most});
                return row.Next() ? row.Uint64(0) : 0;
              },
          .destroy_some =
              [](Connection& connection, ShopId shop, std::int64_t older_than, std::size_t most,
                 platform::RetentionPlace&) {
                return connection.Execute(sql::kDeleteOldReveals, {shop, older_than, most});
              }};
}

}  // namespace redress::customer
