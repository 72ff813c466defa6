#include "services/customer/store/due_customers.h"

#include <set>
#include <vector>

#include "services/customer/store/customer_keys.h"
#include "services/customer/store/person_sql.h"
#include "services/platform/database/rows.h"

namespace redress::customer {

using platform::MultiRow;
using platform::Result;
using platform::Value;

void MarkDue(platform::Connection& connection, ShopId shop, std::span<const CustomerId> customers,
             std::int64_t at) {
  static const MultiRow select(sql::kSelectHeads, 2, ")", 512);
  static const MultiRow put(sql::kPutDue, 3, sql::kPutDueTail, 512);
  if (customers.empty()) return;
  std::set<CustomerId> heads;  // ascending: everybody locks in one order
  select.Query(connection, KeysOf(shop, customers), [&](Result& row) {
    const auto head = row.Id<CustomerId>(1);
    heads.insert(head ? head : row.Id<CustomerId>(0));
  });
  if (heads.empty()) return;
  std::vector<Value> rows;
  rows.reserve(heads.size() * 3);
  for (const CustomerId head : heads) rows.insert(rows.end(), {shop, head, at});
  put.Execute(connection, rows);
}

}  // namespace redress::customer
