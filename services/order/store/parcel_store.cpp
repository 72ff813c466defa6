#include "services/order/store/parcel_store.h"

#include <limits>
#include <utility>

#include "services/order/store/once.h"
#include "services/order/store/order_events.h"
#include "services/order/store/order_rows.h"
#include "services/order/store/order_writes.h"
#include "services/order/store/parcel_rows.h"
#include "services/order/store/parcel_sql.h"
#include "services/platform/base/errors.h"

namespace redress::order {
namespace {

using platform::Connection;
using platform::Result;
using platform::SubjectKind;

ListedParcel ReadParcel(const Result& row) {
  return {.order = row.Id<OrderId>(0),
          .key = {row.String(1), row.String(2)},
          .customer = row.Id<CustomerId>(3),
          .shipment = {.carrier = row.String(5),
                       .tracking_number = row.String(4),
                       .shipped_at = row.Int64(6),
                       .received_at = row.Int64(7),
                       .state = static_cast<ParcelState>(row.Uint64(8)),
                       .tracked_at = row.Int64(9)},
          .since = row.Int64(10)};
}

std::vector<OrderId> OrdersOf(Connection& db, ShopId shop, const std::string& tracking_number) {
  std::vector<OrderId> ids;
  Result rows = db.Query(sql::kFindOrdersOfParcel, {shop, tracking_number, kMostOrdersOfParcel});
  while (rows.Next()) ids.push_back(rows.Id<OrderId>(0));
  return ids;
}

}  // namespace

TracksTaken SqlParcelRepository::Take(ShopId shop, const TrackPush& push, std::int64_t now_us) {
  return platform::Transact(pool_, [&](Connection& db) {
    TracksTaken taken;
    std::vector<OrderChange> changes;
    for (const Order& order :
         ReadOrders(db, shop, OrdersOf(db, shop, push.tracking_number), Lock::kForUpdate)) {
      // It may have lost the parcel before it was locked.
      if (order.FindShipment(push.tracking_number) == nullptr) continue;
      ++taken.parcels;
      taken.new_tracks += AddTracks(sealer_, db, shop, order, push);
      changes.push_back(Follow(order, push, now_us));
    }
    WriteOrders(db, shop, changes);
    const std::vector<platform::NewEvent> events = EventsOf(shop, changes, {}, {});
    if (!events.empty()) events_.Append(db, events);
    return taken;
  });
}

std::vector<Track> SqlParcelRepository::ListTracks(ShopId shop, OrderId order,
                                                   const std::optional<TrackKey>& after,
                                                   std::size_t limit) {
  const TrackKey start = after.value_or(TrackKey{std::numeric_limits<std::int64_t>::max(), 0});
  return platform::Read(pool_, [&](Connection& db) {
    RequireOrder(db, shop, order);
    Result rows = db.Query(sql::kListTracks, {shop, order, start.at, start.shown + limit});
    std::vector<Track> tracks;
    std::uint64_t skipped = 0;
    while (rows.Next()) {
      Track track{rows.String(0), rows.Int64(1), {}, false};
      if (track.at == start.at && skipped < start.shown) {
        ++skipped;
        continue;
      }
      auto clear = sealer_.Open(db, shop, static_cast<SubjectKind>(rows.Uint64(2)), rows.Uint64(3),
                                rows.String(4));
      track.erased = !clear;
      if (clear) track.text = *std::move(clear);
      tracks.push_back(std::move(track));
      if (tracks.size() == limit) break;
    }
    return tracks;
  });
}

std::vector<ListedParcel> SqlParcelRepository::List(ShopId shop, const ParcelQuery& query) {
  const ParcelKey start = query.after.value_or(ParcelKey{query.from, {}, 0});
  const char* statement =
      query.list == ParcelList::kSilent ? sql::kListSilentParcels : sql::kListUntoldParcels;
  return platform::Read(pool_, [&](Connection& db) {
    Result rows = db.Query(statement, {shop, start.since, query.until, start.since, start.order,
                                       query.limit + start.shown});
    std::vector<ListedParcel> parcels;
    std::uint64_t skipped = 0;
    while (rows.Next() && parcels.size() < query.limit) {
      ListedParcel parcel = ReadParcel(rows);
      const bool shown = parcel.since == start.since && parcel.order == start.order;
      if (shown && skipped < start.shown) {
        ++skipped;
      } else {
        parcels.push_back(std::move(parcel));
      }
    }
    return parcels;
  });
}

Told SqlParcelRepository::MarkTold(const Write& write, OrderId order,
                                   const std::string& tracking_number) {
  const auto find = [&](Connection& db) {
    Result rows = db.Query(sql::kFindTold, {write.shop, order, tracking_number});
    if (!rows.Next()) throw platform::NotFound("parcel", tracking_number);
    return Told{rows.Int64(0), rows.Id<AccountId>(1)};
  };
  return WriteOnce(
      pool_, write,
      [&](Connection& db) {
        RequireOrder(db, write.shop, order);
        find(db);
        db.Execute(sql::kMarkTold,
                   {write.now_us, write.account, write.shop, order, tracking_number});
        return std::string();
      },
      [&](Connection& db, const std::string&) { return find(db); });
}

}  // namespace redress::order
