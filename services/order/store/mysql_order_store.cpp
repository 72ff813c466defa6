#include "services/order/store/mysql_order_store.h"

#include <algorithm>
#include <array>
#include <limits>
#include <utility>

#include "services/order/store/address_changes.h"
#include "services/order/store/mysql_order_transaction.h"
#include "services/order/store/order_rows.h"
#include "services/order/store/sql.h"
#include "services/platform/database/error.h"
#include "services/platform/database/rows.h"
#include "services/platform/database/transact.h"

namespace redress::order {
namespace {

using platform::Connection;
using platform::DatabaseError;
using platform::MultiRow;
using platform::Result;
using platform::Value;

// Somebody else created the same order or adjustment first: run again, it is found now.
constexpr int kMostCreationRaces = 5;

// The server's words for values that a column does not take; repeating does not mend them.
bool IsAboutValues(const DatabaseError& error) {
  constexpr std::array<int, 6> kCodes = {
      1048 /* null */,     1264 /* out of range */, 1366 /* incorrect value */,
      1406 /* too long */, 1690 /* overflow */,     1153 /* packet too large */};
  return error.kind() == DatabaseError::Kind::kCheckViolated ||
         std::find(kCodes.begin(), kCodes.end(), error.code()) != kCodes.end();
}

ListKey StartOf(const std::optional<ListKey>& after) {
  return after.value_or(
      ListKey{std::numeric_limits<std::int64_t>::max(), std::numeric_limits<std::uint64_t>::max()});
}

Adjustment ReadAdjustment(const Result& row) {
  Adjustment adjustment;
  adjustment.id = row.Id<AdjustmentId>(0);
  adjustment.platform = row.String(1);
  adjustment.number = row.String(2);
  adjustment.correction = row.Uint64(3) != 0;
  adjustment.customer = row.Id<CustomerId>(4);
  adjustment.order = row.Id<OrderId>(5);
  adjustment.line = row.Id<LineId>(6);
  adjustment.sku = row.String(7);
  adjustment.quantity = static_cast<std::int32_t>(row.Int64(8));
  adjustment.currency = row.String(9);
  adjustment.amount_minor = row.Int64(10);
  adjustment.adjust_at = row.Int64(11);
  return adjustment;
}

Result QueryPage(Connection& connection, const char* of_shop, const char* of_customer, ShopId shop,
                 CustomerId customer, const ListKey& start, std::size_t limit) {
  const Value at = start.at;
  if (!customer) return connection.Query(of_shop, {shop, at, at, start.id, limit});
  return connection.Query(of_customer, {shop, customer, at, at, start.id, limit});
}

}  // namespace

void MysqlOrderStore::InTransaction(const std::function<void(OrderTransaction&)>& body) {
  for (int attempt = 1;; ++attempt) {
    try {
      platform::Transact(pool_, [&](Connection& connection) {
        MysqlOrderTransaction transaction(connection, sealer_, receivers_, details_, known_titles_,
                                          changes_, events_, clock_);
        body(transaction);
      });
      return;
    } catch (const DatabaseError& error) {
      if (IsAboutValues(error)) throw StorageRefused(error.what());
      if (error.kind() != DatabaseError::Kind::kDuplicateKey || attempt == kMostCreationRaces) {
        throw;
      }
    }
  }
}

std::string MysqlOrderStore::ReceiverHash(ShopId shop, const Receiver& receiver) {
  return receivers_.ContentHash(shop, receiver);
}

std::string MysqlOrderStore::DetailsHash(ShopId shop, const Details& details) {
  return details_.ContentHash(shop, details);
}

std::vector<Order> MysqlOrderStore::List(ShopId shop, CustomerId customer,
                                         std::optional<ListKey> after, std::size_t limit) {
  return platform::Read(pool_, [&](Connection& connection) {
    std::vector<OrderId> ids;
    Result rows = QueryPage(connection, sql::kListOrders, sql::kListOrdersOfCustomer, shop,
                            customer, StartOf(after), limit);
    while (rows.Next()) ids.push_back(rows.Id<OrderId>(0));
    std::vector<Order> orders = ReadOrders(connection, shop, ids, Lock::kNo);
    std::sort(orders.begin(), orders.end(), [](const Order& a, const Order& b) {
      return std::pair(a.order_at, a.id) > std::pair(b.order_at, b.id);
    });
    return orders;
  });
}

std::vector<Adjustment> MysqlOrderStore::ListAdjustments(ShopId shop, CustomerId customer,
                                                         std::optional<ListKey> after,
                                                         std::size_t limit) {
  return platform::Read(pool_, [&](Connection& connection) {
    std::vector<Adjustment> adjustments;
    Result rows = QueryPage(connection, sql::kListAdjustments, sql::kListAdjustmentsOfCustomer,
                            shop, customer, StartOf(after), limit);
    while (rows.Next()) adjustments.push_back(ReadAdjustment(rows));
    return adjustments;
  });
}

std::optional<Order> MysqlOrderStore::Find(ShopId shop, OrderId order) {
  return platform::Read(pool_, [&](Connection& connection) -> std::optional<Order> {
    std::vector<Order> found = ReadOrders(connection, shop, {&order, 1}, Lock::kNo);
    if (found.empty()) return std::nullopt;
    return std::move(found.front());
  });
}

std::optional<Order> MysqlOrderStore::FindByNumber(ShopId shop, const NumberKey& key) {
  static const MultiRow find(sql::kFindOrderIds, 3, ")");
  const OrderId id = platform::Read(pool_, [&](Connection& connection) {
    OrderId found;
    const std::array<Value, 3> values = {shop, key.platform, key.number};
    find.Query(connection, values, [&](Result& row) { found = row.Id<OrderId>(0); });
    return found;
  });
  return id ? Find(shop, id) : std::nullopt;
}

std::vector<KnownNumber> MysqlOrderStore::Numbers(ShopId shop, std::span<const OrderId> orders) {
  static const MultiRow select(sql::kSelectNumbers, 2, ")");
  if (orders.empty()) return {};
  return platform::Read(pool_, [&](Connection& connection) {
    std::vector<KnownNumber> numbers;
    select.Query(connection, KeysOf(shop, orders), [&](Result& row) {
      numbers.push_back({row.Id<OrderId>(0), {row.String(1), row.String(2)}});
    });
    return numbers;
  });
}

std::vector<Receiver> MysqlOrderStore::MaskedReceivers(ShopId shop,
                                                       std::span<const OrderId> orders) {
  return platform::Read(pool_, [&](Connection& connection) {
    return receivers_.ReadMasked(connection, shop, orders);
  });
}

Details MysqlOrderStore::MaskedDetails(ShopId shop, OrderId order) {
  return platform::Read(pool_, [&](Connection& connection) {
    Details details = details_.ReadMasked(connection, shop, order);
    details.memo = changes_.ReadMemo(connection, shop, order).memo.text;
    return details;
  });
}

std::string MysqlOrderStore::MemoHash(ShopId shop, const MemoText& memo) {
  return changes_.MemoHash(shop, memo);
}

Receiver MysqlOrderStore::ClearReceiver(ShopId shop, OrderId order) {
  return platform::Read(pool_, [&](Connection& connection) {
    RequireOrder(connection, shop, order);
    return receivers_.ReadClear(connection, shop, order);
  });
}

CurrentMemo MysqlOrderStore::Memo(ShopId shop, OrderId order) {
  return platform::Read(pool_, [&](Connection& connection) {
    RequireOrder(connection, shop, order);
    return changes_.ReadMemo(connection, shop, order);
  });
}

std::vector<StoredChange> MysqlOrderStore::ListChanges(ShopId shop, OrderId order,
                                                       std::optional<ChangeKind> kind,
                                                       std::uint32_t before, std::size_t limit) {
  return platform::Read(pool_, [&](Connection& connection) {
    RequireOrder(connection, shop, order);
    return changes_.List(connection, shop, order, kind, before, limit);
  });
}

std::vector<AddressChange> MysqlOrderStore::ListAddressChanges(const AddressChangeQuery& query) {
  return platform::Read(
      pool_, [&](Connection& connection) { return ReadAddressChanges(connection, query); });
}

}  // namespace redress::order
