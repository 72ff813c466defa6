#include "services/aftersales/store/contact_refusals.h"

#include <vector>

#include "services/aftersales/store/row_cursor.h"
#include "services/platform/database/rows.h"

namespace redress::aftersales {
namespace {

using platform::Value;

constexpr std::size_t kMaxRows = 64;
constexpr char kFindHead[] =
    "SELECT shop_id, customer_id FROM contact_refusals WHERE (shop_id, customer_id) IN (";
constexpr char kInsertHead[] =
    "INSERT INTO contact_refusals (shop_id, customer_id, case_id, sequence, refused_at) VALUES ";
constexpr char kInsertTail[] = " ON DUPLICATE KEY UPDATE shop_id = VALUES(shop_id)";
const platform::MultiRow kFind(kFindHead, 2, ")", kMaxRows);
const platform::MultiRow kInsert(kInsertHead, 5, kInsertTail, kMaxRows);

}  // namespace

std::set<CustomerKey> FindContactRefusals(platform::Connection& db,
                                          const std::set<CustomerKey>& customers) {
  std::set<CustomerKey> found;
  std::vector<Value> values;
  for (const auto& [shop, customer] : customers) values.insert(values.end(), {shop, customer});
  kFind.Query(db, values, [&](platform::Result& result) {
    RowCursor row(result);
    CustomerKey key;
    row >> key.first, row >> key.second;
    found.insert(key);
  });
  return found;
}

void WriteContactRefusals(platform::Connection& db, std::span<const ContactRefusal> refusals) {
  if (refusals.empty()) return;
  std::vector<Value> values;
  for (const ContactRefusal& one : refusals) {
    values.insert(values.end(),
                  {one.shop, one.customer, one.case_id, one.sequence, one.refused_at});
  }
  kInsert.Execute(db, values);
}

}  // namespace redress::aftersales
