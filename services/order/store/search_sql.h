// The statements by which orders are found, and made findable. Heads end where rows of placeholders
// follow.
#pragma once

namespace redress::order::sql {

// Rows that are there already stay as they are.
inline constexpr char kKeepRow[] = " ON DUPLICATE KEY UPDATE shop_id = VALUES(shop_id)";

inline constexpr char kInsertNumberEnds[] =
    "INSERT INTO order_number_ends (shop_id, number_end, order_id) VALUES ";
inline constexpr char kSelectTitleIds[] =
    "SELECT title_id FROM order_titles FORCE INDEX (PRIMARY) WHERE (shop_id, title_id) IN (";
inline constexpr char kInsertTitles[] =
    "INSERT INTO order_titles (shop_id, title_id, title) VALUES ";
inline constexpr char kInsertTitleWords[] =
    "INSERT INTO title_words (shop_id, word, title_id) VALUES ";
inline constexpr char kInsertTitleOrders[] =
    "INSERT INTO title_orders (shop_id, title_id, order_id) VALUES ";

// A shop has a handful of platforms: the index is asked for the next one, again and again. DISTINCT
// over the shop would read every order of it.
inline constexpr char kSelectNextPlatform[] =
    "SELECT platform FROM orders FORCE INDEX (by_number) WHERE shop_id = ? AND platform > ?"
    " ORDER BY shop_id, platform LIMIT 1";
inline constexpr char kSelectNumbersFrom[] =
    "SELECT order_id FROM orders FORCE INDEX (by_number) WHERE shop_id = ? AND platform = ?"
    " AND order_number >= ? AND order_number < ? ORDER BY order_number LIMIT ?";
// Two ranges that follow each other, instead of one with a condition that would visit every row of
// an end that thousands share.
inline constexpr char kSelectOfNumberEnd[] =
    "SELECT number_end, order_id FROM order_number_ends"
    " WHERE shop_id = ? AND number_end = ? AND order_id > ? ORDER BY order_id LIMIT ?";
inline constexpr char kSelectNumberEnds[] =
    "SELECT number_end, order_id FROM order_number_ends"
    " WHERE shop_id = ? AND number_end >= ? AND number_end < ?"
    " ORDER BY number_end, order_id LIMIT ?";
inline constexpr char kSelectParcels[] =
    "SELECT order_id FROM shipments FORCE INDEX (by_tracking)"
    " WHERE shop_id = ? AND tracking_number >= ? AND tracking_number < ?"
    " ORDER BY tracking_number, order_id LIMIT ?";
inline constexpr char kSelectWithPhone[] =
    "SELECT order_id FROM order_contacts FORCE INDEX (by_phone)"
    " WHERE shop_id = ? AND phone_hash = ? AND order_id < ? ORDER BY order_id DESC LIMIT ?";
inline constexpr char kSelectOfCustomer[] =
    "SELECT order_at, order_id FROM orders FORCE INDEX (by_customer)"
    " WHERE shop_id = ? AND customer_id = ? AND order_at <= ? AND (order_at < ? OR order_id < ?)"
    " ORDER BY order_at DESC, order_id DESC LIMIT ?";

inline constexpr char kSelectTitlesOfWord[] =
    "SELECT w.word, w.title_id, t.title FROM title_words AS w FORCE INDEX (PRIMARY)"
    " STRAIGHT_JOIN order_titles AS t FORCE INDEX (PRIMARY)"
    " ON t.shop_id = w.shop_id AND t.title_id = w.title_id"
    " WHERE w.shop_id = ? AND w.word = ? AND w.title_id > ? ORDER BY w.title_id LIMIT ?";
inline constexpr char kSelectTitles[] =
    "SELECT w.word, w.title_id, t.title FROM title_words AS w FORCE INDEX (PRIMARY)"
    " STRAIGHT_JOIN order_titles AS t FORCE INDEX (PRIMARY)"
    " ON t.shop_id = w.shop_id AND t.title_id = w.title_id"
    " WHERE w.shop_id = ? AND w.word >= ? AND w.word < ? ORDER BY w.word, w.title_id LIMIT ?";
inline constexpr char kSelectOrdersOfTitle[] =
    "SELECT order_id FROM title_orders WHERE shop_id = ? AND title_id = ? AND order_id < ?"
    " ORDER BY order_id DESC LIMIT ?";

inline constexpr char kSelectBackfill[] =
    "SELECT after_id, finished_at FROM order_backfills WHERE shop_id = ?";
inline constexpr char kWriteBackfill[] =
    "INSERT INTO order_backfills (shop_id, after_id, finished_at) VALUES (?, ?, ?)"
    " ON DUPLICATE KEY UPDATE after_id = VALUES(after_id), finished_at = VALUES(finished_at)";
inline constexpr char kSelectOrdersAfter[] =
    "SELECT order_id FROM orders FORCE INDEX (PRIMARY) WHERE shop_id = ? AND order_id > ?"
    " ORDER BY order_id LIMIT ?";

}  // namespace redress::order::sql
