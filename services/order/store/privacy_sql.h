// The statements about reveals, exports, erasures and retention of orders' contact data. Heads end
// where rows of placeholders follow.
#pragma once

namespace redress::order::sql {

// Copied as it is: the reveal shows for ever what it showed.
inline constexpr char kInsertReceiverReveal[] =
    "INSERT INTO receiver_reveals (shop_id, reveal_id, order_id, subject_kind, subject_id, sealed,"
    " revealed_at) SELECT shop_id, ?, order_id, subject_kind, subject_id, sealed, ?"
    " FROM order_contacts WHERE shop_id = ? AND order_id = ?"
    " ON DUPLICATE KEY UPDATE shop_id = VALUES(shop_id)";
inline constexpr char kSelectReceiverReveal[] =
    "SELECT subject_kind, subject_id, sealed FROM receiver_reveals"
    " WHERE shop_id = ? AND reveal_id = ? AND order_id = ?";

inline constexpr char kListOrdersOfPerson[] =
    "SELECT order_id, platform, order_number, order_at, region, status FROM orders"
    " FORCE INDEX (by_customer) WHERE shop_id = ? AND customer_id = ? AND order_at >= ?"
    " AND (order_at > ? OR order_id > ?) ORDER BY order_at, order_id LIMIT ?";

// What a person bought, what was changed of their orders, and what carriers told of them.
// Every order has a line: one order more than the lines of a page fills it.
inline constexpr char kListLinesOfPerson[] =
    "SELECT l.order_id, l.line_id, o.order_number, o.order_at, l.line_number, l.title, l.quantity,"
    " o.currency, l.paid_minor, l.removed"
    " FROM (SELECT shop_id, order_id, order_number, order_at, currency"
    " FROM orders FORCE INDEX (by_customer) WHERE shop_id = ? AND customer_id = ?"
    " AND order_id >= ? ORDER BY order_id LIMIT ?) AS o"
    " STRAIGHT_JOIN order_lines l FORCE INDEX (PRIMARY)"
    " ON l.shop_id = o.shop_id AND l.order_id = o.order_id"
    " WHERE l.order_id > ? OR l.line_id > ? ORDER BY l.order_id, l.line_id LIMIT ?";
inline constexpr char kListChangesOfPerson[] =
    "SELECT c.order_id, c.change_number, c.kind, c.account_id, c.changed_at, c.subject_kind,"
    " c.subject_id, c.sealed FROM orders o FORCE INDEX (by_customer) STRAIGHT_JOIN order_changes c"
    " FORCE INDEX (PRIMARY) ON c.shop_id = o.shop_id AND c.order_id = o.order_id"
    " WHERE o.shop_id = ? AND o.customer_id = ?"
    " AND (c.order_id > ? OR (c.order_id = ? AND c.change_number > ?))"
    " ORDER BY c.order_id, c.change_number LIMIT ?";
inline constexpr char kListTracksOfPerson[] =
    "SELECT t.order_id, t.track_at, t.tracking_number, t.subject_kind, t.subject_id, t.sealed"
    " FROM orders o FORCE INDEX (by_customer) STRAIGHT_JOIN parcel_tracks t FORCE INDEX (PRIMARY)"
    " ON t.shop_id = o.shop_id AND t.order_id = o.order_id"
    " WHERE o.shop_id = ? AND o.customer_id = ? AND o.order_id >= ?"
    " ORDER BY t.order_id, t.track_at, t.tracking_number, t.text_hash LIMIT ?";

// What is left to destroy of a person: contacts and details of their orders.
inline constexpr char kFindContactsOfPerson[] =
    "SELECT o.order_id FROM orders o FORCE INDEX (by_customer) JOIN order_contacts c"
    " ON c.shop_id = o.shop_id AND c.order_id = o.order_id"
    " WHERE o.shop_id = ? AND o.customer_id = ? LIMIT ?";
inline constexpr char kFindDetailsOfPerson[] =
    "SELECT o.order_id FROM orders o FORCE INDEX (by_customer) JOIN order_details d"
    " ON d.shop_id = o.shop_id AND d.order_id = o.order_id"
    " WHERE o.shop_id = ? AND o.customer_id = ? LIMIT ?";
inline constexpr char kLockOrders[] =
    "SELECT order_id FROM orders FORCE INDEX (PRIMARY) WHERE (shop_id, order_id) IN (";
inline constexpr char kInIdOrder[] = ") ORDER BY order_id FOR UPDATE";
inline constexpr char kDeleteContacts[] =
    "DELETE FROM order_contacts WHERE (shop_id, order_id) IN (";
inline constexpr char kDeleteDetails[] = "DELETE FROM order_details WHERE (shop_id, order_id) IN (";
inline constexpr char kDeleteReveals[] =
    "DELETE FROM receiver_reveals WHERE (shop_id, order_id) IN (";
inline constexpr char kDeleteTracks[] = "DELETE FROM parcel_tracks WHERE (shop_id, order_id) IN (";
// ChangeKind memo and address. Who changed what and when stays, and why a price was changed.
inline constexpr char kForgetChanges[] =
    "UPDATE order_changes SET sealed = '' WHERE (shop_id, order_id) IN (";
inline constexpr char kOfMemosAndAddresses[] = ") AND kind IN (1, 2)";
inline constexpr char kForgetTextHashes[] =
    "UPDATE orders SET details_hash = '', memo_hash = '' WHERE (shop_id, order_id) IN (";

// Old orders of which anything is left that Forget destroys, behind a time and an order.
inline constexpr char kFindOldOrders[] =
    "SELECT o.order_id, o.order_at FROM orders o FORCE INDEX (by_time)"
    " WHERE o.shop_id = ? AND o.order_at < ? AND o.order_at >= ? AND (o.order_at > ? OR o.order_id "
    "> ?)"
    " AND (EXISTS (SELECT 1 FROM order_contacts c WHERE c.shop_id = o.shop_id"
    " AND c.order_id = o.order_id)"
    " OR EXISTS (SELECT 1 FROM order_details d WHERE d.shop_id = o.shop_id"
    " AND d.order_id = o.order_id)"
    " OR EXISTS (SELECT 1 FROM order_changes h WHERE h.shop_id = o.shop_id"
    " AND h.order_id = o.order_id AND h.kind IN (1, 2) AND h.sealed <> '')"
    " OR EXISTS (SELECT 1 FROM parcel_tracks t WHERE t.shop_id = o.shop_id"
    " AND t.order_id = o.order_id))"
    " ORDER BY o.order_at, o.order_id LIMIT ?";

}  // namespace redress::order::sql
