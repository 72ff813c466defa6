// Statements about parcels and what carriers tell of them.
#pragma once

namespace redress::order::sql {

inline constexpr char kFindOrdersOfParcel[] =
    "SELECT order_id FROM shipments FORCE INDEX (by_tracking)"
    " WHERE shop_id = ? AND tracking_number = ? ORDER BY order_id DESC LIMIT ?";

inline constexpr int kTrackColumns = 8;
inline constexpr char kInsertTracks[] =
    "INSERT INTO parcel_tracks (shop_id, order_id, tracking_number, track_at, text_hash,"
    " subject_kind, subject_id, sealed) VALUES ";
inline constexpr char kFindTracks[] =
    "SELECT track_at, text_hash FROM parcel_tracks FORCE INDEX (PRIMARY)"
    " WHERE shop_id = ? AND order_id = ? AND tracking_number = ?";
inline constexpr char kListTracks[] =
    "SELECT tracking_number, track_at, subject_kind, subject_id, sealed FROM parcel_tracks"
    " FORCE INDEX (PRIMARY) WHERE shop_id = ? AND order_id = ? AND track_at <= ?"
    " ORDER BY track_at DESC, tracking_number DESC, text_hash DESC LIMIT ?";
inline constexpr char kSelectTracksToSeal[] =
    "SELECT order_id, track_at, tracking_number, text_hash, subject_kind, subject_id, sealed"
    " FROM parcel_tracks FORCE INDEX (PRIMARY) WHERE (shop_id, order_id) IN (";
inline constexpr char kSealTrack[] =
    "UPDATE parcel_tracks SET subject_kind = ?, subject_id = ?, sealed = ? WHERE shop_id = ?"
    " AND order_id = ? AND track_at = ? AND tracking_number = ? AND text_hash = ?";

// The order's own state is looked at as well: parcels of before do not know that it is over.
inline constexpr char kListSilentParcels[] =
    "SELECT s.order_id, o.platform, o.order_number, o.customer_id, s.tracking_number, s.carrier,"
    " s.shipped_at, s.received_at, s.state, s.tracked_at, s.silent_since"
    " FROM shipments AS s FORCE INDEX (by_silence) STRAIGHT_JOIN orders AS o"
    " ON o.shop_id = s.shop_id AND o.order_id = s.order_id AND o.status < 4"
    " WHERE s.shop_id = ? AND s.silent_since >= ? AND s.silent_since <= ?"
    " AND (s.silent_since > ? OR s.order_id >= ?)"
    " ORDER BY s.silent_since, s.order_id, s.tracking_number LIMIT ?";
inline constexpr char kListUntoldParcels[] =
    "SELECT s.order_id, o.platform, o.order_number, o.customer_id, s.tracking_number, s.carrier,"
    " s.shipped_at, s.received_at, s.state, s.tracked_at, s.untold_since"
    " FROM shipments AS s FORCE INDEX (by_untold) STRAIGHT_JOIN orders AS o"
    " ON o.shop_id = s.shop_id AND o.order_id = s.order_id AND o.status < 4"
    " WHERE s.shop_id = ? AND s.untold_since >= ? AND s.untold_since <= ?"
    " AND (s.untold_since > ? OR s.order_id >= ?)"
    " ORDER BY s.untold_since, s.order_id, s.tracking_number LIMIT ?";

inline constexpr char kFindTold[] =
    "SELECT told_at, told_by FROM shipments WHERE shop_id = ? AND order_id = ?"
    " AND tracking_number = ?";
inline constexpr char kMarkTold[] =
    "UPDATE shipments SET told_at = ?, told_by = ? WHERE shop_id = ? AND order_id = ?"
    " AND tracking_number = ? AND told_at = 0";

}  // namespace redress::order::sql
