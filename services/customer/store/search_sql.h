// The statements by which customers are found, and made findable. Heads end where rows of
// placeholders follow.
#pragma once

namespace redress::customer::sql {

inline constexpr int kNickWordColumns = 4;
inline constexpr char kInsertNickWords[] =
    "INSERT INTO nick_words (shop_id, place, word, customer_id) VALUES ";
// A nick that is known already, or repeats itself.
inline constexpr char kKeepNickWord[] = " ON DUPLICATE KEY UPDATE shop_id = VALUES(shop_id)";
inline constexpr char kDeleteNickWords[] =
    "DELETE FROM nick_words WHERE (shop_id, place, word, customer_id) IN (";

// Two ranges that follow each other, instead of one with a condition that would visit every row of
// a word that thousands share.
inline constexpr char kSelectNickRowsOfWord[] =
    "SELECT w.word, w.customer_id, c.nick FROM nick_words AS w FORCE INDEX (PRIMARY)"
    " STRAIGHT_JOIN customers AS c FORCE INDEX (PRIMARY)"
    " ON c.shop_id = w.shop_id AND c.customer_id = w.customer_id"
    " WHERE w.shop_id = ? AND w.place = ? AND w.word = ? AND w.customer_id > ?"
    " ORDER BY w.customer_id LIMIT ?";
inline constexpr char kSelectNickRows[] =
    "SELECT w.word, w.customer_id, c.nick FROM nick_words AS w FORCE INDEX (PRIMARY)"
    " STRAIGHT_JOIN customers AS c FORCE INDEX (PRIMARY)"
    " ON c.shop_id = w.shop_id AND c.customer_id = w.customer_id"
    " WHERE w.shop_id = ? AND w.place = ? AND w.word >= ? AND w.word < ?"
    " ORDER BY w.word, w.customer_id LIMIT ?";

// A shop has a handful of platforms: the index is asked for the next one, again and again. DISTINCT
// over the shop would read every customer of it.
inline constexpr char kSelectNextPlatform[] =
    "SELECT platform FROM customers FORCE INDEX (by_nick) WHERE shop_id = ? AND platform > ?"
    " ORDER BY shop_id, platform LIMIT 1";
inline constexpr char kSelectNick[] =
    "SELECT nick FROM customers WHERE shop_id = ? AND customer_id = ?";
inline constexpr char kFindWithPhone[] =
    "SELECT customer_id FROM customer_contacts FORCE INDEX (by_phone)"
    " WHERE shop_id = ? AND phone_hash = ? AND customer_id < ? ORDER BY customer_id DESC LIMIT ?";

inline constexpr char kSelectBackfill[] =
    "SELECT after_id, finished_at FROM search_backfills WHERE shop_id = ?";
inline constexpr char kWriteBackfill[] =
    "INSERT INTO search_backfills (shop_id, after_id, finished_at) VALUES (?, ?, ?)"
    " ON DUPLICATE KEY UPDATE after_id = VALUES(after_id), finished_at = VALUES(finished_at)";
inline constexpr char kSelectNicksAfter[] =
    "SELECT customer_id, nick FROM customers FORCE INDEX (PRIMARY)"
    " WHERE shop_id = ? AND customer_id > ? ORDER BY customer_id LIMIT ?";

}  // namespace redress::customer::sql
