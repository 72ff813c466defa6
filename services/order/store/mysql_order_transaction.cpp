#include "services/order/store/mysql_order_transaction.h"

#include <algorithm>
#include <string>

#include "services/order/store/address_changes.h"
#include "services/order/store/order_events.h"
#include "services/order/store/order_rows.h"
#include "services/order/store/order_writes.h"
#include "services/order/store/parcel_rows.h"
#include "services/order/store/reminder_rows.h"
#include "services/order/store/sql.h"
#include "services/order/store/unpaid_rows.h"
#include "services/platform/database/error.h"
#include "services/platform/database/requests.h"
#include "services/platform/database/rows.h"

namespace redress::order {
namespace {

using platform::MultiRow;
using platform::Result;
using platform::Value;

constexpr std::size_t kMaxKeys = 256;

std::vector<Value> NumberValues(ShopId shop, std::span<const NumberKey> keys) {
  std::vector<Value> values;
  values.reserve(keys.size() * 3);
  for (const NumberKey& key : keys) values.insert(values.end(), {shop, key.platform, key.number});
  return values;
}

// Adds a list as parameters, its last entry repeated up to one of a few sizes, so that few
// statements are prepared; answers its placeholders.
template <class T>
std::string AddList(std::span<const T> list, std::vector<Value>& values) {
  std::size_t count = 8;
  while (count < list.size()) count *= 8;
  std::string marks;
  for (std::size_t i = 0; i < count; ++i) {
    values.emplace_back(list[std::min(i, list.size() - 1)]);
    marks += i == 0 ? "?" : ",?";
  }
  return marks + ")";
}

// Those whose lines are new or changed; the number of a known order is findable already.
std::vector<const Order*> FindableOrders(std::span<const OrderChange> changes) {
  std::vector<const Order*> orders;
  for (const OrderChange& change : changes) {
    if (change.outcome == Outcome::kCreated || !change.lines.empty()) {
      orders.push_back(&change.order);
    }
  }
  return orders;
}

Candidate ReadCandidate(const Result& row) {
  return {.order = row.Id<OrderId>(0),
          .line = row.Id<LineId>(1),
          .order_number = row.String(2),
          .line_number = row.String(3),
          .customer = row.Id<CustomerId>(4),
          .sku = row.String(5),
          .currency = row.String(6),
          .unit_price = row.String(7),
          .quantity = static_cast<std::int32_t>(row.Int64(8)),
          .order_at = row.Int64(9)};
}

}  // namespace

std::vector<Order> MysqlOrderTransaction::LockByNumber(ShopId shop,
                                                       std::span<const NumberKey> keys) {
  // Ids first, then locks by primary key: everybody locks orders in the order of their ids.
  static const MultiRow find(sql::kFindOrderIds, 3, ")", kMaxKeys);
  std::vector<OrderId> ids;
  find.Query(connection_, NumberValues(shop, keys),
             [&](Result& row) { ids.push_back(row.Id<OrderId>(0)); });
  return LockById(shop, ids);
}

std::vector<Order> MysqlOrderTransaction::LockById(ShopId shop, std::span<const OrderId> orders) {
  return ReadOrders(connection_, shop, orders, Lock::kForUpdate);
}

std::vector<KnownAdjustment> MysqlOrderTransaction::FindAdjustments(
    ShopId shop, std::span<const NumberKey> keys) {
  static const MultiRow find(sql::kFindAdjustments, 3, ")", kMaxKeys);
  std::vector<KnownAdjustment> known;
  find.Query(connection_, NumberValues(shop, keys), [&](Result& row) {
    known.push_back({row.Id<AdjustmentId>(0),
                     {row.String(1), row.String(2)},
                     row.Bytes32(3),
                     row.Uint64(4) != 0});
  });
  return known;
}

std::vector<Candidate> MysqlOrderTransaction::Candidates(ShopId shop,
                                                         std::span<const CustomerId> customers,
                                                         std::span<const std::string> skus,
                                                         std::int64_t ordered_until) {
  std::vector<Value> values{shop, ordered_until};
  std::string statement = sql::kSelectCandidates;
  statement += sql::kAndCustomers + AddList(customers, values);
  statement += sql::kAndSkus + AddList(skus, values);
  std::vector<Candidate> candidates;
  Result rows = connection_.Query(statement, values);
  while (rows.Next()) candidates.push_back(ReadCandidate(rows));
  return candidates;
}

void MysqlOrderTransaction::Save(ShopId shop, std::span<const OrderChange> changes,
                                 std::span<const NewAdjustment> adjustments) {
  changes_.SealAnew(connection_, shop, changes);
  SealTracksAnew(sealer_, connection_, shop, changes);
  changes_.AddOfPlatform(connection_, shop, changes);
  WriteOrders(connection_, shop, changes);
  WriteUnpaidOrders(connection_, shop, changes);
  receivers_.Write(connection_, shop, changes);
  details_.Write(connection_, shop, changes);
  WriteOrderWords(connection_, known_titles_, shop, FindableOrders(changes));
  WriteAdjustments(connection_, shop, adjustments);
  const Attributions attributed = AttributePayments(connection_, shop, changes);
  events_.Append(connection_, EventsOf(shop, changes, adjustments, attributed));
}

Receiver MysqlOrderTransaction::ReadReceiver(ShopId shop, OrderId order) {
  return receivers_.ReadClear(connection_, shop, order);
}

CurrentMemo MysqlOrderTransaction::ReadMemo(ShopId shop, OrderId order) {
  return changes_.ReadMemo(connection_, shop, order);
}

std::uint32_t MysqlOrderTransaction::Record(ShopId shop, const Order& order,
                                            const ChangeRecord& record) {
  return changes_.Add(connection_, shop, order, record);
}

std::uint32_t MysqlOrderTransaction::Acknowledge(ShopId shop, OrderId order,
                                                 const Acknowledgement& acknowledgement) {
  AcknowledgeAddressChanges(connection_, shop, order, acknowledgement);
  return LastAddressChange(connection_, shop, order);
}

std::optional<std::string> MysqlOrderTransaction::FindAnswer(ShopId shop,
                                                             std::string_view request_id,
                                                             const platform::Digest& digest) {
  return platform::FindAnswer(connection_, shop, platform::kClientOrigin, request_id, digest);
}

void MysqlOrderTransaction::RememberAnswer(ShopId shop, std::string_view request_id,
                                           const platform::Digest& digest,
                                           std::string_view answer) {
  platform::RememberAnswer(connection_, shop, platform::kClientOrigin, request_id, digest, answer,
                           clock_.NowUs());
}

void MysqlOrderTransaction::Restart() {
  throw platform::DatabaseError(platform::DatabaseError::Kind::kConflict, 0, "",
                                "an order changed while a refund was matched with it");
}

}  // namespace redress::order
