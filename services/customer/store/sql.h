// Every statement of the customer store. Heads end where rows of placeholders follow.
#pragma once

namespace redress::customer::sql {

inline constexpr int kCustomerColumns = 6;
inline constexpr char kInsertCustomers[] =
    "INSERT INTO customers (shop_id, customer_id, platform, nick, version, created_at) VALUES ";
// Somebody else was faster: the nick keeps the id that it has.
inline constexpr char kKeepExisting[] = " ON DUPLICATE KEY UPDATE shop_id = VALUES(shop_id)";
inline constexpr char kInsertCustomer[] =
    "INSERT INTO customers (shop_id, customer_id, platform, nick, version, created_at)"
    " VALUES (?, ?, ?, ?, ?, ?)";
inline constexpr char kFindNicks[] =
    "SELECT nick, customer_id FROM customers FORCE INDEX (by_nick)"
    " WHERE (shop_id, platform, nick) IN (";
inline constexpr char kLockByNick[] =
    "SELECT customer_id, version, created_at FROM customers FORCE INDEX (by_nick)"
    " WHERE shop_id = ? AND platform = ? AND nick = ? FOR UPDATE";
inline constexpr char kFindByNick[] =
    "SELECT customer_id FROM customers FORCE INDEX (by_nick)"
    " WHERE shop_id = ? AND platform = ? AND nick = ?";
inline constexpr char kSetVersion[] =
    "UPDATE customers SET version = ? WHERE shop_id = ? AND customer_id = ?";
inline constexpr char kSelectCustomers[] =
    "SELECT customer_id, platform, nick, version, created_at, erased_at"
    " FROM customers FORCE INDEX (PRIMARY)"
    " WHERE (shop_id, customer_id) IN (";
inline constexpr char kListCustomers[] =
    "SELECT customer_id FROM customers FORCE INDEX (PRIMARY) WHERE shop_id = ?"
    " AND customer_id < ? ORDER BY customer_id DESC LIMIT ?";

inline constexpr char kWriteContact[] =
    "INSERT INTO customer_contacts (shop_id, customer_id, sealed, phone_hash, place_hash)"
    " VALUES (?, ?, ?, ?, ?) ON DUPLICATE KEY UPDATE sealed = VALUES(sealed),"
    " phone_hash = VALUES(phone_hash), place_hash = VALUES(place_hash), learnt_hash = NULL,"
    " learnt_at = NULL";
inline constexpr int kLearntColumns = 7;
inline constexpr char kWriteLearntContacts[] =
    "INSERT INTO customer_contacts (shop_id, customer_id, sealed, phone_hash, place_hash,"
    " learnt_hash, learnt_at) VALUES ";
inline constexpr char kReplaceLearntContacts[] =
    " ON DUPLICATE KEY UPDATE shop_id = VALUES(shop_id), sealed = VALUES(sealed),"
    " phone_hash = VALUES(phone_hash), place_hash = VALUES(place_hash),"
    " learnt_hash = VALUES(learnt_hash), learnt_at = VALUES(learnt_at)";
inline constexpr char kSelectLearntContacts[] =
    "SELECT customer_id, sealed, phone_hash, place_hash, learnt_hash, learnt_at"
    " FROM customer_contacts FORCE INDEX (PRIMARY) WHERE (shop_id, customer_id) IN (";
inline constexpr char kSelectErasedNicks[] =
    "SELECT nick_hash, erased_at FROM erased_nicks FORCE INDEX (PRIMARY)"
    " WHERE (shop_id, nick_hash) IN (";
inline constexpr char kRaiseVersions[] =
    "UPDATE customers SET version = version + 1 WHERE (shop_id, customer_id) IN (";
inline constexpr char kCountOldLearntContacts[] =
    "SELECT COUNT(*) FROM (SELECT customer_id FROM customer_contacts FORCE INDEX (by_learnt)"
    " WHERE shop_id = ? AND learnt_at < ? LIMIT ?) AS counted";
inline constexpr char kDeleteOldLearntContacts[] =
    "DELETE FROM customer_contacts WHERE shop_id = ? AND learnt_at < ?"
    " ORDER BY learnt_at, customer_id LIMIT ?";
inline constexpr char kSelectContacts[] =
    "SELECT customer_id, sealed FROM customer_contacts FORCE INDEX (PRIMARY)"
    " WHERE (shop_id, customer_id) IN (";
inline constexpr char kFindByPhone[] =
    "SELECT customer_id FROM customer_contacts FORCE INDEX (by_phone)"
    " WHERE shop_id = ? AND phone_hash = ? ORDER BY customer_id DESC LIMIT ?";

// The sealed contact is copied as it is: the reveal shows for ever what was shown.
inline constexpr char kInsertReveal[] =
    "INSERT INTO contact_reveals (shop_id, reveal_id, customer_id, account_id, client,"
    " sealed_reason, sealed_contact, revealed_at, kind, order_id)"
    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
// The row is there from the first reveal on; writing it locks it.
inline constexpr char kLockRevealAccount[] =
    "INSERT INTO reveal_accounts (shop_id, account_id) VALUES (?, ?)"
    " ON DUPLICATE KEY UPDATE shop_id = VALUES(shop_id)";
inline constexpr char kSelectRevealTimes[] =
    "SELECT revealed_at FROM contact_reveals FORCE INDEX (by_account)"
    " WHERE shop_id = ? AND account_id = ? AND revealed_at > ?"
    " ORDER BY revealed_at DESC, reveal_id DESC LIMIT ?";
inline constexpr char kSelectReveal[] =
    "SELECT customer_id, sealed_contact FROM contact_reveals WHERE shop_id = ? AND reveal_id = ?";

// The customer's row is locked, so that nobody else appends meanwhile.
inline constexpr char kLastEventOfCustomer[] =
    "SELECT sequence FROM events FORCE INDEX (PRIMARY) WHERE shop_id = ? AND aggregate_id = ?"
    " ORDER BY sequence DESC LIMIT 1";

}  // namespace redress::customer::sql
