#include "services/order/store/parcel_rows.h"

#include <set>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "services/order/store/order_rows.h"
#include "services/order/store/parcel_sql.h"
#include "services/order/store/sealed_texts.h"
#include "services/platform/database/rows.h"

namespace redress::order {
namespace {

using platform::Connection;
using platform::MultiRow;
using platform::Result;
using platform::Subject;
using platform::SubjectKind;
using platform::Value;

struct Row {
  OrderId order;
  std::int64_t at;
  std::string tracking_number;
  std::string text_hash;
  Subject subject;
  std::string sealed;
};

}  // namespace

std::uint32_t AddTracks(platform::Sealer& sealer, Connection& connection, ShopId shop,
                        const Order& order, const TrackPush& push) {
  static const MultiRow insert(sql::kInsertTracks, sql::kTrackColumns);
  std::set<std::pair<std::int64_t, std::string>> known;
  Result rows = connection.Query(sql::kFindTracks, {shop, order.id, push.tracking_number});
  while (rows.Next()) known.emplace(rows.Int64(0), rows.String(1));
  std::vector<ClearText> texts;
  std::vector<std::pair<std::int64_t, std::string>> keys;
  for (const Track& track : push.tracks) {
    if (known.size() >= kMostTracks) break;
    std::pair key{track.at, sealer.KeyedHash(shop, "parcel-track", track.text)};
    if (!known.insert(key).second) continue;
    keys.push_back(std::move(key));
    texts.push_back({&order, track.text});
  }
  if (texts.empty()) return 0;
  const std::vector<SealedText> sealed = SealTexts(sealer, connection, shop, texts);
  std::vector<Value> values;
  values.reserve(sealed.size() * sql::kTrackColumns);
  for (std::size_t i = 0; i < sealed.size(); ++i) {
    values.insert(values.end(), {shop, order.id, push.tracking_number, keys[i].first,
                                 keys[i].second, static_cast<unsigned>(sealed[i].subject.kind),
                                 sealed[i].subject.id, sealed[i].sealed});
  }
  insert.Execute(connection, values);
  return static_cast<std::uint32_t>(sealed.size());
}

void SealTracksAnew(platform::Sealer& sealer, Connection& connection, ShopId shop,
                    std::span<const OrderChange> changes) {
  static const MultiRow select(sql::kSelectTracksToSeal, 2, ")", 256);
  std::unordered_map<OrderId, const Order*> moved;
  std::vector<OrderId> ids;
  for (const OrderChange& change : changes) {
    if (!change.new_customer) continue;
    moved.emplace(change.order.id, &change.order);
    ids.push_back(change.order.id);
  }
  if (ids.empty()) return;
  std::vector<Row> rows;
  select.Query(connection, KeysOf(shop, ids), [&](Result& row) {
    rows.push_back({row.Id<OrderId>(0),
                    row.Int64(1),
                    row.String(2),
                    row.String(3),
                    {static_cast<SubjectKind>(row.Uint64(4)), row.Uint64(5)},
                    row.String(6)});
  });
  for (const Row& row : rows) {
    const Subject to = SubjectOf(*moved.at(row.order));
    const auto clear = sealer.Open(connection, shop, row.subject.kind, row.subject.id, row.sealed);
    if (!clear) continue;  // erased before
    const std::string sealed = sealer.Seal(connection, shop, to.kind, to.id, *clear);
    connection.Execute(sql::kSealTrack, {static_cast<unsigned>(to.kind), to.id, sealed, shop,
                                         row.order, row.at, row.tracking_number, row.text_hash});
  }
}

}  // namespace redress::order
