#include "services/order/store/address_changes.h"

#include <limits>

namespace redress::order {
namespace {

using platform::Connection;
using platform::Result;

// Kind 2 is an address. A first page is the one after the largest key.
constexpr char kListOfShop[] =
    "SELECT order_id, change_number, account_id, changed_at, receiver_version, acknowledged_at,"
    " acknowledged_by FROM order_changes FORCE INDEX (by_time) WHERE shop_id = ? AND kind = 2"
    " AND changed_at >= ? AND changed_at <= ?"
    " AND (changed_at < ? OR order_id < ? OR (order_id = ? AND change_number < ?))"
    " ORDER BY changed_at DESC, order_id DESC, change_number DESC LIMIT ?";
constexpr char kListUnknown[] =
    "SELECT order_id, change_number, account_id, changed_at, receiver_version, acknowledged_at,"
    " acknowledged_by FROM order_changes FORCE INDEX (by_unknown) WHERE shop_id = ?"
    " AND unknown_to_warehouse = 1 AND changed_at >= ? AND changed_at <= ?"
    " AND (changed_at < ? OR order_id < ? OR (order_id = ? AND change_number < ?))"
    " ORDER BY changed_at DESC, order_id DESC, change_number DESC LIMIT ?";
constexpr char kListOfOrder[] =
    "SELECT order_id, change_number, account_id, changed_at, receiver_version, acknowledged_at,"
    " acknowledged_by FROM order_changes FORCE INDEX (PRIMARY) WHERE shop_id = ? AND order_id = ?"
    " AND kind = 2 AND changed_at >= ? AND change_number < ? AND unknown_to_warehouse >= ?"
    " ORDER BY change_number DESC LIMIT ?";
constexpr char kAcknowledge[] =
    "UPDATE order_changes SET unknown_to_warehouse = 0, acknowledged_at = ?, acknowledged_by = ?"
    " WHERE shop_id = ? AND order_id = ? AND kind = 2 AND acknowledged_at = 0"
    " AND receiver_version <= ?";
constexpr char kSelectLast[] =
    "SELECT change_number FROM order_changes FORCE INDEX (PRIMARY) WHERE shop_id = ?"
    " AND order_id = ? AND kind = 2 ORDER BY change_number DESC LIMIT 1";

AddressChange ReadChange(const Result& row) {
  return {.order = row.Id<OrderId>(0),
          .number = static_cast<std::uint32_t>(row.Uint64(1)),
          .account = row.Id<AccountId>(2),
          .at = row.Int64(3),
          .receiver_version = static_cast<std::uint32_t>(row.Uint64(4)),
          .acknowledged_at = row.Int64(5),
          .acknowledged_by = row.Id<AccountId>(6)};
}

Result Query(Connection& connection, const AddressChangeQuery& query) {
  const ChangeKey after = query.after.value_or(
      ChangeKey{std::numeric_limits<std::int64_t>::max(), std::numeric_limits<std::uint64_t>::max(),
                std::numeric_limits<std::uint32_t>::max()});
  if (query.order) {
    return connection.Query(kListOfOrder, {query.shop, query.order, query.since, after.number,
                                           unsigned{query.unknown_only}, query.limit});
  }
  return connection.Query(query.unknown_only ? kListUnknown : kListOfShop,
                          {query.shop, query.since, after.at, after.at, after.order, after.order,
                           after.number, query.limit});
}

}  // namespace

std::vector<AddressChange> ReadAddressChanges(Connection& connection,
                                              const AddressChangeQuery& query) {
  std::vector<AddressChange> changes;
  Result rows = Query(connection, query);
  while (rows.Next()) changes.push_back(ReadChange(rows));
  return changes;
}

void AcknowledgeAddressChanges(Connection& connection, ShopId shop, OrderId order,
                               const Acknowledgement& acknowledgement) {
  connection.Execute(kAcknowledge, {acknowledgement.at, acknowledgement.account.value, shop, order,
                                    acknowledgement.receiver_version});
}

std::uint32_t LastAddressChange(Connection& connection, ShopId shop, OrderId order) {
  Result row = connection.Query(kSelectLast, {shop, order});
  return row.Next() ? static_cast<std::uint32_t>(row.Uint64(0)) : 0;
}

}  // namespace redress::order
