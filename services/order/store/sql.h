// Every statement of the order store. Heads end where rows of placeholders follow.
#pragma once

namespace redress::order::sql {

inline constexpr int kOrderColumns = 19;
inline constexpr char kInsertOrders[] =
    "INSERT INTO orders (shop_id, order_id, platform, order_number, customer_id, status, currency,"
    " region, order_at, paid_at, source_at, version, derived, details_hash, receiver_at,"
    " receiver_version, price_at, memo_at, memo_hash) VALUES ";

// Rows that are known and locked; the head is kInsertOrders.
inline constexpr char kUpdateOrders[] =
    " ON DUPLICATE KEY UPDATE shop_id = VALUES(shop_id), customer_id = VALUES(customer_id), status "
    "= VALUES(status),"
    " region = VALUES(region), order_at = VALUES(order_at), paid_at = VALUES(paid_at),"
    " source_at = VALUES(source_at), version = VALUES(version), derived = VALUES(derived),"
    " details_hash = VALUES(details_hash), receiver_at = VALUES(receiver_at),"
    " receiver_version = VALUES(receiver_version), price_at = VALUES(price_at),"
    " memo_at = VALUES(memo_at), memo_hash = VALUES(memo_hash)";

inline constexpr char kFindOrderIds[] =
    "SELECT order_id FROM orders FORCE INDEX (by_number)"
    " WHERE (shop_id, platform, order_number) IN (";

inline constexpr char kSelectOrders[] =
    "SELECT order_id, platform, order_number, customer_id, status, currency, region, order_at,"
    " paid_at, source_at, version, derived, details_hash, receiver_at, receiver_version, price_at,"
    " memo_at, memo_hash FROM orders FORCE INDEX (PRIMARY)"
    " WHERE (shop_id, order_id) IN (";
inline constexpr char kSelectNumbers[] =
    "SELECT order_id, platform, order_number FROM orders FORCE INDEX (PRIMARY)"
    " WHERE (shop_id, order_id) IN (";
inline constexpr char kForUpdate[] = ") FOR UPDATE";

// A first page is the one after the largest key.
inline constexpr char kListOrders[] =
    "SELECT order_id FROM orders FORCE INDEX (by_time) WHERE shop_id = ? AND order_at <= ?"
    " AND (order_at < ? OR order_id < ?) ORDER BY order_at DESC, order_id DESC LIMIT ?";
inline constexpr char kListOrdersOfCustomer[] =
    "SELECT order_id FROM orders FORCE INDEX (by_customer) WHERE shop_id = ? AND customer_id = ?"
    " AND order_at <= ? AND (order_at < ? OR order_id < ?)"
    " ORDER BY order_at DESC, order_id DESC LIMIT ?";

inline constexpr int kLineColumns = 18;
inline constexpr char kInsertLines[] =
    "INSERT INTO order_lines (shop_id, order_id, line_number, line_id, sku, title, quantity,"
    " unit_price, paid_minor, refunded_elsewhere_minor, adjusted_minor, postage, removed, category,"
    " properties, status, refund_status, tracking_number) VALUES ";
inline constexpr char kUpdateLines[] =
    " ON DUPLICATE KEY UPDATE shop_id = VALUES(shop_id), sku = VALUES(sku), title = VALUES(title),"
    " quantity = VALUES(quantity), unit_price = VALUES(unit_price),"
    " paid_minor = VALUES(paid_minor),"
    " refunded_elsewhere_minor = VALUES(refunded_elsewhere_minor),"
    " adjusted_minor = VALUES(adjusted_minor), postage = VALUES(postage),"
    " removed = VALUES(removed), category = VALUES(category), properties = VALUES(properties),"
    " status = VALUES(status), refund_status = VALUES(refund_status),"
    " tracking_number = VALUES(tracking_number)";
inline constexpr char kSelectLines[] =
    "SELECT order_id, line_number, line_id, sku, title, quantity, unit_price, paid_minor,"
    " refunded_elsewhere_minor, adjusted_minor, postage, removed, category, properties, status,"
    " refund_status, tracking_number FROM order_lines FORCE INDEX (PRIMARY) WHERE (shop_id, "
    "order_id) IN (";

inline constexpr int kShipmentColumns = 9;
inline constexpr char kWriteShipments[] =
    "INSERT INTO shipments (shop_id, order_id, tracking_number, carrier, shipped_at, received_at,"
    " state, tracked_at, ended) VALUES ";
inline constexpr char kUpdateShipments[] =
    " ON DUPLICATE KEY UPDATE shop_id = VALUES(shop_id), carrier = VALUES(carrier), shipped_at = "
    "VALUES(shipped_at),"
    " received_at = VALUES(received_at), state = VALUES(state), tracked_at = VALUES(tracked_at),"
    " ended = VALUES(ended)";
// The parcels of orders that are over: nobody has to look after them.
inline constexpr char kEndShipments[] =
    "UPDATE shipments SET ended = 1 WHERE ended = 0 AND (shop_id, order_id) IN (";
inline constexpr char kDeleteShipments[] =
    "DELETE FROM shipments WHERE (shop_id, order_id, tracking_number) IN (";
inline constexpr char kSelectShipments[] =
    "SELECT order_id, tracking_number, carrier, shipped_at, received_at, state, tracked_at"
    " FROM shipments FORCE INDEX (PRIMARY) WHERE (shop_id, order_id) IN (";

inline constexpr int kContactColumns = 7;
inline constexpr char kWriteContacts[] =
    "INSERT INTO order_contacts (shop_id, order_id, subject_kind, subject_id, sealed, phone_hash,"
    " content_hash) VALUES ";
inline constexpr char kUpdateContacts[] =
    " ON DUPLICATE KEY UPDATE shop_id = VALUES(shop_id), subject_kind = VALUES(subject_kind),"
    " subject_id = VALUES(subject_id), sealed = VALUES(sealed), phone_hash = VALUES(phone_hash),"
    " content_hash = VALUES(content_hash)";
inline constexpr char kSelectContactHashes[] =
    "SELECT order_id, content_hash FROM order_contacts FORCE INDEX (PRIMARY)"
    " WHERE (shop_id, order_id) IN (";
inline constexpr char kSelectContacts[] =
    "SELECT order_id, subject_kind, subject_id, sealed FROM order_contacts FORCE INDEX (PRIMARY)"
    " WHERE (shop_id, order_id) IN (";

inline constexpr int kDetailsColumns = 5;
inline constexpr char kWriteDetails[] =
    "INSERT INTO order_details (shop_id, order_id, subject_kind, subject_id, sealed) VALUES ";
inline constexpr char kUpdateDetails[] =
    " ON DUPLICATE KEY UPDATE shop_id = VALUES(shop_id), subject_kind = VALUES(subject_kind),"
    " subject_id = VALUES(subject_id), sealed = VALUES(sealed)";
inline constexpr char kSelectDetails[] =
    "SELECT order_id, subject_kind, subject_id, sealed FROM order_details FORCE INDEX (PRIMARY)"
    " WHERE (shop_id, order_id) IN (";

// ---- changes of orders --------------------------------------------------------------------------

inline constexpr int kChangeColumns = 11;
inline constexpr char kInsertChanges[] =
    "INSERT INTO order_changes (shop_id, order_id, change_number, kind, account_id, changed_at,"
    " subject_kind, subject_id, sealed, receiver_version, unknown_to_warehouse) VALUES ";
inline constexpr char kSelectLastChanges[] =
    "SELECT order_id, MAX(change_number) FROM order_changes FORCE INDEX (PRIMARY)"
    " WHERE (shop_id, order_id) IN (";
inline constexpr char kByOrder[] = ") GROUP BY order_id";
inline constexpr char kSelectLastMemo[] =
    "SELECT order_id, change_number, kind, account_id, changed_at, subject_kind, subject_id, sealed"
    " FROM order_changes FORCE INDEX (PRIMARY) WHERE shop_id = ? AND order_id = ? AND kind = 1"
    " ORDER BY change_number DESC LIMIT 1";
inline constexpr char kListChanges[] =
    "SELECT order_id, change_number, kind, account_id, changed_at, subject_kind, subject_id, sealed"
    " FROM order_changes FORCE INDEX (PRIMARY) WHERE shop_id = ? AND order_id = ?"
    " AND change_number < ? AND (? = 0 OR kind = ?) ORDER BY change_number DESC LIMIT ?";
inline constexpr char kSelectChangesToSeal[] =
    "SELECT order_id, change_number, subject_kind, subject_id, sealed FROM order_changes"
    " FORCE INDEX (PRIMARY) WHERE (shop_id, order_id) IN (";
inline constexpr char kSealChange[] =
    "UPDATE order_changes SET subject_kind = ?, subject_id = ?, sealed = ?"
    " WHERE shop_id = ? AND order_id = ? AND change_number = ?";

// ---- adjustments --------------------------------------------------------------------------------

inline constexpr int kAdjustmentColumns = 17;
inline constexpr char kInsertAdjustments[] =
    "INSERT INTO adjustments (shop_id, adjustment_id, platform, adjustment_number, correction,"
    " customer_id, order_id, line_id, sku, title, document_number, quantity, unit_price, currency,"
    " amount_minor, adjust_at, content_digest) VALUES ";
inline constexpr char kFindAdjustments[] =
    "SELECT adjustment_id, platform, adjustment_number, content_digest, order_id"
    " FROM adjustments FORCE INDEX (by_number)"
    " WHERE (shop_id, platform, adjustment_number) IN (";

// Customers and articles of the refunds follow as placeholders. The orders of the customers are
// found by by_customer, their lines by the primary key.
inline constexpr char kSelectCandidates[] =
    "SELECT o.order_id, l.line_id, o.order_number, l.line_number, o.customer_id, l.sku,"
    " o.currency, l.unit_price, l.quantity, o.order_at"
    " FROM orders AS o FORCE INDEX (by_customer) STRAIGHT_JOIN order_lines AS l"
    " ON l.shop_id = o.shop_id AND l.order_id = o.order_id"
    " WHERE o.shop_id = ? AND o.order_at <= ? AND l.removed = 0 AND l.quantity > 0";
inline constexpr char kAndCustomers[] = " AND o.customer_id IN (";
inline constexpr char kAndSkus[] = " AND l.sku IN (";

inline constexpr char kListAdjustments[] =
    "SELECT adjustment_id, platform, adjustment_number, correction, customer_id, order_id,"
    " line_id, sku, quantity, currency, amount_minor, adjust_at"
    " FROM adjustments FORCE INDEX (by_time) WHERE shop_id = ? AND adjust_at <= ?"
    " AND (adjust_at < ? OR adjustment_id < ?)"
    " ORDER BY adjust_at DESC, adjustment_id DESC LIMIT ?";
inline constexpr char kListAdjustmentsOfCustomer[] =
    "SELECT adjustment_id, platform, adjustment_number, correction, customer_id, order_id,"
    " line_id, sku, quantity, currency, amount_minor, adjust_at"
    " FROM adjustments FORCE INDEX (by_customer) WHERE shop_id = ? AND customer_id = ?"
    " AND adjust_at <= ? AND (adjust_at < ? OR adjustment_id < ?)"
    " ORDER BY adjust_at DESC, adjustment_id DESC LIMIT ?";

}  // namespace redress::order::sql
